/**
 * Gate: who is let in at this tablet, and when they are shut out: sign-in, unlocking, locking, switching, the end of a
 * lease and of rights.
 *
 * Holds always:
 * 1. One after the other: nobody sits down while somebody else is getting up.
 * 2. Locking commits the open editor, then drops the key in every tab and in the service worker.
 * 3. Nobody's rows are opened after the lease has ended, but together with a contact.
 */

import { Handover } from "./handover";
import { Idle } from "./idle";
import type { Keys } from "./keys";
import { Loop } from "./loop";
import { DAY, LOCK_MINUTES, type Terms } from "./moments";
import { type Opening, openingOf } from "./opening";
import type { Round } from "./round";
import { type Current, isSame, nameOf, type Opened, Sessions } from "./session";
import type { Surroundings } from "./surroundings";
import type { Ended } from "./sync";
import type { Tally } from "./tally";
import { type Brought, EngineError, type KnownPerson, type Locked, type Protection } from "./types";

const LOOK_EVERY = 60_000;

/** What the gate asks of the tablet. */
export interface House {
	/** Sits the person down; whoever sat there has left. */
	sit(opened: Opened): Promise<void>;
	/** Whoever sits there leaves, at once. */
	rise(): void;
	/** The page goes: what was put off for later is done now. */
	leave(): void;
	/** Something that the screens show of the gate has changed. */
	changed(): void;
	/** The store was taken away. */
	closed(): void;
	/** What lies here for who sits there is in memory. */
	filled(): Promise<void>;
}

type Because = Locked["because"];

export class Gate {
	readonly sessions: Sessions;
	locked: Locked | null = null;
	protection: Protection | null = null;
	private readonly around: Surroundings;
	private readonly tally: Tally;
	private readonly house: House;
	private readonly handover: Handover;
	private readonly idle: Idle;
	private round: Round | null = null;
	private readonly courier: Loop;
	private readonly commits: (() => Promise<void>)[] = [];
	private seated: (Opened & { readonly who: Current }) | null = null;
	private opening: Opening | null = null;
	private quiet: (() => void)[] = [];
	private cancel: (() => void) | null = null;
	private turn: Promise<unknown> = Promise.resolve();
	private stopped = false;

	constructor(around: Surroundings, tally: Tally, house: House) {
		this.around = around;
		this.tally = tally;
		this.house = house;
		this.sessions = new Sessions(
			around,
			tally,
			() => house.closed(),
			(said) => void this.inTurn(() => (said === "lock" ? this.shut("asked", false) : this.resume("start"))),
		);
		this.handover = new Handover(
			around,
			// Nor after a sleep in which no timer could lock.
			() => (this.seated && !this.idle.look() ? { owner: nameOf(this.seated.who), keys: this.seated.keys } : null),
		);
		const most = () => (this.opening?.terms.lockMinutes ?? LOCK_MINUTES) * 60_000;
		this.idle = new Idle(around, most, (because) => void this.inTurn(() => this.shut(because)));
		this.courier = new Loop(
			around,
			() => this.goRound(),
			() => false,
		);
	}

	/** By the server's clock. */
	get leaseEnds(): number | null {
		const { seated, opening } = this;
		if (!seated || !opening) return null;
		const { lease, server } = seated.held;
		return lease + opening.terms.leaseDays * DAY + opening.ahead + server.skew;
	}

	start(): Promise<void> {
		return this.inTurn(async () => {
			this.quiet = [
				this.around.listen(() => {
					this.courier.awake();
					if (this.locked) this.lookAgain();
				}),
				this.around.watch((presence) => {
					if (presence !== "left") return;
					this.handover.keep();
					this.house.leave();
				}),
			];
			// Nobody's store is here, but numbers were given: whatever was in it is gone.
			if (!(await this.sessions.people()).length) this.tally.wiped();
			await this.resume("start");
			this.courier.start();
			this.plan();
		});
	}

	stop(): Promise<void> {
		return this.inTurn(async () => {
			this.stopped = true;
			this.courier.stop();
			this.cancel?.();
			for (const quiet of this.quiet.splice(0)) quiet();
			this.idle.close();
			this.handover.close();
			this.seated = null;
			this.house.rise();
			await this.sessions.close();
		});
	}

	signIn(login: string, password: string, school: string): Promise<Opened> {
		return this.inTurn(async () => {
			const opened = await this.sessions.signIn(login, password, school, (who) => this.keysOf(who));
			await this.seat(opened);
			return opened;
		});
	}

