/**
 * Pleas: what an author says for an entry that will wait for the deputy head, before the server has said that it does.
 * They lie with the drafts, by the first name of the entry, and go by themselves once the entry is held.
 *
 * Holds always: one whose entry was not held is taken away, and that is told; one of an entry without a verdict stays.
 */

import type { Op } from "../generated/messages";
import type { Matter } from "../generated/model";
import type { Desk } from "./desk";
import { Drafts } from "./drafts";

/** By the name an entry is known under. */
export type Pleas = Readonly<Record<string, string>>;

/** It outlives a new identity of the tablet. */
export const nameOf = (op: Op, device: string): string => (op.first ?? [device, op.n]).join(":");

/** Sends those whose entries are held by now; true when there was one that nobody wants. */
export async function plead(desk: Desk): Promise<boolean> {
	const { held } = desk;
	const { device } = held.outbox.counter;
	const drafts = new Drafts(held);
	const found = ((await drafts.read("pleas")) ?? {}) as Pleas;
	const items = new Map([...held.outbox.items.values()].map((item) => [nameOf(item.op, device), item]));
	const over: string[] = [];
	let unasked = false;
	for (const [name, text] of Object.entries(found)) {
		const item = items.get(name);
		if (item && !item.verdict) continue;
		over.push(name);
		const plea = text.trim();
		if (!plea) continue;
		const key = `${held.inbox}/${device}:${item?.op.n}`;
		if (item?.verdict !== "held") unasked = true;
		else if ((desk.shown.row("matter", key)?.values as Matter | undefined)?.plea !== plea)
			await desk.write([{ kind: "matter", key, set: { plea } }]);
	}
	if (over.length) {
		const left = Object.entries((await drafts.read("pleas")) ?? {}).filter(([name]) => !over.includes(name));
		await drafts.keep("pleas", left.length ? Object.fromEntries(left) : undefined);
	}
	return unasked;
}
