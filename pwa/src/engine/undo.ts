/**
 * Undo: what was written in this tab, step by step, so that it can be written back. An undo is a new entry inside the
 * rules, not a way around them: what was sent stays in the history.
 */

import type { Entry } from "./types";

/** A step: the entries as written, and those that bring back what stood before. */
interface Step {
	readonly done: readonly Entry[];
	readonly undone: readonly Entry[];
}

const DEPTH = 500;

export class Undo {
	private readonly past: Step[] = [];
	private readonly future: Step[] = [];

	get canUndo(): boolean {
		return this.past.length > 0;
	}

	get canRedo(): boolean {
		return this.future.length > 0;
	}

	/** A step was written. `before`: what the cells of each entry showed. */
	remember(done: readonly Entry[], before: readonly Readonly<Record<string, unknown>>[]): void {
		const undone = done.map((entry, i) => ({ ...entry, set: before[i] ?? {} })).reverse();
		this.past.push({ done, undone });
		if (this.past.length > DEPTH) this.past.shift();
		this.future.length = 0;
	}

	/** Writes the last step back with `write`; false when there is none. Stays undone only if the write succeeded. */
	back(write: (entries: readonly Entry[]) => Promise<void>): Promise<boolean> {
		return move(this.past, this.future, (step) => write(step.undone));
	}

	again(write: (entries: readonly Entry[]) => Promise<void>): Promise<boolean> {
		return move(this.future, this.past, (step) => write(step.done));
	}
}

async function move(from: Step[], to: Step[], write: (step: Step) => Promise<void>): Promise<boolean> {
	const step = from.pop();
	if (!step) return false;
	try {
		await write(step);
	} catch (error) {
		from.push(step);
		throw error;
	}
	to.push(step);
	return true;
}
