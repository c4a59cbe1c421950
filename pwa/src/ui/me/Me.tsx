/** The own page: who is signed in, language and look, what this tablet holds and how it stands, and the way out. */

import { createSignal, For, type JSX, Show } from "solid-js";
import type { ScreenProps } from "../App";
import { Bring } from "../carry/Bring";
import { Carry } from "../carry/Carry";
import { useLive, useSession } from "../context";
import Install from "../install/Install";
import { Protection } from "../lock/Protection";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Languages } from "../parts/Languages";
import { Page } from "../parts/Page";
import { Pill } from "../parts/Pill";
import { Segmented } from "../parts/Segmented";
import { say } from "../parts/toasts";
import { momentText, spanText } from "../phrases/format";
import { me } from "../phrases/me";
import { shell } from "../phrases/shell";
import { go } from "../router";
import { SignInForm } from "../SignIn";
import { isFamily } from "../sections";
import { chooseTheme, theme } from "../theme";
import "./me.css";

const SKEW_TO_TELL_MS = 2 * 60_000;

export default function Me(_: ScreenProps): JSX.Element {
	const { engine, status } = useLive();
	const session = useSession();
	const [leaving, setLeaving] = createSignal(false);
	const [busy, setBusy] = createSignal(false);
	const roles = (): string[] => session().roles.map((role) => shell().roles[role] ?? role);
	const send = async (): Promise<void> => {
		setBusy(true);
		await engine.syncNow();
		setBusy(false);
		const now = engine.status();
		say(now.unsent > 0 || now.reachable === false ? me().sendFailed : me().sendDone);
	};
	const leave = async (): Promise<void> => {
		setLeaving(false);
		await engine.signOut();
		go("/", { replace: true });
	};
	return (
		<Page title={session().name || me().title} windowTitle={me().title} subtitle={session().school_name}>
			<Show when={status().signedOut}>
				<section aria-label={me().signInAgain}>
					<SignInForm again />
				</section>
			</Show>
			<section class="sheet own-choices" aria-label={me().roles}>
				<div class="chips">
					<For each={roles()}>{(role) => <Pill tone="info">{role}</Pill>}</For>
				</div>
				<div class="choice">
					<h2>{me().language}</h2>
					<Languages />
				</div>
				<div class="choice">
					<h2>{me().theme}</h2>
					<Segmented
						label={me().theme}
						choices={[
							{ value: "auto", label: me().themes.auto },
							{ value: "light", label: me().themes.light },
							{ value: "dark", label: me().themes.dark },
						]}
						value={theme()}
						onChoose={chooseTheme}
					/>
				</div>
			</section>
			<Protection />
			<TabletState />
			<Show when={!isFamily(session())}>
				<details class="sheet">
					<summary>{me().keys}</summary>
					<dl class="tablet-facts">
						<For each={me().keyList}>
							{([key, deed]) => (
								<>
									<dt>{key}</dt>
									<dd>{deed}</dd>
								</>
							)}
						</For>
					</dl>
				</details>
			</Show>
			<Install />
			<div class="buttons">
				<Show when={!isFamily(session())}>
					<Button tone="main" disabled={busy()} onClick={() => void send()}>
						{busy() ? me().sending : me().send}
					</Button>
				</Show>
				<Show when={!isFamily(session())}>
					<Show when={status().unsent > 0}>
						<Carry />
					</Show>
					<Bring />
				</Show>
				<Button onClick={() => setLeaving(true)}>{me().signOut}</Button>
			</div>
			<Dialog
				open={leaving()}
				title={me().signOutTitle}
				onClose={() => setLeaving(false)}
				actions={
					<>
						<Button onClick={() => setLeaving(false)}>{shell().words.cancel}</Button>
						<Button tone={status().unsent > 0 ? "red" : "main"} onClick={() => void leave()}>
							{status().unsent > 0 ? me().signOutAnyway : me().signOut}
						</Button>
					</>
				}
			>
				<p>{status().unsent > 0 ? me().signOutUnsent(status().unsent) : me().signOutClean}</p>
			</Dialog>
		</Page>
	);
}

function TabletState(): JSX.Element {
	const { status, today } = useLive();
	const session = useSession();
	const contact = (): string => {
		const at = status().lastContact;
		if (at === null) return me().never;
		const when = momentText(at, today());
		return status().reachable ? me().now(when) : when;
	};
	const clock = (): string => {
		const span = spanText(Math.abs(status().skew));
		if (Math.abs(status().skew) < SKEW_TO_TELL_MS) return me().clockRight;
		return status().skew > 0 ? me().clockBehind(span) : me().clockAhead(span);
	};
	const storage = (): string => {
		const kept = status().persisted;
		if (kept === null) return me().storageUnknown;
		return kept ? me().storageSafe : me().storageUnsafe;
	};
	const unsent = (): string => {
		const { unsent: n, oldestUnsent } = status();
		return n === 0 ? me().unsentNone : me().unsentCount(n, momentText(oldestUnsent ?? 0, today()));
	};
	const rows = (): [name: string, words: string][] => [
		...(isFamily(session())
			? []
			: ([
					[me().unsent, unsent()],
					[me().backup, status().notDurable > 0 ? me().backupBehind(status().notDurable) : me().backupAll],
				] as [string, string][])),
		[me().contact, contact()],
		[me().live, status().live ? me().liveYes : me().liveNo],
		[me().clock, clock()],
		...(isFamily(session()) ? [] : ([[me().storage, storage()]] as [string, string][])),
	];
	const notes = (): string[] =>
		[
			Math.abs(status().skew) >= SKEW_TO_TELL_MS && !isFamily(session()) && me().clockNote,
			status().forked && me().forked,
			status().healed > 0 && me().healed,
			status().rulesBehind && me().rulesBehind,
			status().lacking.length > 0 && me().lacking,
		].filter((note) => note !== false);
	return (
		<section class="sheet">
			<h2>{me().tablet}</h2>
			<dl class="tablet-facts">
				<For each={rows()}>
					{([name, words]) => (
						<>
							<dt>{name}</dt>
							<dd>{words}</dd>
						</>
					)}
				</For>
			</dl>
			<For each={notes()}>{(note) => <p class="note soft">{note}</p>}</For>
		</section>
	);
}
