/**
 * Sync: one exchange with the server after another until the outbox is empty and nothing new is left.
 *
 * request → answer → plan → one transaction → memory. An answer that is not our server's changes nothing.
 *
 * Holds always:
 * 1. What fails before the transaction completed has not happened: the same ops go again, the server remembers them.
 * 2. A batch that is too large is halved; one op that is too large is marked and a void goes in its place.
 * 3. A store that turns out to be an old copy takes a new identity before it sends on.
 * 4. An op that can't be opened here goes as its parcel, in its turn. Only where the server can't open that either does a
 *    void take its place.
 */

import { MAX_BYTES, MAX_OPS, PROTOCOL, type SyncRequest } from "../generated/messages";
import type { Clock } from "./clock";
import { carry } from "./courier";
import type { Holding } from "./holding";
import type { Item } from "./items";
import { batchOf, wireParcel } from "./parcels";
import { passOf } from "./pass";
import { type Plan, planFor } from "./plan";
import type { Surroundings } from "./surroundings";
import type { EngineTrouble } from "./types";
import { type Answer, ask, isRecord, readSync } from "./wire";

/** How an attempt ended. `rest`: stop until somebody signs in. */
export interface Ended {
	readonly ok: boolean;
	readonly trouble: EngineTrouble | null;
	readonly retryAfter: number | null;
	readonly rest: boolean;
}

/** What an attempt tells while it runs. */
interface Listener {
	/** A plan was carried out. */
	took(plan: Plan): void;
	/** The store took a new identity; its items have new numbers. */
	forked(items: readonly Item[]): void;
	/** Items were marked as stuck. */
	stuck(items: readonly Item[]): void;
	/** Ops are on their way, or no longer. */
	sending(on: boolean): void;
	/** Other tabs were quicker: everything was read anew. */
	reread(): void;
	/** Other tabs wrote these meanwhile; null: everything has another name. */
	arrived(items: readonly Item[] | null): void;
}

const FINE: Ended = { ok: true, trouble: null, retryAfter: null, rest: false };

export class Sync {
	private readonly around: Surroundings;
	private readonly held: Holding;
	private readonly clock: Clock;
	private readonly tell: Listener;
	private most = MAX_OPS;
	private taken: ReadonlySet<number> | null = null;
	private stopped = false;
	private packs = false;
	/** Scopes that did not match their digest, which no answered request has told yet. */
	private healed = 0;

	constructor(around: Surroundings, held: Holding, clock: Clock, tell: Listener) {
		this.around = around;
		this.held = held;
		this.clock = clock;
		this.tell = tell;
	}

	/** Whatever is under way changes nothing any more. */
	stop(): void {
		this.stopped = true;
	}

	/** Everything there is to exchange. Throws only for the store's troubles. */
	async run(): Promise<Ended> {
		while (!this.stopped) {
			const { held } = this;
			if (await held.catchUp()) this.tell.reread();
			else this.tell.arrived(await held.outbox.arrivals());
			if (this.taken) {
				const ended = await this.fork(this.taken);
				if (ended) return ended;
			}
			const before = await this.parcels();
			if (before) return before;
			const request = await this.request();
			held.outbox.sending = request.ops[request.ops.length - 1]?.n ?? 0;
			if (held.outbox.sending) this.tell.sending(true);
			const sent = this.clock.own();
			let answer: Answer;
			try {
				answer = await ask(this.around, `/api/${held.school}/sync`, request, { pass: held.pass, packed: this.packs });
			} finally {
				held.outbox.sending = 0;
			}
			const response = answer.ok ? readSync(answer.body, request, held.school) : null;
			if (!answer.ok) {
				const unread = this.packs && answer.trouble === "bad_json"; // by a server that does not unpack: once more, plain
				this.packs = false;
				if (unread) continue;
				if (!(await this.smaller(answer, request))) return failed(answer);
				continue;
			}
			if (!response) return { ...FINE, ok: false, trouble: "not_our_server" };
			this.most = MAX_OPS;
			this.packs = answer.ok && answer.takesGzip;
			const skew = this.clock.learn(sent, this.clock.own(), response.server_time);
			for (const name of [held.inbox, ...response.news.map((news) => news.scope)]) await held.load(name);
			// Another tab may have written and sent meanwhile: what the server knows must not look like more than we hold.
			this.tell.arrived(await held.outbox.arrivals());
			const revived = await held.outbox.doneAbove(response.known);
			const plan = planFor(held, request, response, revived, skew);
			if (!(await held.carryOut(plan))) continue; // another tab was quicker
			this.taken = plan.fork;
			this.healed += plan.healed - request.healed;
			this.tell.took(plan);
			if (!this.taken && !(plan.again && plan.progress)) return FINE;
		}
		return { ...FINE, ok: false, rest: true };
	}

