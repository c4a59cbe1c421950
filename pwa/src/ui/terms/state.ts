/**
 * The term marks of a journal: what is proposed for each pupil and why, what is given, who has too few marks.
 *
 * The teacher decides, the school's thresholds only propose. A mark that differs from the proposal is written together
 * with its reason, in one entry; one that agrees carries none.
 */

import { type Accessor, createMemo, createSignal } from "solid-js";
import type { CellState, Decision, Entry } from "../../engine/types";
import { floorOf, proposal } from "../../rules/marks";
import { useLive, useToday } from "../context";
import { termFor } from "../journal/columns";
import { type Entering, useEntering } from "../journal/entering";
import { type JournalModel, useJournal } from "../journal/model";
import { isOfSpan, type PupilLine } from "../reading/roster";
import { type TermSpan, useSettings } from "../reading/school";
import { type Days, NO_MARKS, type Tally, talliesOf } from "../reading/tallies";
import type { Params } from "../router";

export interface TermLine {
	readonly line: PupilLine;
	readonly tally: Tally;
	/** What the thresholds propose, as a mark; empty: no mark counts. */
	readonly proposed: string;
	/** The term mark as it stands; empty: none. */
	readonly given: string;
	readonly reason: string;
	readonly state: CellState;
	/** Fewer marks than the school asks for. */
	readonly few: boolean;
}

export interface TermMarks {
	readonly journal: Accessor<string>;
	readonly model: JournalModel;
	readonly term: Accessor<TermSpan | null>;
	/** Terms whose marks go into the mean, the first of them: this one, or one before it (half-year, year). */
	readonly since: Accessor<TermSpan | null>;
	/** Terms that may be the first. */
	readonly sinces: Accessor<readonly TermSpan[]>;
	chooseSince(id: string): void;
	/** How many marks the school asks for. */
	readonly floor: Accessor<number>;
	readonly lines: Accessor<readonly TermLine[]>;
	/** False for a class of the first year. */
	readonly marked: Accessor<boolean>;
	/** What the rules say of giving a term mark now. */
	readonly verdict: Accessor<Decision>;
	readonly entering: Entering;
	/** The entry that gives the mark; `reason` is kept only where it differs from the proposal. Null: it stands. */
	entry(of: TermLine, value: string | null, reason?: string): Entry | null;
	/** Pupils without a term mark whose proposal may be taken as it is, and those with too few marks for that. */
	readonly ready: Accessor<readonly TermLine[]>;
}

/** True when giving this mark needs a reason. */
export function differs(of: TermLine, value: string): boolean {
	return of.proposed !== "" && value !== of.proposed;
}

const SENIOR = 10;

export function useTermMarks(params: Accessor<Params>): TermMarks {
	const live = useLive();
	const today = useToday();
	const settings = useSettings();
	const journal = createMemo(() => params()["journal"] ?? "");
	const model = useJournal(journal);
	const entering = useEntering(() => verdict().reason);
	const [chosen, setChosen] = createSignal<{ term: string; since: string } | null>(null);
	const term = createMemo(() => {
		const terms = model.terms();
		return terms.find((t) => t.id === params()["term"]) ?? termFor(terms, today());
	});
	const sinces = createMemo(() => {
		const terms = model.terms();
		return terms.slice(0, terms.findIndex((t) => t.id === term()?.id) + 1);
	});
	const since = createMemo(() => {
		const all = sinces();
		const now = chosen();
		const found = now !== null && now.term === term()?.id ? all.find((t) => t.id === now.since) : undefined;
		// Seniors get half-year marks: their second and fourth quarters look back over two.
		const halves = (model.name().grade ?? 0) >= SENIOR && model.terms().length === 4 && all.length % 2 === 0;
		return found ?? all.at(halves ? -2 : -1) ?? null;
	});
	const days = createMemo((): Days | null => {
		const [first, last] = [since(), term()];
		return first === null || last === null ? null : { starts: first.starts, ends: last.ends };
	});
	const tallies = createMemo((): ReadonlyMap<string, Tally> => {
		const now = days();
		if (now === null) return new Map();
		return talliesOf(model.marks().values(), model.lessons(), now, settings().weights);
	});
	const floor = createMemo(() => floorOf(model.name().hours, settings().floors));
	const lines = createMemo((): readonly TermLine[] => {
		const [now, span] = [term(), days()];
		if (now === null || span === null) return [];
		return model.roster().flatMap((line): TermLine[] => {
			const row = model.termMarks().get(`${journal()}/${now.id}/${line.pupil}`);
			const tally = tallies().get(line.pupil) ?? NO_MARKS;
			const given = row?.values.value ?? "";
			if (!isOfSpan(line, now.starts, now.ends) && given === "" && tally.marks.length === 0) return [];
			return [
				{
					line,
					tally,
					proposed: tally.mean === null ? "" : String(proposal(tally.mean, settings().thresholds)),
					given,
					reason: row?.values.reason ?? "",
					state: row?.states.value ?? "safe",
					few: tally.count < floor(),
				},
			];
		});
	});
	const verdict = createMemo((): Decision => {
		live.watch("school");
		live.watch(`journal:${journal()}`);
		live.today();
		const pupil = lines()[0]?.line.pupil;
		const now = term();
		if (pupil === undefined || now === null) return { verdict: "accepted", reason: "", detail: {} };
		return live.engine.check({ kind: "term_mark", key: `${journal()}/${now.id}/${pupil}`, set: { value: "5" } });
	});
	return {
		journal,
		model,
		term,
		since,
		sinces,
		chooseSince: (id) => setChosen({ term: term()?.id ?? "", since: id }),
		floor,
		lines,
		marked: () => model.name().grade !== 1,
		verdict,
		entering,
		entry: (of, value, reason) => {
			const set: Record<string, unknown> = {};
			const said = value !== null && differs(of, value) ? (reason ?? "") : "";
			if ((value ?? "") !== of.given) set["value"] = value;
			if (said !== of.reason) set["reason"] = said || null;
			if (Object.keys(set).length === 0) return null;
			return { kind: "term_mark", key: `${journal()}/${term()?.id ?? ""}/${of.line.pupil}`, set };
		},
		ready: createMemo(() => lines().filter((l) => l.given === "" && l.proposed !== "")),
	};
}
