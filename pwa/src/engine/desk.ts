/**
 * Desk: one person's work at this tablet while signed in: what is held, shown and written, and the parts that keep it
 * in step with other tabs. What it says to the server is the `exchange`'s, for which it leaves its parts open.
 */

import { PROTOCOL } from "../generated/messages";
import { kindOf, partsOf, scopeOf } from "../rules/record";
import { Clock } from "./clock";
import type { Exchange } from "./exchange";
import type { Holding } from "./holding";
import type { Draft, Item } from "./items";
import { Loop } from "./loop";
import { Projection } from "./project";
import { Reading } from "./reading";
import { attentionOf, countsOf, pendingOf } from "./status";
import type { Surroundings } from "./surroundings";
import type { Ended } from "./sync";
import { type Note, type Shared, Tabs } from "./tabs";
import type { Tally } from "./tally";
import { type Change, EngineError, type Entry, type Pending, type Seen, type Session, type Status } from "./types";
import { Typing } from "./typing";
import { Undo } from "./undo";
import { Upkeep } from "./upkeep";

const AFTER_WRITE = 150; // ms: what a teacher taps in one go travels together
const TALLIED = 2_000; // ms: the tally's cookie costs what a tenth of an entry does; a page that goes tallies at once
const UNHEARD = 5_000; // ms after which a leading tab that does not answer is taken for frozen

export class Desk {
	readonly held: Holding;
	readonly shown: Projection;
	readonly clock: Clock;
	readonly undo = new Undo();
	readonly typing: Typing;
	/** The server said that nothing may be held here any more. */
	revoked: () => void = () => undefined;
	readonly around: Surroundings;
	private readonly emit: (change: Change) => void;
	private readonly signedIn: Session;
	readonly loop: Loop;
	private exchange: Exchange | null = null;
	private tabs: Tabs | null = null;
	private quiet: (() => void) | null = null;
	readonly upkeep: Upkeep;
	private asked = false;
	/** Settles when what lies here of the journals is in memory. */
	filled: Promise<void> = Promise.resolve();
	closed = false;
	private storeTrouble: string | null = null;
	shared: Shared = { sending: false, reachable: null, trouble: null, live: false, healed: 0 };
	private waiting: (() => void)[] = [];
	private readonly reading: Reading;
	private pendingCache: readonly Pending[] | null = null;

	constructor(around: Surroundings, held: Holding, session: Session, tally: Tally, emit: (change: Change) => void) {
		this.around = around;
		this.upkeep = new Upkeep(around.storage, tally, held);
		this.held = held;
		this.typing = new Typing(around, held);
		this.signedIn = session;
		this.emit = emit;
		this.clock = new Clock(() => around.now());
		this.clock.skew = held.server.skew;
		this.shown = new Projection(held);
		this.reading = new Reading(held, (names) => {
			if (names.length) this.say(new Set(names.flatMap((name) => [...this.shown.reset(name)])));
		});
		this.loop = new Loop(
			around,
			() => this.attempt(),
			() => this.exchange?.live.open ?? false,
		);
	}

	/** As the server said it at sign-in; the identity may be another by now. */
	get session(): Session {
		const { device } = this.held.outbox.counter;
		return device === this.signedIn.device ? this.signedIn : { ...this.signedIn, device };
	}

	/** Reads what every screen needs first; the rest follows by itself. */
	async open(): Promise<void> {
		const { held } = this;
		this.shown.index();
		const names = Object.keys(held.cursors);
		const isFirst = (name: string) => !name.startsWith("journal:") || this.shown.hasOwn(name);
		await Promise.all(names.filter(isFirst).map((name) => held.load(name)));
		this.shown.reset(held.inbox); // which cells wait for the deputy head is known from the start
		this.filled = this.reading.want(names.filter((name) => !isFirst(name)));
		this.tabs = new Tabs(
			this.around,
			held.store.name,
			(note) => this.quietly(this.heard(note)),
			(leading) => this.lead(leading),
		);
		this.tabs.tell({ say: "here" });
		this.quiet = this.around.listen(() => (this.tabs?.leading ? this.loop.awake() : void this.askLeader()));
		this.upkeep.tally();
		this.quietly(this.askToStay(this.shown.hasAny));
		this.quietly(this.recall(this.clock.own()));
		this.quietly(this.takeUp());
		this.quietly(held.outbox.makeParcels());
	}

	/** A reload is no end of the session: what was written in it before can still be undone. */
	private async recall(opened: number): Promise<void> {
		const steps = async () => {
			await this.around.shown;
			await this.filled;
			const turning = await import("./turning").catch(() => null);
			return turning?.stepsOf(await this.held.outbox.writtenIn(this.signedIn.since, opened)) ?? [];
		};
		await this.undo.recall(steps());
		this.say(new Set());
	}

