/** The admin's board: how far the backup is, and which tablets have not reported. Fresh while it is open. */

import { createMemo, For, type JSX, Match, Show, Switch } from "solid-js";
import { useLive, useSession } from "../context";
import { createDraft } from "../drafts";
import { Button } from "../parts/Button";
import { EmptyState } from "../parts/EmptyState";
import { Pill, type PillTone } from "../parts/Pill";
import type { SignName } from "../parts/Sign";
import { admin } from "../phrases/admin";
import { dayOf, dayText, momentText, spanText } from "../phrases/format";
import { usePeople } from "../reading/names";
import { type Asked, useAsked } from "./asked";
import { type BackupState, backupOf } from "./backup";
import { RevokeDialog } from "./Revoke";
import { byConcern, clockIsOff, concernOf, type Tablet, tabletsOf } from "./tablets";

export function Board(): JSX.Element {
	const backup = useAsked("office/backup", backupOf);
	const tablets = useAsked("office/tablets", tabletsOf);
	return (
		<>
			<Freshness asked={[backup(), tablets()]} />
			<BackupCard asked={backup()} />
			<Tablets asked={tablets()} />
		</>
	);
}

/** Says when what is shown is not fresh, and why. */
function Freshness(props: { asked: readonly Asked<unknown>[] }): JSX.Element {
	const { today } = useLive();
	const silent = (): Asked<unknown> | undefined => props.asked.find((a) => a.silence !== null);
	return (
		<Show when={silent()}>
			{(asked) => (
				<p role="status" class="board-silence">
					<Pill tone="wait">{admin().silence[asked().silence ?? "failed"]}</Pill>
					<Show when={asked().at}>
						{(at) => <span class="soft">{admin().knownAt(momentText(at(), today()))}</span>}
					</Show>
				</p>
			)}
		</Show>
	);
}

function BackupCard(props: { asked: Asked<BackupState> }): JSX.Element {
	const { today } = useLive();
	// Nobody knows whether what was healthy still is, while the server is silent.
	const stale = (): boolean => props.asked.silence !== null;
	const toneOf = ({ healthy }: BackupState): PillTone => (healthy ? (stale() ? "plain" : "ok") : "red");
	const signOf = ({ healthy }: BackupState): SignName | undefined => (healthy ? (stale() ? undefined : "ok") : "lost");
	const lagText = (state: BackupState): string => {
		if (state.behind === 0) return admin().lagNone;
		if (state.lag === null) return admin().lagUnknown(state.behind);
		return state.lag < 60_000 ? admin().lagShort(state.behind) : admin().lag(spanText(state.lag), state.behind);
	};
	return (
		<section class="sheet" aria-labelledby="backup">
			<h2 id="backup">
				{admin().backup}
				<Show when={props.asked.value}>
					{(state) => (
						<Pill tone={toneOf(state())} sign={signOf(state())}>
							{state().healthy ? admin().healthy : admin().unhealthy}
						</Pill>
					)}
				</Show>
			</h2>
			<Show when={props.asked.value} fallback={<p class="soft">{admin().notKnownYet}</p>}>
				{(state) => (
					<>
						<dl class="facts">
							<dt>{admin().lagHead}</dt>
							<dd>{lagText(state())}</dd>
							<dt>{admin().lastSync}</dt>
							<dd>{state().lastSync === null ? admin().never : momentText(state().lastSync ?? 0, today())}</dd>
							<Show when={state().daily}>
								{(day) => (
									<>
										<dt>{admin().dailyCopy}</dt>
										<dd>{dayText(day(), "dated")}</dd>
									</>
								)}
							</Show>
							<dt>{admin().where}</dt>
							<dd>{state().where || admin().nowhere}</dd>
						</dl>
						<Show when={!state().healthy || state().trouble !== ""}>
							<p class="error">{admin().troubles[state().trouble] ?? admin().troubleUnknown}</p>
						</Show>
					</>
				)}
			</Show>
		</section>
	);
}

/** The tablet that is to be revoked, and why; "": none. */
interface Revoking {
	readonly device: string;
	readonly reason: string;
}

