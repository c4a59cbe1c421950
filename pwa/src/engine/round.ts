/**
 * Round: what the courier does from time to time for everybody on this tablet who is not at work here: brings what is
 * sealed, hears whether their rights have ended, and then takes their case away.
 *
 * Without a turn of their own the others would wait until they unlock: a tablet in a cupboard holds the marks of three
 * teachers.
 */

import { Clock } from "./clock";
import { deliver, standingOf } from "./courier";
import { Lock } from "./lock";
import { type Current, isSame, nameOf, type Opened, type Sessions } from "./session";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import { type Ended, Sync } from "./sync";
import type { Tally } from "./tally";

const ASK_EVERY = 600_000; // ms between questions whether the rights have ended, where nothing waits

export class Round {
	private readonly around: Surroundings;
	private readonly sessions: Sessions;
	private readonly tally: Tally;
	private readonly asked = new Map<string, number>();

	constructor(around: Surroundings, sessions: Sessions, tally: Tally) {
		this.around = around;
		this.sessions = sessions;
		this.tally = tally;
	}

	/** One round. `seated`: who is at work and syncs for themselves. `changed`: something was delivered or taken away. */
	async go(seated: Current | null, changed: (because: "revoked" | null) => Promise<void>): Promise<Ended> {
		let ended: Ended = { ok: false, trouble: null, retryAfter: null, rest: false };
		const work = async () => {
			ended = await this.visit(seated, changed);
		};
		// Two tabs would bring the same parcels; harmless, and a waste.
		const { locks } = this.around;
		try {
			await (locks ? locks.request("zvonok-courier", {}, work) : work());
		} catch {
			// The tablet's own store refused, or the app is closing: the next round will do.
		}
		return ended;
	}

	private async visit(seated: Current | null, changed: (because: "revoked" | null) => Promise<void>): Promise<Ended> {
		let ok = true;
		let retryAfter: number | null = null;
		for (const who of await this.sessions.people()) {
			if (seated && isSame(seated, who)) continue;
			const store = await this.sessions.store(who);
			try {
				const name = nameOf(who);
				const asking = this.around.ticks() - (this.asked.get(name) ?? Number.NEGATIVE_INFINITY) >= ASK_EVERY;
				const delivery = await deliver(this.around, store, who.school, asking && (await holdsRows(store)));
				if (delivery.ok) this.asked.set(name, this.around.ticks());
				ok &&= delivery.ok;
				retryAfter = delivery.retryAfter ?? retryAfter;
				if (delivery.revoked) await this.purge(who, store);
				if (delivery.moved || delivery.revoked) await changed(delivery.revoked ? "revoked" : null);
			} finally {
				store.close();
			}
		}
		return { ok, trouble: null, retryAfter, rest: false };
	}

	/** One exchange with the server before anything is shown: the lease is over. */
	async meet(opened: Opened, who: Current): Promise<"fine" | "failed" | "revoked"> {
		const { held } = opened;
		const clock = new Clock(() => this.around.now());
		const nobody = () => undefined;
		const told = { took: nobody, forked: nobody, stuck: nobody, sending: nobody, reread: nobody, arrived: nobody };
		const { ok, trouble } = await new Sync(this.around, held, clock, told).run();
		if (trouble !== "revoked") return ok ? "fine" : "failed";
		await this.giveUp(opened, who, held.store, false);
		return "revoked";
	}

	/**
	 * The rights of who sits here have ended: what is sealed is brought, then the case goes, and the session at the
	 * server, for which nobody waits. `bare`: some entries have no parcel.
	 */
	async giveUp({ held, keys }: Opened, who: Current, store: Store, bare: boolean): Promise<void> {
		await deliver(this.around, store, who.school);
		// Written before there were parcels: only their person can still bring them, so their key must stay.
		if (!bare) await this.purge(who, store);
		else {
			await (await this.sessions.hold(store, who, keys)).dropRows();
			await this.sessions.noteRevoked(who);
		}
		void this.sessions.endAtServer(who.school, held.pass);
	}

	/** The rights have ended: the case goes, and the name too when nothing waits any more. */
	async purge(who: Current, store: Store): Promise<void> {
		await new Lock(this.around, store, nameOf(who)).wipe();
		await this.sessions.noteRevoked(who);
		const { device, n, delivered } = await standingOf(store);
		if (delivered < n) return;
		await store.write((tx) => tx.dropOutbox());
		this.tally.drop(device); // what went as parcels is not lost
		await this.sessions.forget(who);
	}
}

async function holdsRows(store: Store): Promise<boolean> {
	return Boolean(await store.meta("session"));
}