	/** Writes what was being typed when a page went, once it is known what stands there. */
	private async takeUp(): Promise<void> {
		await this.filled;
		const differs = ({ kind, key, set }: Entry): boolean => {
			const stands = (this.shown.row(kind, key)?.values ?? {}) as Record<string, unknown>;
			return Object.entries(set).some(([cell, value]) => (stands[cell] ?? null) !== value);
		};
		await this.typing.takeUp(differs, async ({ entries, seen }) => {
			this.undo.remember(entries, await this.write(entries, seen));
			this.emit({ scopes: new Set(), status: true, session: false, takenUp: true });
		});
	}

	leave(): void {
		this.upkeep.tally();
	}

	close(): void {
		this.closed = true;
		this.upkeep.tally();
		this.exchange?.stop();
		this.quiet?.();
		this.loop.stop();
		this.tabs?.stop();
		this.typing.close();
		this.held.store.close();
		for (const done of this.waiting.splice(0)) done();
	}

	async askToStay(ask: boolean): Promise<void> {
		await this.upkeep.look(ask);
		this.say(new Set());
	}

	/** What fails here is the store; while the desk is in use it is said. */
	quietly(work: Promise<unknown>): void {
		work.catch((error: unknown) => {
			if (!this.closed) this.troubled(error);
		});
	}

	troubled(error: unknown): void {
		this.storeTrouble = error instanceof EngineError ? error.code : String(error);
		this.say(new Set());
	}

	/** Rows of a scope that lies in the store are fetched when first asked for; a change follows. */
	need(scope: string): void {
		if (!this.held.scope(scope) && this.held.cursors[scope]) void this.reading.want([scope]);
	}

	/** `back`: an undo writes them. */
	async write(
		entries: readonly Entry[],
		seen?: Seen,
		back?: true,
	): Promise<readonly Readonly<Record<string, unknown>>[]> {
		const at = this.clock.own();
		const drafts = entries.map((entry): Draft => {
			const kind = kindOf(entry.kind);
			if (!kind || !partsOf(kind, entry.key) || !Object.keys(entry.set).length) {
				throw new TypeError(`no such record: ${entry.kind} ${entry.key}`);
			}
			const scope = scopeOf(kind, entry.key);
			const stands = this.shown.row(entry.kind, entry.key)?.values as Record<string, unknown> | undefined;
			const before = Object.fromEntries(Object.keys(entry.set).map((cell) => [cell, stands?.[cell] ?? null]));
			const { set } = entry;
			const op = { kind: entry.kind, key: entry.key, set, at, seen: this.seen(scope, seen), v: PROTOCOL };
			return back ? { op, before, back } : { op, before };
		});
		let items: Item[];
		try {
			items = await this.held.outbox.add(drafts);
		} catch (error) {
			this.troubled(error);
			throw error instanceof EngineError ? error : new EngineError("closed");
		}
		this.storeTrouble = null;
		this.upkeep.tallySoon((work) => this.around.later(work, TALLIED));
		if (!this.asked) this.quietly(this.askToStay(true));
		this.asked = true;
		this.laid(items);
		this.tell({ say: "written" });
		if (this.tabs?.leading) this.loop.soon(AFTER_WRITE);
		return drafts.map((draft) => draft.before);
	}

	seenOf(scope: string): Seen {
		const cursor = this.held.cursors[scope];
		return cursor ? [cursor.epoch, cursor.seq] : [this.held.server.epoch, 0];
	}

	/** What was pinned, but never more of this scope than the tablet has. */
	private seen(scope: string, pinned: Seen | undefined): [string, number] {
		const [epoch, seq] = this.seenOf(scope);
		if (!pinned) return [epoch, seq];
		return pinned[0] === epoch ? [epoch, Math.min(pinned[1], seq)] : [pinned[0], pinned[1]];
	}

	follow(scopes: readonly string[], on: boolean): void {
		if (scopes.every((name) => this.held.followed.includes(name) === on)) return;
		this.quietly(
			this.held.follow(scopes, on).then(() => {
				this.tell({ say: "follow" });
				if (this.tabs?.leading) this.loop.soon();
				this.say(new Set(scopes));
			}),
		);
	}

	async syncNow(): Promise<void> {
		if (this.tabs?.leading ?? true) return this.loop.now();
		await this.askLeader();
	}

