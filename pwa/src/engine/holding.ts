/**
 * Holding: all that this tablet holds for one person, in memory as it lies in the store: outbox, confirmed scopes,
 * snapshots still arriving, and what the server said last.
 *
 * Holds always:
 * 1. Memory changes only after the store's transaction has completed.
 * 2. Rows of a scope are read from the store when somebody first asks; cursors are always in memory.
 */

import type { Case, Sealed } from "./case";
import { grown } from "./moments";
import { Outbox } from "./outbox";
import { Sealer } from "./parcels";
import { type Pass, passOf } from "./pass";
import type { Plan } from "./plan";
import { type Packed, Scope } from "./scopes";
import type { Cursor, ServerState, Store } from "./store";
import { EngineError, type Session } from "./types";

const NEVER: ServerState = {
	turn: 0,
	epoch: "",
	known: 0,
	applied: 0,
	durable: 0,
	contact: null,
	skew: 0,
	rules: 0,
	published: 0,
	signedOut: false,
	forked: false,
	whole: false,
};

export class Holding {
	readonly store: Store;
	readonly lock: Case;
	readonly school: string;
	readonly person: string;
	readonly outbox: Outbox;
	server: ServerState = NEVER;
	/** Of this tablet's last contact: see `moments`. */
	lease = 0;
	/** As the server said it at sign-in; null: nobody is signed in, or it was damaged. */
	session: Session | null = null;
	/** What requests for this session show; null: there is none. */
	pass: Pass | null = null;
	cursors: Record<string, Cursor> = {};
	followed: string[] = [];
	/** Snapshots arriving beside what is shown. */
	readonly staged = new Map<string, Scope>();
	private readonly loaded = new Map<string, Scope>();
	private readonly loading = new Map<string, Promise<Scope | null>>();

	constructor(store: Store, lock: Case, school: string, person: string) {
		this.store = store;
		this.lock = lock;
		this.school = school;
		this.person = person;
		this.outbox = new Outbox(store, lock);
	}

	get inbox(): string {
		return `inbox:${this.person}`;
	}

	/** Everything, but of rows only those that are in memory already. What is there stays until all has been read. */
	async open(): Promise<void> {
		const staged = new Map<string, Scope>();
		for (const [name, { epoch }] of Object.entries((await this.store.meta("staging")) ?? {})) {
			staged.set(name, (await this.unseal("staged", name)) ?? new Scope(name, epoch));
		}
		await this.outbox.open();
		await this.openSession();
		await this.reread([...this.loaded.keys()]);
		this.staged.clear();
		for (const [name, scope] of staged) this.staged.set(name, scope);
	}

	private async openSession(): Promise<void> {
		const sealed = await this.store.meta("session");
		this.session = sealed ? await this.lock.open<Session>("meta", "session", sealed).catch(() => null) : null;
		this.pass = this.session && (await passOf(this.lock.crypto, this.session));
		const { device } = this.outbox.counter;
		if (this.outbox.sealer?.device === device) return;
		const own = this.session?.device === device ? this.session : null;
		this.outbox.sealer = own && (await this.sealer(own));
	}

	/** What seals the parcels of this session's device; null when the server has not said how. */
	sealer(session: Session): Promise<Sealer | null> {
		return Sealer.make(this.lock.crypto, session);
	}

	/** The server's word at sign-in: a contact, too. What was written before there were parcels gets them. */
	async signedIn(session: Session): Promise<void> {
		const sealed = await this.sealSession(session);
		const { since, server_time } = session;
		this.lease = await this.store.write(async (tx) => {
			const time = grown(await tx.meta("time"), since, server_time);
			tx.setMeta({ session: sealed, time, lease: time.time });
			return time.time;
		});
		this.session = session;
		this.pass = await passOf(this.lock.crypto, session);
		this.outbox.sealer = await this.sealer(session);
		await this.outbox.makeParcels();
	}

	sealSession(session: Session): Promise<Sealed> {
		return this.lock.seal("meta", "session", session);
	}

