/**
 * The grid's state: which part of the year shows, where the person is, what is being typed, and what keys do.
 *
 * Rows are pupils; -1 is the head. Columns are lessons of the part by their absolute number, then the mean, then the
 * term mark. At most 24 lessons are rendered; moving beyond the window moves the window.
 */

import { type Accessor, createEffect, createMemo, createSignal, on, untrack } from "solid-js";
import type { Decision, LessonPlace, Seen } from "../../engine/types";
import { useEngine, useLessons, useLive, useToday } from "../context";
import { say } from "../parts/toasts";
import { journal as words } from "../phrases/journal";
import { enrolledOn, type PupilLine } from "../reading/roster";
import type { TermSpan } from "../reading/school";
import {
	attendanceKey,
	clearing,
	entriesOf,
	marksOf,
	type Place,
	presenceOf,
	read,
	setMark,
	type Typed,
	textOf,
} from "./cell";
import {
	columnOf,
	MOST_COLUMNS,
	orphansOf,
	type Part,
	partFor,
	partsOf,
	termFor,
	windowStart,
	withOrphans,
} from "./columns";
import { useEntering } from "./entering";
import { type JournalModel, type MeanOf, useMeans } from "./model";

export interface At {
	readonly row: number;
	readonly col: number;
}

export interface Editing {
	readonly text: string;
	/** "typed": it replaces what it names, arrows commit. "whole": the cell's text is edited, arrows move in it. */
	readonly mode: "typed" | "whole";
	readonly seen: Seen;
}

export type Target =
	| { kind: "lesson"; place: Place; lesson: LessonPlace; line: PupilLine }
	| { kind: "term"; term: TermSpan; line: PupilLine }
	| { kind: "mean"; line: PupilLine }
	| { kind: "head"; lesson: LessonPlace | null };

export type Grid = ReturnType<typeof createGrid>;

