/** Term marks of a journal: for each pupil the exact mean with its arithmetic, the proposal and the mark given. */

import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import { dayAfter } from "../../rules/days";
import type { ScreenProps } from "../App";
import { useLive, useToday } from "../context";
import { Absence } from "../journal/Absence";
import { KeyStrip } from "../journal/KeyStrip";
import { late } from "../late";
import { Button } from "../parts/Button";
import { EmptyState } from "../parts/EmptyState";
import { Page } from "../parts/Page";
import { type Choice, Segmented } from "../parts/Segmented";
import { say } from "../parts/toasts";
import { dayText } from "../phrases/format";
import { journal as journalWords } from "../phrases/journal";
import { terms as words } from "../phrases/terms";
import { useReasonWords } from "../reading/grounds";
import { go } from "../router";
import { LineRow } from "./LineRow";
import { differs, type TermLine, type TermMarks, useTermMarks } from "./state";
import "./terms.css";

const Why = late(
	() => import("./Why"),
	() => null,
);
const TakeAll = late(
	() => import("./TakeAll"),
	() => null,
);

type Shown = "all" | "none" | "few";

export default function Terms(props: ScreenProps): JSX.Element {
	const state = useTermMarks(() => props.params);
	const t = (): ReturnType<typeof words> => words();
	const [shown, setShown] = createSignal<Shown>("all");
	const [at, setAt] = createSignal("");
	const [asked, setAsked] = createSignal<{ line: TermLine; value: string } | null>(null);
	const [taking, setTaking] = createSignal(false);
	const rows = createMemo(() => {
		const which = shown();
		return state.lines().filter((l) => which === "all" || (which === "none" ? l.given === "" : l.few));
	});
	const active = createMemo(() => rows().find((l) => l.line.pupil === at()) ?? rows()[0] ?? null);
	const without = (): number => state.lines().filter((l) => l.given === "").length;
	const few = (): number => state.lines().filter((l) => l.few).length;
	const choices = (): Choice<Shown>[] => [
		{ value: "all", label: t().all(state.lines().length) },
		{ value: "none", label: t().without(without()) },
		{ value: "few", label: t().few(few()) },
	];
	const next = (): void => {
		const found = rows()[rows().findIndex((l) => l.line.pupil === active()?.line.pupil) + 1];
		if (found !== undefined) setAt(found.line.pupil);
	};
	/** The row that opens next is looked for before the filter lets this one go. */
	const give = async (line: TermLine, value: string | null, reason?: string): Promise<void> => {
		const entry = state.entry(line, value, reason);
		if (value !== null) next();
		if (entry !== null && !(await state.entering.enter([entry]))) setAt(line.line.pupil);
	};
	/** A step back or on, and to the first pupil of it: the next key is theirs. */
	const turn = async (way: "undo" | "redo"): Promise<void> => {
		const pupils = (await state.entering[way]()).map((entry) => entry.key.split("/")[2]);
		const first = rows().find((l) => pupils.includes(l.line.pupil));
		if (first !== undefined) setAt(first.line.pupil);
	};
	const press = (key: string): void => {
		const line = active();
		if (line === null) return;
		if (key === ".") say(t().noPoint);
		else if (differs(line, key)) setAsked({ line, value: key });
		else void give(line, key);
	};
	const erase = (): void => {
		const line = active();
		if (line !== null) void give(line, null);
	};
	const readable = (): boolean => state.lines().length > 0 && state.marked();
	return (
		<Page
			title={state.model.name().title}
			subtitle={t().title(state.term()?.name ?? "")}
			backTo={`/journal/${state.journal()}`}
			tools={<Tools state={state} />}
			bar={
				<Show when={readable()}>
					<Strip state={state} line={active()} onPress={press} onErase={erase} onUndo={() => void turn("undo")} />
				</Show>
			}
		>
			<Notices state={state} />
			<Switch>
				<Match when={!state.marked()}>
					<EmptyState icon="marks" title={journalWords().noMarks} />
				</Match>
				<Match when={state.term() === null && state.model.complete()}>
					<EmptyState icon="today" title={t().noTerms} />
				</Match>
				<Match when={true}>
					<Absence model={state.model} columns={1}>
						<div class="term-show">
							<Segmented label={t().show} choices={choices()} value={shown()} onChoose={setShown} />
							<Show when={state.verdict().verdict !== "refused" && state.ready().length > 0}>
								<Button icon="check" onClick={() => setTaking(true)}>
									{t().takeAll(state.ready().length)}
								</Button>
							</Show>
						</div>
						<p class="soft">{t().floor(state.floor())}</p>
						<ol
							class="term-list"
							onKeyDown={(event) => keyed(event, { rows, active, setAt, press, erase, turn, state })}
						>
							<For each={rows()} fallback={<li class="soft nobody">{t().nobody}</li>}>
								{(line, i) => (
									<LineRow
										state={state}
										of={line}
										row={i()}
										active={active()?.line.pupil === line.line.pupil}
										onChoose={() => setAt(line.line.pupil)}
										onWhy={() => setAsked({ line, value: line.given })}
									/>
								)}
							</For>
						</ol>
					</Absence>
				</Match>
			</Switch>
			<Show when={asked()}>
				{(now) => (
					<Why
						line={now().line}
						value={now().value}
						entry={(reason) => state.entry(now().line, now().value, reason)}
						onSave={(reason) => void give(now().line, now().value, reason)}
						onClose={() => setAsked(null)}
					/>
				)}
			</Show>
			<Show when={taking()}>
				<TakeAll state={state} onClose={() => setTaking(false)} />
			</Show>
		</Page>
	);
}

