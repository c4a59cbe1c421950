/** A dialog that sets a secret: it is typed twice, and what is wrong with it is said once it was tried. */

import { type Accessor, createSignal, type JSX, Show } from "solid-js";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { say } from "../parts/toasts";
import { lock } from "../phrases/lock";
import { shell } from "../phrases/shell";

const PASSPHRASE_LEAST = 10;

/** What is wrong with a passphrase, in words; none: nothing. */
export function faultOfPassphrase(passphrase: string): string | undefined {
	return passphrase.length < PASSPHRASE_LEAST ? lock().passphraseShort : undefined;
}

export function SecretDialog(props: {
	open: boolean;
	/** Of the form. */
	id: string;
	title: string;
	label: string;
	digits?: boolean;
	lead?: string;
	/** What is wrong with it, in words; none: nothing. */
	fault: (secret: string) => string | undefined;
	/** What else must be right before it is set. */
	ready?: boolean;
	set: (secret: string) => Promise<void>;
	/** Said once it is set. */
	done: string;
	onClose: () => void;
	/** What stands below the two fields; `tried`: faults may be said. */
	children?: (tried: Accessor<boolean>) => JSX.Element;
}): JSX.Element {
	const [secret, setSecret] = createSignal("");
	const [again, setAgain] = createSignal("");
	const [tried, setTried] = createSignal(false);
	const [wrong, setWrong] = createSignal<string>();
	const [busy, setBusy] = createSignal(false);
	const mode = (): "numeric" | "text" => (props.digits ? "numeric" : "text");
	const [form, setForm] = createSignal<HTMLFormElement>();
	/** Dots can't be corrected: both are typed anew, from the first, and why is said each time. */
	const refuse = (why: string | undefined): void => {
		setWrong(undefined);
		setWrong(why);
		if (why !== undefined) for (const empty of [setSecret, setAgain]) empty("");
		form()?.querySelector<HTMLInputElement>("[aria-invalid]")?.focus();
	};
	const set = async (): Promise<void> => {
		if (busy()) return;
		setTried(true);
		refuse(props.fault(secret()) ?? (secret() === again() ? undefined : lock().notSame));
		if (wrong() !== undefined || props.ready === false) return;
		setBusy(true);
		try {
			await props.set(secret());
			say(props.done);
			props.onClose();
		} catch {
			say(lock().failed, { tone: "red" });
		} finally {
			setBusy(false);
		}
	};
	return (
		<Dialog
			open={props.open}
			title={props.title}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form={props.id} disabled={busy()}>
						{lock().set}
					</Button>
				</>
			}
		>
			<form
				ref={setForm}
				id={props.id}
				class="form"
				onSubmit={(event) => {
					event.preventDefault();
					void set();
				}}
			>
				<Show when={props.lead}>
					<p>{props.lead}</p>
				</Show>
				<Field
					first
					label={props.label}
					type="password"
					inputmode={mode()}
					value={secret()}
					error={wrong()}
					onInput={(event) => setSecret(event.currentTarget.value)}
				/>
				<Field
					label={lock().setAgain}
					type="password"
					inputmode={mode()}
					value={again()}
					onInput={(event) => setAgain(event.currentTarget.value)}
				/>
				{props.children?.(tried)}
			</form>
		</Dialog>
	);
}
