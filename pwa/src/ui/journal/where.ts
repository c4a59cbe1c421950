/**
 * Where the person is in the grid. Rows are pupils; -1 is the head. Columns are lessons of the part by their absolute
 * number, then the mean, then the term mark. At most 24 lessons are rendered; moving beyond the window moves it.
 * A block of cells lies between the anchor and the cell one stands in; any plain move ends it.
 */

import { createEffect, createMemo, createSignal, on, onCleanup, onMount, untrack } from "solid-js";
import type { Entry, LessonPlace } from "../../engine/types";
import type { PupilLine } from "../reading/roster";
import type { TermSpan } from "../reading/school";
import type { Place } from "./cell";
import { columnOf, MOST_COLUMNS, windowStart } from "./columns";
import type { Sheet } from "./sheet";

export interface At {
	readonly row: number;
	readonly col: number;
}

/** A rectangle of cells, its edges included. */
export interface Block {
	readonly top: number;
	readonly left: number;
	readonly bottom: number;
	readonly right: number;
}

export type Target =
	| { readonly kind: "lesson"; readonly place: Place; readonly lesson: LessonPlace; readonly line: PupilLine }
	| { readonly kind: "term"; readonly term: TermSpan; readonly line: PupilLine }
	| { readonly kind: "mean"; readonly line: PupilLine }
	| { readonly kind: "head"; readonly lesson: LessonPlace | null };

export type Where = ReturnType<typeof createWhere>;

/** `left`: called when the person moves or another part opens. */
export function createWhere(sheet: Sheet, left: () => void) {
	const { columns, part, rows, term } = sheet;
	const [at, setAt] = createSignal<At>({ row: 0, col: 0 });
	const [anchor, setAnchor] = createSignal<At | null>(null);
	const [start, setStart] = createSignal(0);
	/** Null while one cell is meant, so that plain moves cost the other cells nothing. */
	const block = createMemo((): Block | null => {
		const from = anchor();
		if (from === null) return null;
		const { row, col } = at();
		return {
			top: Math.min(from.row, row),
			left: Math.min(from.col, col),
			bottom: Math.max(from.row, row),
			right: Math.max(from.col, col),
		};
	});
	const shown = createMemo(() => columns().slice(start(), start() + MOST_COLUMNS));
	let table: HTMLTableElement | undefined;

	// Another part: stand at the lesson asked for, or at the last one up to today.
	createEffect(
		on([() => `${part()?.from} ${part()?.until}`, () => columns().length > 0], () =>
			untrack(() => {
				const { day, lesson } = sheet.opening();
				const found = columns().findIndex((l) => l.key === lesson);
				const col = found >= 0 ? found : columnOf(columns(), day);
				left();
				setAnchor(null);
				setStart(windowStart(0, col, columns().length));
				setAt((now) => ({ row: Math.max(0, now.row), col }));
				requestAnimationFrame(() => show(false));
			}),
		),
	);

	/** Brings the cell into view, past what is sticky; `focus`: and stands in it. */
	function show(focus: boolean): void {
		const { row, col } = at();
		const cell = table?.querySelector<HTMLElement>(`[data-at="${row}:${col}"]`);
		if (!cell) return;
		if (focus) (cell.querySelector<HTMLElement>("a") ?? cell).focus({ preventScroll: true });
		cell.scrollIntoView({ block: "nearest", inline: "nearest" });
	}

	// A tablet that is turned has other columns in sight; what is being typed must stay among them.
	const turned = (): void => show(false);
	onMount(() => addEventListener("resize", turned));
	onCleanup(() => removeEventListener("resize", turned));

	/** `extend`: the block grows from where one stood; it never takes in the head. */
	const goTo = (next: At, extend = false): void => {
		const row = Math.max(extend ? 0 : -1, Math.min(rows().length - 1, next.row));
		const col = Math.max(0, Math.min(sheet.lastCol(), next.col));
		left();
		const from = anchor() ?? at();
		setAnchor(extend && from.row >= 0 ? from : null);
		if (col < columns().length) setStart((now) => windowStart(now, col, columns().length));
		setAt({ row, col });
		show(true);
	};

	const targetAt = ({ row, col }: At): Target | null => {
		const lesson = columns()[col] ?? null;
		if (row < 0) return { kind: "head", lesson };
		const line = rows()[row];
		if (line === undefined) return null;
		if (lesson !== null) return { kind: "lesson", place: placeOf(lesson, line), lesson, line };
		if (!sheet.marked()) return null;
		if (col === sheet.meanCol()) return { kind: "mean", line };
		const now = term();
		return now === null || col !== sheet.termCol() ? null : { kind: "term", term: now, line };
	};

	/** The first of the part's cells that these entries are about. */
	const firstOf = (entries: readonly Entry[]): At | null => {
		const cells = entries.map(({ kind, key }): At => {
			const [journal, day, number, who] = key.split("/");
			const ofTerm = kind === "term_mark";
			const pupil = ofTerm ? number : who;
			const lesson = columns().findIndex((l) => l.key === `${journal}/${day}/${number}`);
			return {
				row: rows().findIndex((line) => line.pupil === pupil),
				col: ofTerm ? (day === term()?.id ? sheet.termCol() : -1) : lesson,
			};
		});
		const here = cells.filter(({ row, col }) => row >= 0 && col >= 0);
		return here.sort((a, b) => a.row - b.row || a.col - b.col)[0] ?? null;
	};

	return {
		at,
		firstOf,
		block,
		/** The block, or the one cell. */
		area: (): Block => {
			const { row, col } = at();
			return block() ?? { top: row, left: col, bottom: row, right: col };
		},
		/** Everything below the head. */
		selectAll: (): void => {
			left();
			setAnchor({ row: 0, col: 0 });
			setAt({ row: rows().length - 1, col: sheet.lastCol() });
		},
		single: (): void => {
			setAnchor(null);
		},
		isPicked: (row: number, col: number): boolean => {
			const b = block();
			return b !== null && row >= b.top && row <= b.bottom && col >= b.left && col <= b.right;
		},
		start,
		shown,
		show,
		goTo,
		move: (down: number, right: number, extend = false): void =>
			goTo({ row: at().row + down, col: at().col + right }, extend),
		/** Turns the window's page. */
		page: (by: number): void =>
			goTo({ row: at().row, col: Math.max(0, Math.min(at().col + by, columns().length - 1)) }),
		targetAt,
		target: (): Target | null => targetAt(at()),
		hold: (element: HTMLTableElement): void => {
			table = element;
		},
	};
}

export function placeOf(lesson: LessonPlace, line: PupilLine): Place {
	return { journal: lesson.journal, date: lesson.date, number: lesson.number, pupil: line.pupil };
}
