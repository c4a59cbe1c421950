/** How steps are turned back and on again, and read back from the outbox: fetched when first asked for. */

import type { KindName } from "../generated/model";
import type { Item } from "./items";
import type { Entry } from "./types";
import type { Cells, Stands, Step, Turn, Write } from "./undo";

/** Turns the last step of the past back. */
export function back(past: Step[], future: Step[], stands: Stands, write: Write): Promise<boolean> {
	return move(past, future, inverse, stands, write);
}

/** Turns on again the step that was turned back last. */
export function again(past: Step[], future: Step[], stands: Stands, write: Write): Promise<boolean> {
	return move(future, past, (step) => step, stands, write);
}

async function move(
	from: Step[],
	to: Step[],
	way: (step: Step) => Step,
	stands: Stands,
	write: Write,
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
		if (!back) steps.push(step);
		// Of another tab there may be steps between; of an undo that turned back only a part no step is gone.
		const turned = back ? steps.map((one) => turnsBack(step, one)).lastIndexOf(true) : -1;
		if (turned >= 0) steps.splice(turned, 1);
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