	signOut(): Promise<void> {
		return this.inTurn(async () => {
			const { seated } = this;
			if (!seated) return;
			this.leave();
			await this.sessions.within(seated.who, async (store) => {
				const held = await this.sessions.hold(store, seated.who, seated.keys);
				await held.outbox.makeParcels();
				await this.sessions.signOut(held);
			});
			await this.show("asked");
			this.courier.soon();
			await this.sessions.endAtServer(seated.who.school, seated.held.pass);
		});
	}

	lock(because: Because = "asked"): Promise<void> {
		return this.inTurn(() => this.shut(because));
	}

	unlock(secret: string, who?: KnownPerson): Promise<void> {
		return this.inTurn(async () => {
			const person = who ?? this.locked?.current ?? null;
			if (!person) throw new EngineError("no_session");
			const keys = await this.keysBy(person, secret);
			const opened = await this.sessions.open(person, keys);
			if (!opened) throw new EngineError("no_session");
			const { lapsed } = await openingOf(this.around, opened.held.store);
			if (lapsed && !(await this.meets(opened, person))) {
				opened.held.store.close();
				throw new EngineError("lapsed");
			}
			await this.sessions.setCurrent(person);
			await this.seat(opened);
			this.sessions.announce("changed");
		});
	}

	switchTo(who: KnownPerson): Promise<void> {
		return this.inTurn(async () => {
			await this.sessions.setCurrent(who);
			await this.shut("asked");
			await this.resume("asked");
		});
	}

	setPin(pin: string, passphrase?: string): Promise<void> {
		return this.inTurn(async () => {
			const seated = this.atWork();
			const { setPin } = await import("./sign-in");
			const next = await setPin(this.around, seated, pin, passphrase);
			if (!next) return this.look();
			const opened = await this.sessions.open(seated.who, next);
			if (!opened) throw new EngineError("closed");
			await this.seat(opened);
			this.sessions.announce("changed");
		});
	}

	setPassphrase(passphrase: string): Promise<void> {
		return this.inTurn(async () => {
			const { setPassphrase } = await import("./sign-in");
			await setPassphrase(this.around, this.atWork(), passphrase);
			await this.look();
		});
	}

	beforeLock(commit: () => Promise<void>): void {
		this.commits.push(commit);
	}

	async exportParcels(who?: KnownPerson): Promise<string | null> {
		const whose = who ?? this.seated?.who ?? this.locked?.current;
		if (!whose) throw new EngineError("no_session");
		await this.seated?.held.outbox.makeParcels();
		const { packed } = await import("./files");
		return this.sessions.within(whose, (store) => packed(this.around, store, whose.school));
	}

	async importParcels(text: string): Promise<Brought> {
		return (await import("./files")).bring(this.around, text);
	}

	/** What the school has set, as the rows of the person at work say it. */
	async agree(terms: Terms): Promise<void> {
		const { seated, opening } = this;
		if (!seated || !opening) return;
		if (opening.terms.lockMinutes === terms.lockMinutes && opening.terms.leaseDays === terms.leaseDays) return;
		this.opening = { ...opening, terms };
		await seated.held.store.write((tx) => tx.setMeta({ terms }));
		await this.look();
	}

	/** The server said that this device or person may hold nothing any more: deliver, then purge. */
	revoked(): Promise<void> {
		return this.inTurn(async () => {
			const { seated } = this;
			if (!seated) return;
			const { who, held } = seated;
			await this.commit();
			await held.outbox.makeParcels();
			const bare = await held.outbox.lackParcels();
			this.leave();
			this.sessions.announce("lock");
			const round = await this.rounds();
			await this.sessions.within(who, (store) => round.giveUp(seated, who, store, bare));
			await this.sessions.setCurrent(null);
			this.sessions.announce("changed");
			await this.show("revoked");
			this.courier.soon();
		});
	}

	/** Opens for whoever is at the tablet by its store, where the key can be had without asking; else shows the lock. */
	private async resume(because: Because): Promise<void> {
		const current = this.around.crypto ? await this.sessions.current() : null;
		const { seated } = this;
		if (seated && current && isSame(seated.who, current) && (await seated.held.stillSignedIn())) return;
		if (seated) this.leave();
		if (!current) return this.show(because);
		const { lapsed } = await this.sessions.within(current, (store) => openingOf(this.around, store));
		const keys = lapsed ? null : await this.keysOf(current);
		const opened = keys && (await this.sessions.open(current, keys).catch(() => null));
		if (opened) return this.seat(opened);
		await this.show(lapsed ? "lease" : because);
	}

