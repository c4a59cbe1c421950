/**
 * The school year and its lock: open, locked, archived (`rules/locks`). A locked year may be opened for a teacher by
 * name; into the archive it goes after the admin has read what follows and has ticked that there is no way back.
 */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { View } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import type { State } from "../../rules/locks";
import { ByName } from "../attention/ByName";
import { useMatters, useRows, useToday, useWrite } from "../context";
import { createDraft } from "../drafts";
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
import { ending, isBegun, nothing, together } from "./reopening";
import "../parts/ticks.css";

type What = State | "reopen";

/** Where a year is to go, and why; year "": none. */
interface Step {
	readonly year: string;
	readonly to: State;
	readonly reason: string;
}

const STEPS: Record<State, readonly What[]> = {
	open: ["locked"],
	locked: ["reopen", "open", "archived"],
	archived: [],
};

const stateOf = (year: View<"year">): State => (year.values.state as State | null) ?? "open";

export function Years(): JSX.Element {
	const rows = useRows("year", "school");
	const years = createMemo(
		() => new Map([...rows()].sort(([, a], [, b]) => ((a.values.starts ?? "") < (b.values.starts ?? "") ? 1 : -1))),
	);
	const noStep = (): Step => ({ year: "", to: "open", reason: "" });
	const [step, setStep] = createDraft("year", noStep, ({ reason }) => reason !== "");
	const [opening, setOpening] = createDraft("reopen", nothing, isBegun);
	/** The year, while it may still take the step: somebody else may have taken it since the draft was left. */
	const about = (key: string, step: What): View<"year"> | null => {
		const year = rows().get(key);
		return year && STEPS[stateOf(year)].includes(step) ? year : null;
	};
	const ask = (year: string, what: What): void => {
		if (what === "reopen") setOpening({ ...nothing(), year });
		else setStep({ year, to: what, reason: "" });
	};
	return (
		<section class="terms" aria-label={words().years}>
			<ByName each={years()}>{(year, key) => <Year year={year()} onAsk={(what) => ask(key, what)} />}</ByName>
			<Show when={about(step().year, step().to)}>
				{(year) => <StepDialog year={year()} step={step()} onStep={setStep} onClose={() => setStep(noStep())} />}
			</Show>
			<Show when={about(opening().year, "reopen")}>
				{(year) => (
					<ReopenDialog year={year()} draft={opening()} onDraft={setOpening} onClose={() => setOpening(nothing())} />
				)}
			</Show>
		</section>
	);
}

function Year(props: { year: View<"year">; onAsk: (what: What) => void }): JSX.Element {
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

function StepDialog(props: {
	year: View<"year">;
	step: Step;
	onStep: (step: Step) => void;
	onClose: () => void;
}): JSX.Element {
	const { to } = props.step;
	const write = useWrite();
	const settings = useSettings();
	const matters = useMatters();
	const waiting = createMemo(() => (to === "archived" ? queueOf(matters()).waiting.length : 0));
	const [sure, setSure] = createSignal(false);
	const [tried, setTried] = createSignal(false);
	const unsure = (): boolean => to === "archived" && !sure();
	let field: HTMLTextAreaElement | undefined;
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		const why = props.step.reason.trim();
		setTried(true);
		if (why === "") field?.focus();
		if (why === "" || unsure()) return;
		if (await write([{ kind: "year", key: props.year.key, set: { state: to, reason: why } }])) props.onClose();
	};
	return (
		<Dialog
			open
			title={words().titles[to](props.year.values.name || words().unnamed)}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form="year-form">
						{words().steps[to]}
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
				<For each={words().means[to](settings().graceDays)}>{(line) => <p>{line}</p>}</For>
				<Reason
					id="year-reason"
					value={props.step.reason}
					fault={tried() && props.step.reason.trim() === "" ? admin().reasonMissing : ""}
					onInput={(reason) => props.onStep({ ...props.step, reason })}
					ref={(made) => {
						field = made;
					}}
				/>
				<Show when={to === "archived"}>
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