/** `day`: the day to open at; `lesson`: the lesson whose column to stand in. */
export function createGrid(model: JournalModel, opening: Accessor<{ day: string; lesson?: string | undefined }>) {
	const engine = useEngine();
	const live = useLive();
	const today = useToday();
	const entering = useEntering();

	const [termId, setTermId] = createSignal<string | null>(null);
	const [partId, setPartId] = createSignal<string | null>(null);
	const term = createMemo(
		(): TermSpan | null => model.terms().find((t) => t.id === termId()) ?? termFor(model.terms(), opening().day),
	);
	const parts = createMemo((): Part[] => {
		const now = term();
		return now === null ? [] : partsOf(now);
	});
	const part = createMemo((): Part | null => parts().find((p) => p.id === partId()) ?? partFor(parts(), opening().day));

	const planned = useLessons(
		() => [model.journal()],
		() => part()?.from ?? "9999",
		() => part()?.until ?? "9999",
	);
	// As text, so that it only changes when a lesson appears or goes: a column is not made anew for each mark.
	const orphans = createMemo((): string => {
		const now = part();
		if (now === null) return "";
		const keys = [...model.marks().keys(), ...model.attendance().keys()];
		return orphansOf(planned(), keys, now.from, now.until).join(" ");
	});
	const columns = createMemo((): readonly LessonPlace[] =>
		withOrphans(planned(), orphans().split(" ").filter(Boolean)),
	);
	const means: Accessor<ReadonlyMap<string, MeanOf>> = useMeans(model, term);

	const [at, setAt] = createSignal<At>({ row: 0, col: 0 });
	const [start, setStart] = createSignal(0);
	const shown = createMemo(() => columns().slice(start(), start() + MOST_COLUMNS));
	const [editing, setEditing] = createSignal<Editing | null>(null);
	const [second, setSecond] = createSignal(false);
	const [advance, setAdvance] = createSignal(true);
	const [commenting, setCommenting] = createSignal(false);
	let table: HTMLTableElement | undefined;
	let lastPressed: At | null = null;

	const meanCol = (): number => columns().length;
	const termCol = (): number => columns().length + 1;

	// Another part: stand at the lesson asked for, or at the last one up to today.
	createEffect(
		on([() => `${part()?.from} ${part()?.until}`, () => columns().length > 0], () =>
			untrack(() => {
				const wanted = opening().lesson;
				const found = columns().findIndex((l) => l.key === wanted);
				const col = found >= 0 ? found : columnOf(columns(), opening().day);
				setEditing(null);
				setStart(windowStart(0, col, columns().length));
				setAt((now) => ({ row: Math.max(0, now.row), col }));
				requestAnimationFrame(() => showCell(false));
			}),
		),
	);

	const target = (where: At = at()): Target | null => {
		const lesson = columns()[where.col] ?? null;
		if (where.row < 0) return { kind: "head", lesson };
		const line = model.roster()[where.row];
		if (line === undefined) return null;
		if (lesson !== null) return { kind: "lesson", place: placeOf(lesson, line), lesson, line };
		if (where.col === meanCol()) return { kind: "mean", line };
		const now = term();
		return now === null ? null : { kind: "term", term: now, line };
	};

	function showCell(focus: boolean): void {
		const { row, col } = at();
		const cell = table?.querySelector<HTMLElement>(`[data-at="${row}:${col}"]`);
		if (!cell) return;
		const inside = cell.querySelector<HTMLElement>("a");
		if (focus) (inside ?? cell).focus({ preventScroll: true });
		cell.scrollIntoView({ block: "nearest", inline: "nearest" });
	}

	const goTo = (next: At, focus = true): void => {
		const rows = model.roster().length;
		const row = Math.max(-1, Math.min(rows - 1, next.row));
		const col = Math.max(0, Math.min(termCol(), next.col));
		setSecond(false);
		setStart((now) => (col < columns().length ? windowStart(now, col, columns().length) : now));
		setAt({ row, col });
		showCell(focus);
	};
	const move = (rows: number, cols: number): void => goTo({ row: at().row + rows, col: at().col + cols });

	const begin = (text: string, mode: Editing["mode"]): void => {
		const now = target();
		if (now?.kind !== "lesson" && now?.kind !== "term") return;
		const seen = engine.seenOf(`journal:${model.journal()}`);
		setEditing({ text: mode === "whole" ? textAt(now) : text, mode, seen });
	};

	const textAt = (now: Target): string => {
		if (now.kind === "lesson") return textOf(model.standing(now.place));
		if (now.kind === "term") return termValue(now.line, now.term);
		return "";
	};
	const termValue = (line: PupilLine, span: TermSpan): string =>
		model.termMarks().get(`${model.journal()}/${span.id}/${line.pupil}`)?.values.value ?? "";

	/** Writes what the text says into the cell. False: it can't be read, or was refused. */
	const put = async (now: Target, typed: Typed, whole: boolean, seen?: Seen): Promise<boolean> => {
		if (now.kind === "lesson") {
			const standing = model.standing(now.place);
			const entries = entriesOf(now.place, standing, typed, whole);
			const done = await entering.enter(entries, seen);
			if (done) warnOfBoth(now.place);
			return done;
		}
		if (now.kind !== "term") return false;
		const value = typed.marks?.[0] ?? null;
		if (value === (termValue(now.line, now.term) || null)) return false;
		const key = `${model.journal()}/${now.term.id}/${now.line.pupil}`;
		return entering.enter([{ kind: "term_mark", key, set: { value } }], seen);
	};

	// An absence and a mark in one cell is what an inspection looks for.
	const warnOfBoth = (place: Place): void => {
		const standing = model.standing(place);
		if (presenceOf(standing) === "absent" && marksOf(standing).length > 0) say(words().absentWithMark);
	};

	/** Ends the editing and writes. False: the text can't be read and stays open. */
	const commit = (drop = false): boolean => {
		const now = editing();
		if (now === null) return true;
		const cell = target();
		const typed = read(now.text);
		const tooMany = cell?.kind === "term" && ((typed?.marks?.length ?? 0) > 1 || typed?.presence !== undefined);
		if (cell === null || typed === null || tooMany) {
			say(words().unread(now.text));
			if (drop) setEditing(null);
			return false;
		}
		setEditing(null);
		const named = typed.marks !== undefined || typed.presence !== undefined;
		if (named || now.mode === "whole") void put(cell, typed, now.mode === "whole", now.seen);
		return true;
	};
	const cancel = (): void => {
		setEditing(null);
		showCell(true);
	};

	/** A key of the strip: written at once, then down to the next pupil. */
	const press = async (key: string): Promise<void> => {
		commit(true);
		const now = target();
		const typed = read(key);
		if (typed === null || (now?.kind !== "lesson" && now?.kind !== "term")) return;
		const here = at();
		if (second() && now.kind === "lesson" && typed.marks?.[0] !== undefined) {
			const { second: standing } = model.standing(now.place);
			setSecond(false);
			if (!(await entering.enter(setMark(now.place, 2, standing, typed.marks[0])))) return;
		} else if (!(await put(now, typed, false))) return;
		lastPressed = here;
		if (advance() && at() === here) move(1, 0);
	};

	/** "/": the next key gives the second mark, of this cell or of the one just pressed above it. */
	const pressSecond = (): void => {
		commit(true);
		const now = target();
		const filled = now?.kind === "lesson" && marksOf(model.standing(now.place)).length > 0;
		if (!filled && lastPressed?.col === at().col && advance()) goTo(lastPressed);
		setSecond(true);
	};

	const erase = async (): Promise<void> => {
		setEditing(null);
		const now = target();
		if (now?.kind === "lesson") await entering.enter(clearing(now.place, model.standing(now.place)));
		else if (now?.kind === "term") await put(now, {}, true);
	};

	/** What the rules say of a lesson's column, for a pupil enrolled that day: one question for all of its cells. */
	const verdicts = createMemo((): ReadonlyMap<string, Decision> => {
		live.watch("school");
		today();
		const found = new Map<string, Decision>();
		for (const lesson of shown()) {
			const line = model.roster().find((l) => enrolledOn(l, lesson.date));
			if (line === undefined) continue;
			const key = attendanceKey(placeOf(lesson, line));
			const set = { presence: "absent" };
			found.set(
				lesson.key,
				untrack(() => engine.check({ kind: "attendance", key, set })),
			);
		}
		return found;
	});

	return {
		model,
		term,
		chooseTerm: (id: string) => {
			setPartId(null);
			setTermId(id);
		},
		parts,
		part,
		choosePart: setPartId,
		columns,
		shown,
		start,
		page: (by: number) => goTo({ row: at().row, col: Math.min(at().col + by, columns().length - 1) }),
		means,
		at,
		goTo,
		move,
		meanCol,
		termCol,
		target,
		editing,
		setText: (text: string) => setEditing((now) => (now === null ? null : { ...now, text })),
		begin,
		commit,
		cancel,
		press,
		pressSecond,
		second,
		erase,
		advance,
		setAdvance,
		commenting,
		setCommenting,
		entering,
		verdicts,
		termValue,
		hold: (element: HTMLTableElement) => {
			table = element;
		},
	};
}

function placeOf(lesson: LessonPlace, line: PupilLine): Place {
	return {
		journal: lesson.journal,
		date: lesson.date,
		number: lesson.number,
		pupil: line.pupil,
	};
}