	private async shut(because: Because, tell = true): Promise<void> {
		if (!this.seated) return;
		await this.commit();
		const { who, keys } = this.seated;
		this.leave();
		// What opens by a tap must not open by itself in the next tab.
		if (!keys.spare && because === "asked" && tell) await this.clearCurrent(who);
		if (tell) this.sessions.announce("lock");
		await this.show(because);
		this.courier.soon();
	}

	private async clearCurrent(who: Current): Promise<void> {
		const current = await this.sessions.current();
		if (current && isSame(current, who)) await this.sessions.setCurrent(null);
	}

	private async seat(opened: Opened): Promise<void> {
		if (this.seated) this.leave();
		const { school, person } = opened.held;
		this.seated = { ...opened, who: { school, person } };
		this.handover.forget();
		this.locked = null;
		await this.house.sit(opened);
		await this.look();
		if (opened.keys.spare) this.idle.start();
		this.courier.soon();
		this.house.changed();
	}

	private leave(): void {
		this.seated = null;
		this.protection = null;
		this.opening = null;
		this.idle.stop();
		this.handover.forget();
		this.house.rise();
	}

	private async commit(): Promise<void> {
		await Promise.all(this.commits.map((commit) => commit().catch(() => undefined)));
	}

	/** How the case of the person at work stands now; and whether its lease has ended meanwhile. */
	private async look(): Promise<void> {
		const { seated } = this;
		if (!seated) return;
		const opening = await openingOf(this.around, seated.held.store);
		if (opening.lapsed) return this.shut("lease");
		this.opening = opening;
		const { free, passphrase, pinUntil, terms } = opening;
		this.protection = { free, passphrase, pinUntil, lockMinutes: terms.lockMinutes };
		this.house.changed();
	}

	private plan(): void {
		this.cancel = this.around.later(() => {
			if (this.stopped) return;
			this.lookAgain();
			this.plan();
		}, LOOK_EVERY);
	}

	/** Time has passed: a lease or the hours of a PIN may be over, at work as on the screen of the lock. */
	private lookAgain(): void {
		const look = () => (this.locked ? this.show(this.locked.because) : this.look());
		void this.inTurn(look).catch(() => undefined);
	}

	/** Fills in the screen of the lock. */
	private async show(because: Because): Promise<void> {
		const { lockedFor } = await import("./line");
		const locked = await lockedFor(this.around, this.sessions, because);
		if (this.seated) return;
		this.locked = locked;
		this.house.changed();
	}

	/** What goes to the server for the others is fetched when it first goes. */
	private async rounds(): Promise<Round> {
		const { Round } = await import("./line");
		this.round ??= new Round(this.around, this.sessions, this.tally);
		return this.round;
	}

	private async goRound(): Promise<Ended> {
		await this.around.shown;
		await this.house.filled();
		const round = await this.rounds().catch(() => null);
		if (!round || this.stopped) return { ok: false, trouble: null, retryAfter: null, rest: false };
		return round.go(this.seated?.who ?? null, async (because) => {
			if (this.locked) await this.show(because ?? this.locked.because);
		});
	}

	/** The key that is in memory here or in another tab, or lies in the store. */
	private async keysOf(who: Current): Promise<Keys | null> {
		if (this.seated && isSame(this.seated.who, who)) return this.seated.keys;
		const data = await this.sessions.within(who, (store) => store.meta("key"));
		return data ? { data, spare: null } : this.handover.ask(nameOf(who));
	}

	/** The key by a secret; the wrong one costs a try. */
	private async keysBy(who: Current, secret: string): Promise<Keys> {
		try {
			return await this.sessions.within(who, async (store) => {
				const data = await store.meta("key");
				if (data) return { data, spare: null };
				const { Lock } = await import("./lock");
				return new Lock(this.around, store, nameOf(who)).open(secret);
			});
		} catch (error) {
			const wiped = error instanceof EngineError && error.code === "wiped";
			await this.show(wiped ? "wiped" : (this.locked?.because ?? "asked"));
			throw error;
		}
	}

	/** One exchange with the server before anything is shown: the lease is over. */
	private async meets(opened: Opened, who: Current): Promise<boolean> {
		const met = await (await this.rounds()).meet(opened, who);
		if (met === "revoked") await this.show("revoked");
		return met === "fine";
	}

	private atWork(): Opened & { readonly who: Current } {
		if (!this.seated) throw new EngineError("no_session");
		return this.seated;
	}

	private inTurn<T>(work: () => Promise<T>): Promise<T> {
		const done = this.turn.then(work);
		this.turn = done.catch(() => undefined);
		return done;
	}
}