	/** Ops that can't be opened here and stand in front go as parcels; null when none does any more. */
	private async parcels(): Promise<Ended | null> {
		const { held, around } = this;
		const { outbox } = held;
		for (;;) {
			const waiting = await outbox.parcels(held.server.known);
			const batch = batchOf(waiting.flatMap(([n, { parcel }]) => (parcel ? [wireParcel(n, parcel)] : [])));
			if (!batch.length) return null;
			const carried = await carry(around, held.school, outbox.counter.device, outbox.counter.n, batch);
			if (!carried.ok) return failed(carried);
			const { receipts } = carried;
			const last = batch[batch.length - 1]?.[0] ?? 0;
			const known = Math.min(receipts.known, last, ...receipts.refused.map((n) => n - 1));
			const first = batch[0]?.[0] ?? 0;
			if (known >= first) {
				await outbox.handedIn(known, this.clock.now());
				await held.say({ known: Math.max(known, held.server.known) });
			} else {
				const item = outbox.items.get(first);
				if (!item || !receipts.refused.includes(first)) return { ...FINE, ok: false, trouble: "internal" };
				await outbox.markStuck(item);
			}
			this.tell.reread();
		}
	}

	private async request(): Promise<SyncRequest> {
		const { outbox, server } = this.held;
		const request: SyncRequest = {
			protocol: PROTOCOL,
			device: outbox.counter.device,
			clock: this.clock.own(),
			held: outbox.counter.n,
			epoch: server.epoch,
			cursors: this.held.asking(),
			ops: [],
			heard: server.contact ?? 0,
			healed: this.healed,
		};
		const room = MAX_BYTES - new TextEncoder().encode(JSON.stringify(request)).length;
		request.ops = await outbox.batch(server.known, this.most, room);
		return request;
	}

	/** After an answer that the batch is too large or unreadable: true when a smaller one is worth sending at once. */
	private async smaller(answer: Answer & { ok: false }, request: SyncRequest): Promise<boolean> {
		const { length } = request.ops;
		const unreadable = answer.told && (answer.trouble === "bad_op" || answer.trouble === "bad_json");
		if (!length || !(answer.trouble === "too_large" || unreadable)) return false;
		if (length > 1) {
			this.most = Math.ceil(length / 2);
			return true;
		}
		const item = this.held.outbox.items.get(request.ops[0]?.n ?? 0);
		if (!answer.told || !item || item.stuck) return false;
		const marked = await this.held.outbox.markStuck(item);
		this.tell.stuck([marked]);
		return true;
	}

	/** A new identity from the server; null when it was taken. */
	private async fork(taken: ReadonlySet<number>): Promise<Ended | null> {
		const { held, around } = this;
		const asked = { clock: this.clock.own(), name: around.name };
		const answer = await ask(around, `/api/${held.school}/device`, asked, { pass: held.pass });
		if (!answer.ok) return failed(answer);
		const { device, known, mac } = isRecord(answer.body) ? answer.body : {};
		const lawful = typeof device === "string" && device && device !== held.outbox.counter.device;
		if (!lawful || typeof known !== "number") return { ...FINE, ok: false, trouble: "not_our_server" };
		const server = { ...held.server, known, forked: true };
		const session = held.session && { ...held.session, device, mac: typeof mac === "string" ? mac : "" };
		const sealed = session && (await held.sealSession(session));
		const sealer = session && (await held.sealer(session));
		const items = await held.outbox.fork(device, taken, sealer, (tx) => {
			tx.setMeta({ server, ...(sealed ? { session: sealed } : {}) });
		});
		held.session = session;
		held.pass = session && (await passOf(held.lock.crypto, session));
		held.server = server;
		this.taken = null;
		this.tell.forked(items);
		return null;
	}
}

function failed(answer: Answer & { ok: false }): Ended {
	const { trouble, retryAfter, status, told } = answer;
	// This person has to sign in again, and entering goes on.
	const rest = told && (status === 401 || ["wrong_device", "wrong_school", "revoked"].includes(trouble));
	return { ok: false, trouble, retryAfter, rest };
}
