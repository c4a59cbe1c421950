/**
 * Undo: what was written in this session, step by step, so that it can be written back. An undo is a new entry inside
 * the rules, not a way around them: what was sent stays in the history.
 *
 * Holds always:
 * 1. Only a cell that still shows what the step wrote is written back: what somebody else has put there since stays.
 * 2. A step that could not be written to the disk stays where it was.
 * 3. A reload forgets nothing: the steps of the session are read back from the outbox, undone ones left out.
 * Not here: what the rules say of it (`engine`).
 */

import type { KindName } from "../generated/model";
import type { Item } from "./outbox";
import type { Entry } from "./types";

type Cells = Readonly<Record<string, unknown>>;

/** The entries as written, and what the cells of each showed before. */
export interface Step {
	readonly done: readonly Entry[];
	readonly before: readonly Cells[];
}

/** What turning a step back or on comes to. `moved`: cells that show neither what was written nor what stood. */
export interface Turn {
	readonly entries: readonly Entry[];
	readonly moved: number;
}

const DEPTH = 500;

export class Undo {
	private readonly past: Step[] = [];
	private readonly future: Step[] = [];
	private turning: Promise<unknown> = Promise.resolve();

	get canUndo(): boolean {
		return this.past.length > 0;
	}

	get canRedo(): boolean {
		return this.future.length > 0;
	}

	/** A step was written. */
	remember(done: readonly Entry[], before: readonly Cells[]): void {
		this.past.push({ done, before });
		if (this.past.length > DEPTH) this.past.shift();
		this.future.length = 0;
	}

	/** Steps from before this page was loaded, oldest first. */
	recall(steps: readonly Step[]): void {
		this.past.unshift(...steps.slice(-DEPTH));
	}

	/**
	 * Turns the last step back with `write`, which answers whether it may ever be turned again. Steps that come to
	 * nothing (refused, or undone by hand) are passed over. False: there is none.
	 */
	back(stands: Stands, write: (turn: Turn, step: Step) => Promise<boolean>): Promise<boolean> {
		return this.inTurn(() => move(this.past, this.future, (step) => inverse(step), stands, write));
	}

	again(stands: Stands, write: (turn: Turn, step: Step) => Promise<boolean>): Promise<boolean> {
		return this.inTurn(() => move(this.future, this.past, (step) => step, stands, write));
	}

	/** Two quick presses: the second sees what the first has written. */
	private inTurn(turn: () => Promise<boolean>): Promise<boolean> {
		const done = this.turning.then(turn);
		this.turning = done.catch(() => undefined);
		return done;
	}
}

/** What a record shows now; null cells where there is none. */
export type Stands = (kind: KindName, key: string) => Cells;

async function move(
	from: Step[],
	to: Step[],
	way: (step: Step) => Step,
	stands: Stands,
	write: (turn: Turn, step: Step) => Promise<boolean>,
): Promise<boolean> {
	for (let step = from.pop(); step; step = from.pop()) {
		const turn = turned(way(step), stands);
		try {
			if (await write(turn, step)) to.push(step);
			else if (turn.entries.length === 0 && turn.moved === 0) continue;
			return true;
		} catch (error) {
			from.push(step);
			throw error;
		}
	}
	return false;
}

/** The step the other way round: what stood is written, what was written stood. */
function inverse({ done, before }: Step): Step {
	return {
		done: done.map((entry, i) => ({ ...entry, set: before[i] ?? {} })).reverse(),
		before: done.map((entry) => entry.set).reverse(),
	};
}

function turned({ done, before }: Step, stands: Stands): Turn {
	const entries: Entry[] = [];
	let moved = 0;
	for (const [i, { kind, key, set }] of done.entries()) {
		const shown = stands(kind, key);
		const wanted: Record<string, unknown> = {};
		for (const [cell, value] of Object.entries(set)) {
			if (same(shown[cell], value)) continue;
			if (same(shown[cell], before[i]?.[cell])) wanted[cell] = value;
			else moved += 1;
		}
		if (Object.keys(wanted).length > 0) entries.push({ kind, key, set: wanted });
	}
	return { entries, moved };
}

/** The steps that a session's items tell of, in order; a step that was undone is gone together with its undo. */
export function stepsOf(items: readonly Item[]): Step[] {
	const steps: Step[] = [];
	for (const { back, ...step } of grouped(items)) {
		// Of another tab there may be steps between; of an undo that only withdrew there is nothing to compare.
		if (back) steps.splice(steps.map((one) => turnsBack(step, one)).lastIndexOf(true), 1);
		else steps.push(step);
	}
	return steps;
}

/** Entries written at one moment were one step; those of an undo are another. */
function grouped(items: readonly Item[]): (Step & { back: boolean })[] {
	const found = new Map<string, { done: Entry[]; before: Cells[]; back: boolean }>();
	for (const { op, before, back = false } of items) {
		if (op.kind === "void") continue;
		const name = `${op.at} ${back}`;
		const step = found.get(name) ?? { done: [], before: [], back };
		step.done.push({ kind: op.kind as KindName, key: op.key, set: op.set });
		step.before.push(before);
		found.set(name, step);
	}
	return [...found.values()];
}

function turnsBack(step: Step, last: Step): boolean {
	return step.done.every(({ kind, key, set }, i) => {
		const at = last.done.findIndex((entry) => entry.kind === kind && entry.key === key);
		return Object.entries(set).every(
			([cell, value]) =>
				same(value, last.before[at]?.[cell]) &&
				same(step.before[i]?.[cell], last.done[at]?.set[cell]) &&
				cell in (last.done[at]?.set ?? {}),
		);
	});
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