	/** The leading tab is to sync; one that does not answer is frozen, and this one takes its place. */
	private async askLeader(): Promise<void> {
		const heard = this.attemptEnds();
		this.tell({ say: "sync" });
		if (await heard) return;
		this.tabs?.steal();
		await this.attemptEnds();
	}

	/** Resolves at the end of the next attempt, in whichever tab; false when none ends in time. */
	private attemptEnds(): Promise<boolean> {
		return new Promise((resolve) => {
			const stop = this.around.later(() => resolve(false), UNHEARD);
			this.waiting.push(() => {
				stop();
				resolve(true);
			});
		});
	}

	pending(): readonly Pending[] {
		this.pendingCache ??= pendingOf(this.held);
		return this.pendingCache;
	}

	/** All but what the gate knows. */
	status(): Omit<Status, "leaseEnds"> {
		const pending = this.pending();
		return {
			...this.shared,
			...countsOf(this.held, pending),
			...attentionOf(this.held, this.shown, pending),
			...this.upkeep.state,
			lost: this.upkeep.lost,
			leading: this.tabs?.leading ?? false,
			lacking: this.tabs?.lacking ?? [],
			storeTrouble: this.storeTrouble,
		};
	}

	/** What speaks with the server is fetched for the first attempt: by then the lesson is on the screen. */
	private async attempt(): Promise<Ended> {
		await this.around.shown;
		await this.filled;
		const line = await import("./line").catch(() => null);
		if (this.closed) return { ok: false, trouble: null, retryAfter: null, rest: true };
		if (line) {
			this.exchange ??= new line.Exchange(this);
			return this.exchange.attempt();
		}
		this.tried({ reachable: false, trouble: "offline" });
		return { ok: false, trouble: "offline", retryAfter: null, rest: false };
	}

	/** An attempt has ended so. */
	tried(how: Pick<Shared, "reachable" | "trouble">): void {
		this.share({ ...how, sending: false }, true);
	}

	/** Everything was read anew. */
	renew(): void {
		this.shown.index();
		const scopes = new Set(Object.keys(this.held.cursors));
		for (const name of scopes) this.shown.reset(name);
		void this.reading.want([...scopes]);
		this.say(scopes);
	}

	/** Other tabs wrote these; null: everything has another name. */
	arrived(items: readonly Item[] | null): void {
		if (!items) this.renew();
		else if (items.length) this.laid(items);
	}

	private laid(items: readonly Item[]): void {
		for (const item of items) this.shown.lay(item);
		this.changed(items);
	}

	changed(items: readonly Item[]): void {
		this.say(this.shown.touch(items.map((item) => [item.op.kind, item.op.key])));
	}

	private lead(leading: boolean): void {
		if (leading) this.loop.start();
		else {
			this.loop.stop();
			this.exchange?.live.stop();
		}
		this.say(new Set());
	}

	private async heard(note: Note): Promise<void> {
		const { held, loop } = this;
		const leading = this.tabs?.leading ?? false;
		switch (note.say) {
			case "written":
				this.arrived(await held.outbox.arrivals());
				if (leading) loop.soon(AFTER_WRITE);
				return;
			case "taken": {
				await held.reread(note.scopes);
				const items = await held.outbox.reread(note.ops);
				this.clock.skew = held.server.skew;
				this.shown.index();
				const scopes = this.shown.touch(items.map((item) => [item.op.kind, item.op.key] as const));
				for (const name of note.scopes) for (const scope of this.shown.reset(name)) scopes.add(scope);
				for (const scope of this.shown.secured()) scopes.add(scope);
				return this.say(scopes);
			}
			case "sync":
				if (leading) await loop.now();
				return;
			case "renamed":
				await held.open();
				return this.renew();
			case "follow":
				await held.reread([]);
				if (leading) loop.soon();
				return;
			case "here":
				if (leading) this.share({});
				return;
			case "status":
				return this.learn(note.status, note.ended);
			default:
				return note satisfies never;
		}
	}

	/** Tells the other tabs. */
	tell(note: Note): void {
		this.tabs?.tell(note);
	}

	share(part: Partial<Shared>, ended = false): void {
		const shared = { ...this.shared, ...part };
		this.tell({ say: "status", status: shared, ended });
		this.learn(shared, ended);
	}

	private learn(shared: Shared, ended: boolean): void {
		this.shared = shared;
		if (ended) for (const done of this.waiting.splice(0)) done();
		this.say(new Set());
	}

	tellUnasked(): void {
		this.emit({ scopes: new Set(), status: false, session: false, unasked: true });
	}

	say(scopes: ReadonlySet<string>): void {
		if (this.closed) return;
		this.pendingCache = null;
		this.emit({ scopes, status: true, session: false });
	}
}
