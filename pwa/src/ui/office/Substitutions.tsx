/** Substitutions: who gives whose lessons, from which day to which, and why. A director reads them. */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { View } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import { useRows, useSession, useToday, useWrite } from "../context";
import { createDraft } from "../drafts";
import { Button } from "../parts/Button";
import { Field } from "../parts/Field";
import { Pill } from "../parts/Pill";
import { say } from "../parts/toasts";
import "../parts/ticks.css";
import { dayText } from "../phrases/format";
import { office } from "../phrases/office";
import { useJournalNames, usePeople } from "../reading/names";
import { useDuty } from "./duty";
import { appointing, canEnd, type Draft, ending, type Fault, faultsOf } from "./substitute";

export function Substitutions(): JSX.Element {
	const session = useSession();
	const today = useToday();
	const rows = useRows("substitution", "school");
	const decides = (): boolean => session().roles.includes("deputy_head");
	const sorted = createMemo(() =>
		[...rows().values()].sort((a, b) => ((a.parts.starts ?? "") < (b.parts.starts ?? "") ? 1 : -1)),
	);
	const running = createMemo(() => sorted().filter((r) => r.values.ends !== null && r.values.ends > today()));
	const past = createMemo(() => sorted().filter((r) => r.values.ends === null || r.values.ends <= today()));
	return (
		<>
			<Show when={decides()} fallback={<p class="soft">{office().readOnly}</p>}>
				<Appoint />
			</Show>
			<section class="sheet" aria-labelledby="running">
				<h2 id="running">{office().running}</h2>
				<Show when={running().length > 0} fallback={<p class="soft">{office().noSubstitutions}</p>}>
					<ul class="plain-list substitutions">
						<For each={running()}>{(row) => <Line row={row} decides={decides()} />}</For>
					</ul>
				</Show>
			</section>
			<Show when={past().length > 0}>
				<details class="sheet">
					<summary>{office().past(past().length)}</summary>
					<ul class="plain-list substitutions">
						<For each={past()}>{(row) => <Line row={row} decides={false} />}</For>
					</ul>
				</details>
			</Show>
		</>
	);
}

function Appoint(): JSX.Element {
	const today = useToday();
	const write = useWrite();
	const duty = useDuty();
	const names = useJournalNames();
	const people = usePeople();
	const staff = useRows("person", "school");
	const blank = (): Draft => ({
		away: "",
		journals: [],
		substitute: "",
		from: today(),
		until: today(),
		reason: "",
		numbers: "",
	});
	const isBegun = ({ away, substitute, reason, numbers }: Draft): boolean =>
		[away, substitute, reason, numbers].some((typed) => typed !== "");
	const [draft, setDraft] = createDraft("substitution", blank, isBegun);
	const [tried, setTried] = createSignal(false);
	const faults = createMemo(() => faultsOf(draft()));
	const put = (part: Partial<Draft>): void => setDraft({ ...draft(), ...part });
	const clear = (): void => {
		setDraft(blank());
		setTried(false);
	};
	const everyone = createMemo(() =>
		[...staff().keys()].map((id) => ({ id, name: people.full(id) })).sort((a, b) => a.name.localeCompare(b.name, "ru")),
	);
	const teaching = createMemo(() => everyone().filter((p) => duty().journalsOf(p.id, draft().from).length > 0));
	const journals = createMemo(() =>
		duty()
			.journalsOf(draft().away, draft().from)
			.map((journal) => names()(journal))
			.sort((a, b) => a.title.localeCompare(b.title, "ru", { numeric: true })),
	);
	const chooseAway = (away: string): void => put({ away, journals: duty().journalsOf(away, draft().from) });
	// A journal that the absent teacher does not teach on the new first day is no longer meant.
	const chooseFrom = (from: string): void => {
		const taught = new Set(duty().journalsOf(draft().away, from));
		put({ from, journals: draft().journals.filter((journal) => taught.has(journal)) });
	};
	const toggle = (journal: string, on: boolean): void => {
		const others = draft().journals.filter((other) => other !== journal);
		put({ journals: on ? [...others, journal] : others });
	};
	const fault = (...ones: Fault[]): string | undefined => {
		const found = tried() ? ones.find((one) => faults().has(one)) : undefined;
		return found === undefined ? undefined : office().faults[found];
	};
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		setTried(true);
		if (faults().size > 0) return;
		const entries = appointing(draft());
		if (!(await write(entries))) return;
		say(office().appointed(people.short(draft().substitute), entries.length));
		clear();
	};
	return (
		<form class="sheet form appoint" aria-labelledby="appoint" onSubmit={(event) => void save(event)}>
			<h2 id="appoint">{office().appoint}</h2>
			<div class="pair">
				<Choice
					label={office().away}
					empty={office().choose}
					options={teaching()}
					value={draft().away}
					error={fault("away")}
					onChoose={chooseAway}
				/>
				<Choice
					label={office().substitute}
					empty={office().choose}
					options={everyone()}
					value={draft().substitute}
					error={fault("substitute", "same")}
					onChoose={(substitute) => put({ substitute })}
				/>
			</div>
			<Show when={draft().away !== ""}>
				<fieldset class="ticks">
					<legend>{office().whichJournals}</legend>
					<For each={journals()}>
						{(journal) => (
							<label class="tick">
								<input
									type="checkbox"
									checked={draft().journals.includes(journal.journal)}
									onChange={(event) => toggle(journal.journal, event.currentTarget.checked)}
								/>
								<span>{journal.title}</span>
							</label>
						)}
					</For>
					<Show when={fault("journals")}>{(text) => <small class="error">{text()}</small>}</Show>
				</fieldset>
			</Show>
			<div class="pair">
				<Field
					label={office().firstDay}
					type="date"
					value={draft().from}
					error={fault("from")}
					onChange={(event) => chooseFrom(event.currentTarget.value)}
				/>
				<Field
					label={office().lastDay}
					type="date"
					min={draft().from}
					value={draft().until}
					error={fault("until")}
					onChange={(event) => put({ until: event.currentTarget.value })}
				/>
			</div>
			<Field
				label={office().lessonNumbers}
				placeholder={office().lessonNumbersExample}
				value={draft().numbers}
				error={fault("numbers")}
				onInput={(event) => put({ numbers: event.currentTarget.value })}
			/>
			<Field
				label={office().reason}
				maxLength={500}
				placeholder={office().reasonExample}
				value={draft().reason}
				error={fault("reason")}
				onInput={(event) => put({ reason: event.currentTarget.value })}
			/>
			<div class="buttons">
				<Button tone="main" type="submit">
					{office().appointNow}
				</Button>
				<Show when={isBegun(draft())}>
					<Button onClick={clear}>{office().clear}</Button>
				</Show>
			</div>
		</form>
	);
}

