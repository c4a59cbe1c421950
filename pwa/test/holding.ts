/** A holding on a store in memory, for tests of the engine's parts without a server, and answers written by hand. */

import "fake-indexeddb/auto";
import { webcrypto } from "node:crypto";
import { IDBFactory } from "fake-indexeddb";
import { Case } from "../src/engine/case";
import { Holding } from "../src/engine/holding";
import type { Item } from "../src/engine/items";
import { Lock } from "../src/engine/lock";
import { type Plan, planFor } from "../src/engine/plan";
import { Store } from "../src/engine/store";
import type { Surroundings } from "../src/engine/surroundings";
import {
	type Head,
	type Judged,
	type News,
	PROTOCOL,
	type SyncRequest,
	type SyncResponse,
} from "../src/generated/messages";

export const EPOCH = "e1";
export const SCOPE = "journal:8b-alg";

/** The holding of t1 on device d1, that has nothing yet. */
export async function holding(
	factory = new IDBFactory(),
	closed: () => void = () => undefined,
	locked: { around: Surroundings; secret: string } | null = null,
): Promise<Holding> {
	const crypto = webcrypto as unknown as Crypto;
	const store = await Store.open({ indexedDB: factory } as Surroundings, "zvonok-32-t1", closed);
	const under = locked && (await new Lock(locked.around, store, "32|t1").open(locked.secret)).data;
	const key = under ?? (await store.meta("key")) ?? (await Case.makeKey(crypto));
	const lock = new Case(crypto, key, "32|t1");
	const session = (await store.meta("session")) ?? (await lock.seal("meta", "session", {}));
	const counter = (await store.meta("counter")) ?? { device: "d1", n: 0 };
	await store.write((tx) => {
		tx.setMeta({ counter, session, ...(locked ? {} : { key }) });
	});
	const held = new Holding(store, lock, "32", "t1");
	await held.open();
	if (!held.server.epoch) await held.say({ epoch: EPOCH });
	return held;
}

export function markKey(pupil: string, place = 1): string {
	return `8b-alg/2026-11-20/2/${pupil}/${place}`;
}

/** Writes marks, one op each: pupil and value. */
export function write(held: Holding, ...marks: [pupil: string, value: string | null][]): Promise<Item[]> {
	const drafts = marks.map(([pupil, value]) => ({
		op: { kind: "mark", key: markKey(pupil), set: { value }, at: 1_000, seen: [EPOCH, 0] as [string, number], v: 1 },
		before: { value: null },
	}));
	return held.outbox.add(drafts);
}

/** A row of a mark as it comes on the wire. */
export function row(pupil: string, seq: number, value: string | null, heads: Record<string, Head[]> | null = null) {
	return [markKey(pupil), seq, value, null, null, heads];
}

export function news(rows: unknown[][], part: Partial<News> = {}): News {
	const upto = Math.max(0, ...rows.map((r) => r[1] as number));
	const tables = rows.length ? { mark: { cells: ["value", "comment", "given"], rows } } : {};
	return { scope: SCOPE, after: 0, upto, more: false, tables, total: null, ...part };
}

export function judged(n: number, verdict: string, seq: number, reason = ""): Judged {
	return [n, verdict, reason, {}, seq];
}

/** The request that the holding would send, without its ops. */
export function asked(held: Holding): SyncRequest {
	const { device, n } = held.outbox.counter;
	const { epoch } = held.server;
	return { protocol: PROTOCOL, device, clock: 0, heard: 0, healed: 0, held: n, epoch, cursors: held.asking(), ops: [] };
}

export function answer(part: Partial<SyncResponse>): SyncResponse {
	return {
		protocol: PROTOCOL,
		rules: 1,
		school: "32",
		epoch: EPOCH,
		server_time: 1_000_000,
		known: 0,
		judged: [],
		taken: [],
		missing: 0,
		news: [],
		lost: [],
		applied_seq: 0,
		durable_seq: 0,
		published: 0,
		...part,
	};
}

/** Plans and carries out what the answer says; answers the plan. */
export async function take(held: Holding, part: Partial<SyncResponse>): Promise<Plan> {
	const response = answer(part);
	for (const block of response.news) await held.load(block.scope);
	const plan = planFor(held, asked(held), response, await held.outbox.doneAbove(response.known), 0);
	if (!(await held.carryOut(plan))) throw new Error("another tab was quicker");
	return plan;
}
