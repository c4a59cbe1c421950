/** Another passphrase for this tablet, set by whoever has it open. */

import type { JSX } from "solid-js";
import { useEngine } from "../context";
import { lock } from "../phrases/lock";
import { faultOfPassphrase, SecretDialog } from "./SecretDialog";

export function SetPassphrase(props: { onClose: () => void }): JSX.Element {
	const engine = useEngine();
	return (
		<SecretDialog
			open
			id="set-passphrase"
			title={lock().needTitle}
			lead={lock().phraseText}
			label={lock().setPassphrase}
			fault={faultOfPassphrase}
			set={(passphrase) => engine.setPassphrase(passphrase)}
			done={lock().phraseDone}
			onClose={props.onClose}
		/>
	);
}
