/** Unsent entries carried out by hand: as a sealed file, or as a QR code while they are few. */

import { createSignal, type JSX } from "solid-js";
import { useEngine } from "../context";
import { late } from "../late";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { say } from "../parts/toasts";
import { tablet } from "../phrases/tablet";
import { saveFile } from "./file";

// A code of more is too fine for an old phone's camera.
const QR_LONGEST = 1_600; // characters

const Code = late(() => import("./Code"));

export function Carry(): JSX.Element {
	const engine = useEngine();
	const [code, setCode] = createSignal<string | null>(null);
	const sealed = async (): Promise<string | null> => {
		try {
			const found = await engine.exportParcels();
			if (found === null) say(tablet().file.nothing);
			return found;
		} catch {
			say(tablet().file.failed, { tone: "red" });
			return null;
		}
	};
	const save = async (): Promise<void> => {
		const found = await sealed();
		if (found === null) return;
		saveFile(`zvonok-${new Date(engine.now()).toISOString().slice(0, 10)}.zvonok`, "application/json", found);
		say(tablet().file.saved);
	};
	const show = async (): Promise<void> => {
		const found = await sealed();
		if (found !== null && found.length > QR_LONGEST) say(tablet().file.qrTooMuch);
		else setCode(found);
	};
	return (
		<>
			<Button onClick={() => void save()}>{tablet().file.save}</Button>
			<Button onClick={() => void show()}>{tablet().file.qr}</Button>
			<Dialog open={code() !== null} title={tablet().file.qrTitle} onClose={() => setCode(null)}>
				<Code text={code() ?? ""} />
			</Dialog>
		</>
	);
}