function Tablets(props: { asked: Asked<Tablet[]> }): JSX.Element {
	const live = useLive();
	const sorted = createMemo(() => byConcern(props.asked.value ?? [], live.now()));
	const nothing = (): Revoking => ({ device: "", reason: "" });
	const [revoking, setRevoking] = createDraft("revoke", nothing, ({ reason }) => reason !== "");
	const revoked = (): Tablet | undefined =>
		sorted().find(({ device, revoked }) => device === revoking().device && revoked === null);
	const summary = (): string => {
		const all = sorted().filter((t) => t.revoked === null);
		const reported = all.filter((t) => t.lastContact !== null && dayOf(t.lastContact) === live.today());
		const waiting = all.filter((t) => t.unsent > 0);
		const unsent = waiting.reduce((sum, t) => sum + t.unsent, 0);
		return [
			admin().reportedToday(reported.length, all.length),
			unsent > 0 ? admin().unsentOn(unsent, waiting.length) : admin().unsentNone,
		].join(" · ");
	};
	return (
		<section class="sheet" aria-labelledby="tablets">
			<h2 id="tablets">
				{admin().tablets}
				<Show when={sorted().length > 0}>
					<small>{summary()}</small>
				</Show>
			</h2>
			<Switch>
				<Match when={props.asked.value === null}>
					<p class="soft">{admin().notKnownYet}</p>
				</Match>
				<Match when={sorted().length === 0}>
					<EmptyState icon="tablet" title={admin().noTablets} text={admin().noTabletsText} />
				</Match>
				<Match when={true}>
					<table class="stacked" aria-labelledby="tablets">
						<thead>
							<tr>
								<For each={admin().tabletHeads}>{(head) => <th scope="col">{head}</th>}</For>
							</tr>
						</thead>
						<tbody>
							{/* By name: a row stands through the next answer, and the focus in it. */}
							<For each={sorted().map(({ device }) => device)}>
								{(device) => (
									<Show when={sorted().find((tablet) => tablet.device === device)}>
										{(tablet) => <TabletRow tablet={tablet()} onRevoke={() => setRevoking({ device, reason: "" })} />}
									</Show>
								)}
							</For>
						</tbody>
					</table>
				</Match>
			</Switch>
			<Show when={revoked()}>
				{(tablet) => (
					<RevokeDialog
						tablet={tablet()}
						reason={revoking().reason}
						onReason={(reason) => setRevoking({ ...revoking(), reason })}
						onClose={() => setRevoking(nothing())}
					/>
				)}
			</Show>
		</section>
	);
}

function TabletRow(props: { tablet: Tablet; onRevoke: () => void }): JSX.Element {
	const live = useLive();
	const session = useSession();
	const people = usePeople();
	const it = (): Tablet => props.tablet;
	const ago = (at: number): string => {
		const past = live.now() - at;
		return past < 60_000 ? admin().justNow : admin().ago(spanText(past));
	};
	const skew = (): string => {
		const { skew } = it();
		if (Math.abs(skew) < 60_000) return admin().clockRight;
		return skew > 0 ? admin().clockFast(spanText(skew)) : admin().clockSlow(spanText(-skew));
	};
	const heads = (i: number): string => admin().tabletHeads[i] ?? "";
	return (
		<tr class={concernOf(it(), live.now())}>
			<th scope="row">{people.full(it().person)}</th>
			<td data-label={heads(1)}>{it().name || admin().unnamedTablet}</td>
			<td data-label={heads(2)}>
				<Show when={it().lastContact} fallback={admin().never}>
					{(at) => <time title={momentText(at())}>{ago(at())}</time>}
				</Show>
			</td>
			<td data-label={heads(3)}>
				<Show when={it().unsent > 0} fallback={<span class="soft">{admin().unsentZero}</span>}>
					<Pill tone={concernOf(it(), live.now()) === "red" ? "red" : "wait"} sign="local">
						{admin().unsent(it().unsent)}
					</Pill>
				</Show>
			</td>
			<td data-label={heads(4)}>
				<span class={clockIsOff(it()) ? "off" : "soft"}>{skew()}</span>
			</td>
			<td data-label={heads(5)}>
				<Switch
					fallback={
						<Button tone="quiet" onClick={() => props.onRevoke()}>
							{admin().revoke}
						</Button>
					}
				>
					<Match when={it().revoked}>
						{(at) => <Pill tone="held">{admin().revoked(momentText(at(), live.today()))}</Pill>}
					</Match>
					<Match when={it().device === session().device}>
						<span class="soft">{admin().thisTablet}</span>
					</Match>
				</Switch>
			</td>
		</tr>
	);
}