function Choice(props: {
	label: string;
	empty: string;
	options: readonly { id: string; name: string }[];
	value: string;
	error: string | undefined;
	onChoose: (id: string) => void;
}): JSX.Element {
	return (
		<label class="field">
			<span class="label">{props.label}</span>
			<select
				aria-invalid={props.error ? true : undefined}
				value={props.value}
				onChange={(event) => props.onChoose(event.currentTarget.value)}
			>
				<option value="">{props.empty}</option>
				<For each={props.options}>{(option) => <option value={option.id}>{option.name}</option>}</For>
			</select>
			<Show when={props.error}>{(text) => <small class="error">{text()}</small>}</Show>
		</label>
	);
}

function Line(props: { row: View<"substitution">; decides: boolean }): JSX.Element {
	const today = useToday();
	const write = useWrite();
	const people = usePeople();
	const names = useJournalNames();
	const duty = useDuty();
	const starts = (): string => props.row.parts.starts ?? "";
	const instead = (): string =>
		duty()
			.teachers(props.row.parts.journal ?? "", starts())
			.map((person) => people.short(person))
			.join(", ");
	const days = (): string => {
		const { ends } = props.row.values;
		if (ends === null) return office().calledOff;
		const last = dayAfter(ends, -1);
		return starts() === last ? dayText(starts()) : office().span(dayText(starts()), dayText(last));
	};
	const numbers = (): string =>
		props.row.values.numbers?.length ? office().onlyLessons(props.row.values.numbers) : "";
	return (
		<li>
			<span>
				<b>{people.full(props.row.parts.person)}</b>
				<Show when={instead()}>{(name) => <> {office().instead(name())}</>}</Show>
				<small>
					{[names()(props.row.parts.journal ?? "").title, days(), numbers(), props.row.values.reason]
						.filter(Boolean)
						.join(" · ")}
				</small>
			</span>
			<Show when={props.row.states.ends === "local"}>
				<Pill tone="wait" sign="local">
					{office().waitsToSend}
				</Pill>
			</Show>
			<Show when={props.decides && canEnd(props.row, today())}>
				<Button onClick={() => void write([ending(props.row, today())])}>
					{starts() <= today() ? office().endToday : office().callOff}
				</Button>
			</Show>
		</li>
	);
}
