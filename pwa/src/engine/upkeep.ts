/**
 * Upkeep: what surrounds the store of the person at work: how safe it is, how much room is left, and the tally beside it.
 */

import type { Holding } from "./holding";
import type { Storage } from "./storage";
import type { Gap, Tally } from "./tally";
import type { Status } from "./types";

export class Upkeep {
	state: Pick<Status, "persisted" | "room" | "fleeting"> = { persisted: null, room: null, fleeting: null };
	private readonly storage: Storage;
	private readonly counts: Tally;
	private readonly held: Holding;
	private tallied = "";
	private waiting = false;

	constructor(storage: Storage, counts: Tally, held: Holding) {
		this.storage = storage;
		this.counts = counts;
		this.held = held;
	}

	get lost(): readonly Gap[] {
		return this.counts.gaps();
	}

	/** Looks at the store anew. `ask`: there is something to lose, the browser is asked to keep it. */
	async look(ask: boolean): Promise<void> {
		const { storage } = this;
		const persisted = this.state.persisted || (await storage.persist(ask));
		this.state = { persisted, room: await storage.room(), fleeting: await storage.fleeting() };
	}

	/** A cookie costs the main thread milliseconds: one for all that is written in one go, after it was painted. */
	tallySoon(later: (work: () => void) => void): void {
		if (this.waiting) return;
		this.waiting = true;
		later(() => {
			this.waiting = false;
			this.tally();
		});
	}

	/** Beside the store: how many numbers were given, and how many of these the server has. */
	tally(): void {
		const { device, n } = this.held.outbox.counter;
		if (this.tallied && this.tallied !== device) this.counts.drop(this.tallied);
		this.tallied = device;
		this.counts.note(device, n, this.held.server.known);
	}
}
