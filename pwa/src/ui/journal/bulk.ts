/**
 * Many cells at once: pasted, filled or erased. What is asked for is looked through as a whole before anything is
 * written: what can go in, and of every other cell why not.
 *
 * Holds always:
 * 1. An empty text asks for nothing: blank never means delete. Only `null` empties a cell.
 * 2. What goes in is one undo step.
 */

import type { Decision, Entry } from "../../engine/types";
import { worstOf } from "./entering";
import type { At, Block } from "./where";

/** A cell and what it is to hold; null: nothing any more. */
export interface Wish {
	readonly at: At;
	readonly text: string | null;
}

/** What one wish comes to. `trouble`: the text itself can't stand there. */
export interface Found {
	readonly entries: readonly Entry[];
	/** Something else stood there. */
	readonly replaces: boolean;
	readonly trouble: string;
}

/** A wish that can't be written, or that will wait for the deputy head, with the reason in words. */
export interface Told {
	readonly wish: Wish;
	readonly why: string;
}

export interface Bulk {
	/** Everything that can be written, held ones too. */
	readonly entries: readonly Entry[];
	/** Cells that will change. */
	readonly changes: number;
	/** Of them, cells in which something else stood. */
	readonly replaced: number;
	readonly held: readonly Told[];
	readonly refused: readonly Told[];
}

/** Looks through all wishes. `find` reads one, `check` asks the rules, `why` says their reason in words. */
export function weigh(
	wishes: readonly Wish[],
	find: (wish: Wish) => Found,
	check: (entry: Entry) => Decision,
	why: (decision: Decision) => string,
): Bulk {
	const entries: Entry[] = [];
	const held: Told[] = [];
	const refused: Told[] = [];
	let changes = 0;
	let replaced = 0;
	for (const wish of wishes) {
		if (wish.text === "") continue;
		const found = find(wish);
		if (found.trouble) refused.push({ wish, why: found.trouble });
		if (found.trouble || found.entries.length === 0) continue;
		const worst = worstOf(found.entries.map(check));
		if (worst?.verdict === "refused") {
			refused.push({ wish, why: why(worst) });
			continue;
		}
		if (worst?.verdict === "held") held.push({ wish, why: why(worst) });
		entries.push(...found.entries);
		changes += 1;
		if (found.replaces) replaced += 1;
	}
	return { entries, changes, replaced, held, refused };
}

/** The wishes of a block of texts, laid from a corner; one text fills the whole area. */
export function wishesOf(rows: readonly (readonly string[])[], area: Block): Wish[] {
	const { top, left, bottom, right } = area;
	const [only] = rows[0] ?? [];
	const wishes: Wish[] = [];
	if (rows.length === 1 && rows[0]?.length === 1 && only !== undefined) {
		for (let row = top; row <= bottom; row += 1)
			for (let col = left; col <= right; col += 1) wishes.push({ at: { row, col }, text: only });
		return wishes;
	}
	for (const [down, texts] of rows.entries())
		for (const [along, text] of texts.entries()) wishes.push({ at: { row: top + down, col: left + along }, text });
	return wishes;
}
