/**
 * Courier: brings parcels to the server without opening anything: of a locked store, of other people on this tablet.
 *
 * Holds always:
 * 1. A receipt of parcels settles nothing here but how far they have been delivered; the verdicts come when the person's
 *    own session syncs.
 * 2. An answer that is not our server's changes nothing.
 */

import { type Parcel, type Parcels, PROTOCOL, type Receipts } from "../generated/messages";
import { batchOf, wireParcel } from "./parcels";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import { type Answer, ask, isRecord } from "./wire";

type Carried = { readonly ok: true; readonly receipts: Receipts } | (Answer & { readonly ok: false });

/** One batch to the server. */
export async function carry(
	around: Surroundings,
	school: string,
	device: string,
	held: number,
	parcels: Parcel[],
): Promise<Carried> {
	const asked: Parcels = { protocol: PROTOCOL, device, held, parcels };
	const answer = await ask(around, `/api/${encodeURIComponent(school)}/parcels`, asked);
	if (!answer.ok) return answer;
	const receipts = readReceipts(answer.body, parcels);
	if (receipts) return { ok: true, receipts };
	return { ok: false, trouble: "not_our_server", retryAfter: null, status: 200, told: false };
}

/** How far the ops of the store's present identity have come. */
export interface Standing {
	readonly device: string;
	/** Numbers given out. */
	readonly n: number;
	/** Decided, as the person's own sync has heard. */
	readonly known: number;
	/** The same, as receipts of parcels say. */
	readonly delivered: number;
}

export async function standingOf(store: Store): Promise<Standing> {
	const counter = (await store.meta("counter")) ?? { device: "", n: 0 };
	const known = (await store.meta("server"))?.known ?? 0;
	const delivered = await store.meta("delivered");
	const reached = delivered?.device === counter.device ? Math.min(delivered.known, counter.n) : 0;
	return { ...counter, known: Math.min(known, counter.n), delivered: Math.max(known, reached) };
}

/** What the server has not got, without gaps; up to the first op that has no parcel. */
export async function waiting(store: Store, { delivered, n }: Standing): Promise<Parcel[]> {
	const found: Parcel[] = [];
	for (const [number, { parcel }] of await store.ops(delivered + 1)) {
		if (number > n || number !== delivered + 1 + found.length || !parcel) break;
		found.push(wireParcel(number, parcel));
	}
	return found;
}

/** How delivering ended. `revoked`: the server has said so, and has all that can be delivered. */
interface Delivery {
	readonly ok: boolean;
	readonly retryAfter: number | null;
	readonly revoked: boolean;
	readonly moved: boolean;
}

/** The newest parcel, for a question: the server says of the rights only to who brings something authentic. */
async function newest(store: Store, { n }: Standing): Promise<Parcel[]> {
	const parcel = (await store.op(n))?.parcel;
	return parcel ? [wireParcel(n, parcel)] : [];
}

/** Brings everything that waits in a store. `asking`: also when nothing waits, to hear whether the rights have ended. */
export async function deliver(around: Surroundings, store: Store, school: string, asking = false): Promise<Delivery> {
	let moved = false;
	let revoked = false;
	for (let first = true; ; first = false) {
		const standing = await standingOf(store);
		const fresh = batchOf(await waiting(store, standing));
		const batch = fresh.length || !asking || !first ? fresh : await newest(store, standing);
		if (!standing.device || !batch.length) return { ok: true, retryAfter: null, revoked, moved };
		const carried = await carry(around, school, standing.device, standing.n, batch);
		if (!carried.ok) return { ok: false, retryAfter: carried.retryAfter, revoked, moved };
		const { receipts } = carried;
		revoked = receipts.revoked;
		// Not more than was brought and taken: of an old copy of the store the server knows other contents under the same
		// numbers.
		const last = batch[batch.length - 1]?.[0] ?? 0;
		const known = Math.min(receipts.known, last, ...receipts.refused.map((n) => n - 1));
		if (receipts.refused.length === batch.length) return { ok: true, retryAfter: null, revoked, moved };
		await store.write((tx) => tx.setMeta({ delivered: { device: standing.device, known } }));
		if (known <= standing.delivered) return { ok: true, retryAfter: null, revoked, moved };
		moved = true;
	}
}

function readReceipts(body: unknown, parcels: readonly Parcel[]): Receipts | null {
	if (!isRecord(body) || body.protocol !== PROTOCOL || typeof body.revoked !== "boolean") return null;
	const counts = [body.known, body.missing].every((n) => Number.isSafeInteger(n) && (n as number) >= 0);
	const sent = new Set(parcels.map((parcel) => parcel[0]));
	const lawful = Array.isArray(body.refused) && body.refused.every((n) => sent.has(n));
	return counts && lawful ? (body as unknown as Receipts) : null;
}
