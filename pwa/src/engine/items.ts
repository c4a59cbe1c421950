/**
 * Items: an op of this tablet with what the server said of it, and how it lies in the store, sealed to its person.
 *
 * Holds always:
 * 1. The content of an op never changes; only what the server said of it does.
 * 2. What can't be opened here is an item still, under its number: it goes as its parcel, or stays.
 * Not here: numbers, and what is sent (`outbox`).
 */

import type { Judged, Op, Reason, Verdict } from "../generated/messages";
import type { Case, Sealed } from "./case";
import type { SealedOp } from "./store";

/**
 * An op with what the server said of it. `epoch`: in which that was. `stuck`: no server takes it. `unread`: it can't be
 * opened here, its content is not known. `back`: written by an undo.
 */
export interface Item {
	readonly op: Op;
	readonly before: Readonly<Record<string, unknown>>;
	readonly verdict: Verdict | "";
	readonly reason: Reason;
	readonly detail: Readonly<Record<string, unknown>>;
	readonly seq: number;
	readonly epoch: string;
	readonly stuck: boolean;
	readonly unread: boolean;
	readonly done: number;
	readonly back?: true;
}

/** An op that has no number yet. */
export interface Draft {
	readonly op: Omit<Op, "n">;
	readonly before: Readonly<Record<string, unknown>>;
	readonly back?: true;
}

const UNANSWERED = { verdict: "", reason: "", detail: {}, seq: 0, epoch: "", done: 0 } as const;
const NOTHING = { ...UNANSWERED, stuck: false, unread: false } as const;

/** The item as it was before any answer. */
export function unanswered(item: Item): Item {
	return { ...item, ...UNANSWERED };
}

/** The item with its verdict. */
export function answered(item: Item, [, verdict, reason, detail, seq]: Judged, epoch: string): Item {
	return { ...item, verdict: verdict as Verdict, reason: reason as Reason, detail, seq, epoch };
}

/** The draft under its number. */
export function numbered({ op, ...own }: Draft, n: number): Item {
	return { op: { n, ...op }, ...own, ...NOTHING };
}

/** It can't be opened here, but has a parcel. */
export function goesAsParcel(item: Item): boolean {
	return item.unread && !item.stuck;
}

export function sealItem(lock: Case, device: string, item: Item): Promise<Sealed> {
	return lock.seal("outbox", `${device}:${item.op.n}`, item);
}

/** Never throws: what can't be opened is an unread item. */
export async function openItem(lock: Case, device: string, n: number, sealed: SealedOp): Promise<Item> {
	const { done } = sealed;
	try {
		const item = await lock.open<Item>("outbox", `${device}:${n}`, sealed);
		return { ...NOTHING, ...item, done };
	} catch {
		const op = { n, kind: "void", key: "", set: {}, at: 0 };
		return { op, before: {}, ...NOTHING, unread: true, stuck: !sealed.parcel, done };
	}
}