function keyed(
	event: KeyboardEvent,
	to: {
		rows: () => readonly TermLine[];
		active: () => TermLine | null;
		setAt: (pupil: string) => void;
		press: (key: string) => void;
		erase: () => void;
		turn: (way: "undo" | "redo") => Promise<void>;
		state: TermMarks;
	},
): void {
	const control = event.ctrlKey || event.metaKey;
	const row = to.rows().findIndex((l) => l.line.pupil === to.active()?.line.pupil);
	const move = (by: number): void => {
		const found = to.rows()[Math.max(0, Math.min(to.rows().length - 1, row + by))];
		if (found === undefined) return;
		to.setAt(found.line.pupil);
		const list = event.currentTarget as HTMLElement | null;
		list?.querySelector<HTMLElement>(`[data-pupil="${found.line.pupil}"]`)?.focus();
	};
	const writable = to.state.verdict().verdict !== "refused";
	if (event.key === "ArrowDown") move(1);
	else if (event.key === "ArrowUp") move(-1);
	else if ((event.key === "Delete" || event.key === "Backspace") && writable) to.erase();
	else if (control && event.code === "KeyZ" && !event.shiftKey) void to.turn("undo");
	else if (control && (event.code === "KeyY" || event.code === "KeyZ")) void to.turn("redo");
	else if (!control && !event.altKey && /^[1-5]$/.test(event.key) && writable) to.press(event.key);
	else return;
	event.preventDefault();
}

/** Which term, and since when marks go into the mean. */
function Tools(props: { state: TermMarks }): JSX.Element {
	const t = (): ReturnType<typeof words> => words();
	const state = props.state;
	return (
		<>
			<select
				aria-label={journalWords().term}
				value={state.term()?.id ?? ""}
				onChange={(event) => go(`/terms/${state.journal()}/${event.currentTarget.value}`, { replace: true })}
			>
				<For each={state.model.terms()}>
					{(term) => (
						<option value={term.id} selected={term.id === state.term()?.id}>
							{term.name}
						</option>
					)}
				</For>
			</select>
			<Show when={state.sinces().length > 1}>
				<select
					aria-label={t().mean}
					value={state.since()?.id ?? ""}
					onChange={(event) => state.chooseSince(event.currentTarget.value)}
				>
					<For each={state.sinces()}>
						{(term) => (
							<option value={term.id} selected={term.id === state.since()?.id}>
								{term.id === state.term()?.id ? t().ofTerm : t().sinceTerm(term.name)}
							</option>
						)}
					</For>
				</select>
			</Show>
		</>
	);
}

/** What stands in the way of a term mark, or will: the lock, the end of the term. */
function Notices(props: { state: TermMarks }): JSX.Element {
	const why = useReasonWords();
	const today = useToday();
	const verdict = (): ReturnType<TermMarks["verdict"]> => props.state.verdict();
	return (
		<>
			<Show when={props.state.marked() && (verdict().verdict === "held" || verdict().verdict === "refused")}>
				<p class="notice">{why.now(verdict().reason, verdict().detail)}</p>
			</Show>
			<Show when={props.state.term()}>
				{(term) => (
					<Show when={props.state.marked() && today() < term().ends}>
						<p class="soft">{words().goesOn(dayText(dayAfter(term().ends, -1)))}</p>
					</Show>
				)}
			</Show>
		</>
	);
}

function Strip(props: {
	state: TermMarks;
	line: TermLine | null;
	onPress: (key: string) => void;
	onErase: () => void;
	onUndo: () => void;
}): JSX.Element {
	const live = useLive();
	const t = (): ReturnType<typeof words> => words();
	const canUndo = createMemo(() => {
		live.watchOutbox();
		return live.engine.canUndo();
	});
	const writable = (): boolean => props.state.verdict().verdict !== "refused";
	return (
		<KeyStrip
			marks
			presence={false}
			disabled={!writable() || props.line === null}
			empty={!props.line?.given}
			canUndo={canUndo()}
			onPress={props.onPress}
			onErase={props.onErase}
			onUndo={props.onUndo}
		>
			<span class="says-who">{props.line?.line.name}</span>
			<span>{props.line?.proposed ? t().proposes(props.line.proposed) : t().noProposal}</span>
		</KeyStrip>
	);
}
