/** The entries that the tablet could not keep, on every screen: what, where, and the ways out. */

import { For, type JSX, Show } from "solid-js";
import { saveFile } from "./carry/file";
import { useEngine } from "./context";
import { Button } from "./parts/Button";
import { say } from "./parts/toasts";
import { momentText } from "./phrases/format";
import { tablet } from "./phrases/tablet";
import { useTargets, valueText } from "./reading/targets";
import { takeOff, type Unkept, unkept } from "./unkept";

export default function NotKept(): JSX.Element {
	const engine = useEngine();
	const targets = useTargets();
	const lines = (one: Unkept): { title: string; value: string }[] =>
		one.entries.map(({ kind, key, set }) => ({ title: targets(kind, key).title, value: valueText(kind, set) || "—" }));
	const again = async (): Promise<void> => {
		for (const one of unkept()) {
			try {
				await engine.write(one.entries, one.seen);
			} catch {
				say(tablet().unkept.still, { tone: "red" });
				return;
			}
			takeOff(one);
		}
		say(tablet().unkept.kept);
	};
	const save = (): void => {
		const text = unkept().flatMap((one) => lines(one).map((l) => `${momentText(one.at)}\t${l.title}\t${l.value}`));
		saveFile("zvonok.txt", "text/plain", `${text.join("\n")}\n`);
	};
	return (
		<Show when={unkept()[0]}>
			{(first) => (
				<section class="unkept no-print" role="alert">
					<h2>{first().why === "quota" ? tablet().unkept.title : tablet().unkept.closed}</h2>
					<ul>
						<For each={unkept().flatMap(lines)}>
							{(line) => (
								<li>
									<b>{line.value}</b> {line.title}
								</li>
							)}
						</For>
					</ul>
					<p>{tablet().unkept.text}</p>
					<div class="buttons">
						<Button tone="main" onClick={() => void again()}>
							{tablet().unkept.again}
						</Button>
						<Button onClick={save}>{tablet().unkept.file}</Button>
						<Button tone="quiet" onClick={() => unkept().forEach(takeOff)}>
							{tablet().unkept.drop}
						</Button>
					</div>
				</section>
			)}
		</Show>
	);
}
