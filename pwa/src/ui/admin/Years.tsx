/**
 * The school year and its lock: open, locked, archived (`rules/locks`). A locked year may be opened for a teacher by
 * name; into the archive it goes after the admin has read what follows and has ticked that there is no way back.
 */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { View } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import type { State } from "../../rules/locks";
import { useMatters, useRows, useToday, useWrite } from "../context";
import { queueOf } from "../office/queue";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Pill } from "../parts/Pill";
import { admin } from "../phrases/admin";
import { dayText } from "../phrases/format";
import { shell } from "../phrases/shell";
import { year as words } from "../phrases/year";
import { useJournalNames, usePeople } from "../reading/names";
import { useSettings } from "../reading/school";
import { Changes } from "./Changes";
import { Reason } from "./Reason";
import { ReopenDialog } from "./Reopen";
import { ending, together } from "./reopening";
import "../parts/ticks.css";

type Asked = { readonly key: string; readonly what: State | "reopen" };

const STEPS: Record<State, readonly Asked["what"][]> = {
	open: ["locked"],
	locked: ["reopen", "open", "archived"],
	archived: [],
};

const stateOf = (year: View<"year">): State => (year.values.state as State | null) ?? "open";

export function Years(): JSX.Element {
	const rows = useRows("year", "school");
	const years = createMemo(() =>
		[...rows().values()].sort((a, b) => ((a.values.starts ?? "") < (b.values.starts ?? "") ? 1 : -1)),
	);
	const [asked, setAsked] = createSignal<Asked | null>(null);
	const about = (): View<"year"> | undefined => rows().get(asked()?.key ?? "");
	const step = (): State | null => {
		const what = asked()?.what ?? "reopen";
		return what === "reopen" ? null : what;
	};
	const close = (): void => void setAsked(null);
	return (
		<section class="terms" aria-label={words().years}>
			<For each={years()}>{(year) => <Year year={year} onAsk={(what) => setAsked({ key: year.key, what })} />}</For>
			<Show when={about()}>
				{(year) => (
					<Show when={step()} fallback={<ReopenDialog year={year()} onClose={close} />}>
						{(state) => <StepDialog year={year()} to={state()} onClose={close} />}
					</Show>
				)}
			</Show>
		</section>
	);
}

function Year(props: { year: View<"year">; onAsk: (what: Asked["what"]) => void }): JSX.Element {
	const it = (): View<"year">["values"] => props.year.values;
	const state = (): State => stateOf(props.year);
	const title = (): string => it().name || words().unnamed;
	return (
		<article class="sheet term" aria-label={title()}>
			<header>
				<div>
					<h2>
						{title()}
						<Pill tone={state() === "open" ? "plain" : "held"}>{words().states[state()]}</Pill>
						<Show when={props.year.states.state === "local"}>
							<Pill tone="wait" sign="local">
								{admin().waitsToSend}
							</Pill>
						</Show>
					</h2>
					<Show when={it().starts && it().ends}>
						<small>
							{admin().span(dayText(it().starts ?? "", "dated"), dayText(dayAfter(it().ends ?? "", -1), "dated"))}
						</small>
					</Show>
				</div>
				<div class="buttons">
					<For each={STEPS[state()]}>
						{(what) => (
							<Button
								icon={what === "locked" || what === "archived" ? "lock" : "unlock"}
								onClick={() => props.onAsk(what)}
							>
								{what === "reopen" ? words().reopen : words().steps[what]}
							</Button>
						)}
					</For>
				</div>
			</header>
			<Show when={state() === "archived"}>
				<p class="soft">{words().isArchived}</p>
			</Show>
			<Show when={state() === "locked"}>
				<Openings year={props.year.key} />
			</Show>
			<Changes
				label={words().changes}
				changes={it().changes}
				opens={(to) => to === "open"}
				words={(to, when, who) => words().change[to as State](when, who)}
			/>
		</article>
	);
}

/** For whom it is open by name now, with a way to end it: what was opened together stands in one line. */
function Openings(props: { year: string }): JSX.Element {
	const rows = useRows("opening", "school");
	const today = useToday();
	const write = useWrite();
	const people = usePeople();
	const names = useJournalNames();
	const terms = useRows("term", "school");
	const yearOf = ({ journal, term }: View<"opening">["values"]): string | null | undefined =>
		journal ? names()(journal).year : terms().get(term ?? "")?.values.year;
	const running = createMemo(() =>
		together([...rows().values()].filter((r) => (r.values.ends ?? "") > today() && yearOf(r.values) === props.year)),
	);
	const journals = (group: readonly View<"opening">[]): string =>
		group
			.map((row) => row.values.journal && names()(row.values.journal).title)
			.filter(Boolean)
			.join(", ");
	return (
		<Show when={running().length > 0}>
			<h3>{words().openedFor}</h3>
			<ul class="openings" aria-label={words().openedFor}>
				<For each={running()}>
					{(group) => (
						<li>
							<span>
								<b>{people.full(group[0].parts.person)}</b>
								<small>{opened(group[0])}</small>
								<small>{journals(group)}</small>
							</span>
							<Show when={group.some((row) => row.states.ends === "local")}>
								<Pill tone="wait" sign="local">
									{admin().waitsToSend}
								</Pill>
							</Show>
							<Button onClick={() => void write(group.map(ending))}>{words().close}</Button>
						</li>
					)}
				</For>
			</ul>
		</Show>
	);
}

function opened({ parts, values }: View<"opening">): string {
	const span = words().opened(dayText(parts.starts ?? ""), dayText(dayAfter(values.ends ?? "", -1)));
	return [span, values.reason].filter(Boolean).join(" · ");
}

function StepDialog(props: { year: View<"year">; to: State; onClose: () => void }): JSX.Element {
	const write = useWrite();
	const settings = useSettings();
	const matters = useMatters();
	const waiting = createMemo(() => (props.to === "archived" ? queueOf(matters()).waiting.length : 0));
	const [reason, setReason] = createSignal("");
	const [sure, setSure] = createSignal(false);
	const [tried, setTried] = createSignal(false);
	const unsure = (): boolean => props.to === "archived" && !sure();
	let field: HTMLTextAreaElement | undefined;
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		const why = reason().trim();
		setTried(true);
		if (why === "") field?.focus();
		if (why === "" || unsure()) return;
		if (await write([{ kind: "year", key: props.year.key, set: { state: props.to, reason: why } }])) props.onClose();
	};
	return (
		<Dialog
			open
			title={words().titles[props.to](props.year.values.name || words().unnamed)}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form="year-form">
						{words().steps[props.to]}
					</Button>
				</>
			}
		>
			<form id="year-form" class="form" noValidate onSubmit={(event) => void save(event)}>
				<Show when={waiting() > 0}>
					<p>
						<b>{words().waiting(waiting())}</b>
					</p>
				</Show>
				<For each={words().means[props.to](settings().graceDays)}>{(line) => <p>{line}</p>}</For>
				<Reason
					id="year-reason"
					value={reason()}
					fault={tried() && reason().trim() === "" ? admin().reasonMissing : ""}
					onInput={setReason}
					ref={(made) => {
						field = made;
					}}
				/>
				<Show when={props.to === "archived"}>
					<label class="tick">
						<input type="checkbox" checked={sure()} onChange={(event) => setSure(event.currentTarget.checked)} />
						<span>{words().sure}</span>
					</label>
					<Show when={tried() && unsure()}>
						<small class="error" role="alert">
							{words().sureMissing}
						</small>
					</Show>
				</Show>
			</form>
		</Dialog>
	);
}