	/** Is the session in the store still the one that is in memory? Another tab may have signed out, or in anew. */
	async stillSignedIn(): Promise<boolean> {
		const sealed = await this.store.meta("session").catch(() => undefined);
		if (!sealed) return false;
		const stands = await this.lock.open<Session>("meta", "session", sealed).catch(() => null);
		return stands !== null && stands.since === this.session?.since;
	}

	/** Has another tab taken in an answer since this one last looked? Then everything is read anew. */
	async catchUp(): Promise<boolean> {
		const stands = await this.store.meta("server");
		if (!stands || stands.turn === this.server.turn) return false;
		await this.open();
		return true;
	}

	/** The confirmed rows, when they are in memory. */
	scope(name: string): Scope | null {
		return this.loaded.get(name) ?? null;
	}

	/** The confirmed rows, from the store where need be; null when the tablet does not hold the scope. */
	load(name: string): Promise<Scope | null> {
		const here = this.loaded.get(name);
		if (here || !this.cursors[name]) return Promise.resolve(here ?? null);
		const under = this.loading.get(name);
		if (under) return under;
		const reading = this.unseal("scope", name).then((scope) => {
			// A transaction may have completed meanwhile: what is in memory then is newer.
			if (scope && this.cursors[name] && !this.loaded.has(name)) this.loaded.set(name, scope);
			if (!scope) delete this.cursors[name]; // damaged: it will be fetched anew
			return this.loaded.get(name) ?? null;
		});
		const over = () => this.loading.delete(name); // what failed once is tried again by the next who asks
		reading.then(over, over);
		this.loading.set(name, reading);
		return reading;
	}

	/** Another tab took in an answer: what lies in the store, and the rows of these scopes there, are newer. */
	async reread(names: readonly string[]): Promise<void> {
		const server = { ...NEVER, ...(await this.store.meta("server")) };
		const cursors = (await this.store.meta("cursors")) ?? {};
		const followed = (await this.store.meta("followed")) ?? [];
		this.lease = (await this.store.meta("lease")) ?? 0;
		const rows = await Promise.all(names.map((name) => (cursors[name] ? this.unseal("scope", name) : null)));
		this.server = server;
		this.cursors = cursors;
		this.followed = followed;
		for (const [i, name] of names.entries()) {
			const scope = rows[i];
			if (scope) this.loaded.set(name, scope);
			else this.loaded.delete(name);
		}
		for (const name of this.loaded.keys()) if (!cursors[name]) this.loaded.delete(name);
	}

	/** null when there is none, or when it is damaged. */
	private async unseal(store: "scope" | "staged", name: string): Promise<Scope | null> {
		const sealed = await this.store.get(store, name);
		try {
			return sealed ? Scope.unpack(name, await this.lock.open<Packed>(store, name, sealed)) : null;
		} catch {
			return null;
		}
	}

	/** Cursors to ask with: of the snapshot where one is arriving, else of what is shown, in the present epoch. */
	asking(): Record<string, number> {
		const found: Record<string, number> = {};
		for (const name of this.followed) found[name] = 0;
		for (const [name, { epoch, seq }] of Object.entries(this.cursors))
			found[name] = epoch === this.server.epoch ? seq : 0;
		for (const [name, scope] of this.staged) found[name] = scope.epoch === this.server.epoch ? scope.seq : 0;
		return found;
	}

