/** Revoking a tablet: what follows is said in words first, and a reason is asked for. There is no way back. */

import { createSignal, For, type JSX, Show } from "solid-js";
import { useEngine } from "../context";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { say } from "../parts/toasts";
import { admin } from "../phrases/admin";
import { shell } from "../phrases/shell";
import { tell } from "./asked";
import { Reason } from "./Reason";
import type { Tablet } from "./tablets";

export function RevokeDialog(props: {
	tablet: Tablet;
	reason: string;
	onReason: (reason: string) => void;
	onClose: () => void;
}): JSX.Element {
	const engine = useEngine();
	const [trouble, setTrouble] = createSignal("");
	const [under, setUnder] = createSignal(false);
	let field: HTMLTextAreaElement | undefined;
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		const why = props.reason.trim();
		if (why === "") {
			setTrouble(admin().revokeReasonMissing);
			field?.focus();
			return;
		}
		setUnder(true);
		const done = await tell(engine, "office/revoke", { device: props.tablet.device, reason: why });
		setUnder(false);
		if (!done) {
			setTrouble(admin().revokeFailed);
			return;
		}
		say(admin().revokeDone);
		props.onClose();
	};
	return (
		<Dialog
			open
			title={admin().revokeTitle(props.tablet.name || admin().unnamedTablet)}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form="revoke-form" disabled={under()}>
						{admin().revoke}
					</Button>
				</>
			}
		>
			<form id="revoke-form" class="form" noValidate onSubmit={(event) => void save(event)}>
				<Show when={props.tablet.unsent > 0}>
					<p>{admin().revokeUnsent(props.tablet.unsent)}</p>
				</Show>
				<For each={admin().revokeMeans}>{(line) => <p>{line}</p>}</For>
				<Reason
					id="revoke-reason"
					value={props.reason}
					fault={trouble()}
					onInput={props.onReason}
					ref={(made) => {
						field = made;
					}}
				/>
			</form>
		</Dialog>
	);
}
