/**
 * Where the person is in the grid. Rows are pupils; -1 is the head. Columns are lessons of the part by their absolute
 * number, then the mean, then the term mark. At most 24 lessons are rendered; moving beyond the window moves it.
 */

import { createEffect, createMemo, createSignal, on, untrack } from "solid-js";
import type { LessonPlace } from "../../engine/types";
import type { PupilLine } from "../reading/roster";
import type { TermSpan } from "../reading/school";
import type { Place } from "./cell";
import { columnOf, MOST_COLUMNS, windowStart } from "./columns";
import type { Sheet } from "./sheet";

export interface At {
	readonly row: number;
	readonly col: number;
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
	const [start, setStart] = createSignal(0);
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

	const goTo = (next: At): void => {
		const row = Math.max(-1, Math.min(rows().length - 1, next.row));
		const col = Math.max(0, Math.min(sheet.lastCol(), next.col));
		left();
		if (col < columns().length) setStart((now) => windowStart(now, col, columns().length));
		setAt({ row, col });
		show(true);
	};

	return {
		at,
		start,
		shown,
		show,
		goTo,
		move: (down: number, right: number): void => goTo({ row: at().row + down, col: at().col + right }),
		/** Turns the window's page. */
		page: (by: number): void =>
			goTo({ row: at().row, col: Math.max(0, Math.min(at().col + by, columns().length - 1)) }),
		target: (): Target | null => {
			const { row, col } = at();
			const lesson = columns()[col] ?? null;
			if (row < 0) return { kind: "head", lesson };
			const line = rows()[row];
			if (line === undefined) return null;
			if (lesson !== null) return { kind: "lesson", place: placeOf(lesson, line), lesson, line };
			if (col === sheet.meanCol()) return { kind: "mean", line };
			const now = term();
			return now === null ? null : { kind: "term", term: now, line };
		},
		hold: (element: HTMLTableElement): void => {
			table = element;
		},
	};
}

export function placeOf(lesson: LessonPlace, line: PupilLine): Place {
	return { journal: lesson.journal, date: lesson.date, number: lesson.number, pupil: line.pupil };
}