	/**
	 * Carries a plan out: seals, writes everything in one transaction, then lets memory follow. False when another tab
	 * has carried one out meanwhile: nothing was written then, read anew and ask again.
	 */
	async carryOut(plan: Plan): Promise<boolean> {
		const seal = (store: "scope" | "staged", scope: Scope) => this.lock.seal(store, scope.name, scope.pack());
		const rows = await Promise.all([...plan.scopes.values()].map((s) => seal("scope", s)));
		const staged = [...plan.staged].map(async ([name, s]) => [name, s && (await seal("staged", s))] as const);
		const waiting = await Promise.all(staged);
		const items = await Promise.all(plan.items.map((item) => this.outbox.seal(item)));
		const { cursors } = plan;
		const staging = this.stagingAfter(plan);
		const server = { ...plan.server, turn: this.server.turn + 1 };
		let followed: string[] = [];
		let { lease } = this;
		const written = await this.store.write(async (tx) => {
			const stands = await tx.meta("server");
			if (stands && stands.turn !== this.server.turn) return false;
			if (!(await tx.meta("session"))) throw new EngineError("no_session"); // signed out meanwhile: no row comes back
			followed = ((await tx.meta("followed")) ?? []).filter((name) => !plan.dropped.includes(name));
			for (const [i, name] of [...plan.scopes.keys()].entries()) tx.setRows("scope", name, rows[i] ?? null);
			for (const [name, sealed] of waiting) tx.setRows("staged", name, sealed);
			for (const name of plan.dropped) tx.setRows("scope", name, null);
			const answers = plan.items.map(({ op, done, unread }, i) => {
				return [op.n, unread ? { done } : { ...items[i], done }] as const; // what can't be opened stays as it is
			});
			await tx.changeOps(new Map(answers));
			for (const n of plan.pruned) tx.dropOp(n);
			const contact = server.contact ?? 0;
			const time = grown(await tx.meta("time"), contact - server.skew, contact);
			tx.setMeta({ server, cursors, staging, followed, time, lease: time.time });
			lease = time.time;
			return true;
		});
		if (!written) return false;
		this.lease = lease;
		this.server = server;
		this.cursors = cursors;
		this.followed = followed;
		for (const item of plan.items) this.outbox.keep(item);
		this.outbox.forget(plan.pruned);
		for (const [name, scope] of plan.scopes) this.loaded.set(name, scope);
		for (const name of plan.dropped) this.loaded.delete(name);
		for (const [name, scope] of plan.staged) {
			if (scope) this.staged.set(name, scope);
			else this.staged.delete(name);
		}
		return true;
	}

	private stagingAfter(plan: Plan): Record<string, Cursor> {
		const all = new Map<string, Scope | null>([...this.staged, ...plan.staged]);
		const found: Record<string, Cursor> = {};
		for (const [name, s] of all) if (s) found[name] = { epoch: s.epoch, seq: s.seq, asOf: 0 };
		return found;
	}

	/** Remembers what the server said, without rows. */
	async say(server: Partial<ServerState>): Promise<void> {
		await this.store.write(async (tx) => {
			tx.setMeta({ server: { ...NEVER, ...(await tx.meta("server")), ...server } });
		});
		this.server = { ...this.server, ...server };
	}

	/** Further scopes to ask for; not `on`: no longer, where they have not come yet. */
	async follow(scopes: readonly string[], on: boolean): Promise<void> {
		const changed = (all: readonly string[]) =>
			on ? [...new Set([...all, ...scopes])] : all.filter((name) => this.cursors[name] || !scopes.includes(name));
		let followed: string[] = [];
		await this.store.write(async (tx) => {
			followed = changed((await tx.meta("followed")) ?? []);
			tx.setMeta({ followed });
		});
		// After the disk, in its order: a plan carried out meanwhile has read what stood there before.
		this.followed = followed;
	}

	/** Gives up all rows; the outbox stays. */
	async dropRows(): Promise<void> {
		await this.store.write(async (tx) => {
			const stands = { ...NEVER, ...(await tx.meta("server")) };
			// An answer on its way finds that its turn is over, and brings no row back.
			tx.setMeta({ server: { ...stands, turn: stands.turn + 1, whole: false } });
			tx.dropRows();
			const { warm: _, ...wraps } = (await tx.meta("wraps")) ?? {};
			tx.setMeta({ wraps });
			tx.dropMeta("cursors", "staging", "followed", "session");
		});
		this.loaded.clear();
		this.staged.clear();
		this.cursors = {};
		this.followed = [];
	}
}
