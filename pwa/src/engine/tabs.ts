/**
 * Tabs: one tab syncs, chosen by a Web Lock; the others hear what changed over a BroadcastChannel and read it from the
 * store. Every tab may write into the outbox. Messages carry numbers and scope names, never content.
 *
 * Without Web Locks every tab syncs: safe, because two tabs can't take in the same answer, only wasteful.
 */

import type { Surroundings } from "./surroundings";
import type { Status } from "./types";

export type Note =
	/** Ops were added to the outbox. */
	| { readonly say: "written" }
	/** An answer was taken in: these scopes and ops lie anew in the store. */
	| { readonly say: "taken"; readonly scopes: readonly string[]; readonly ops: readonly number[] }
	/** The store took a new identity: its ops have new numbers. */
	| { readonly say: "renamed" }
	/** Somebody asks for a sync by hand. */
	| { readonly say: "sync" }
	/** A scope is followed. */
	| { readonly say: "follow" }
	/** A tab has been opened, and does not know yet what only the leading one does. */
	| { readonly say: "here" }
	/** What only the leading tab knows. `ended`: an attempt has, just now. */
	| { readonly say: "status"; readonly status: Shared; readonly ended: boolean };

/** The part of the status that the leading tab tells the others. */
export type Shared = Pick<Status, "sending" | "reachable" | "trouble" | "live" | "healed">;

export class Tabs {
	leading = false;
	readonly lacking: readonly string[];
	private readonly around: Surroundings;
	private readonly name: string;
	private readonly lead: (leading: boolean) => void;
	private readonly channel: BroadcastChannel | null;
	private release: (() => void) | null = null;
	private stopped = false;

	/** `lead`: this tab is the one that syncs, or no longer. */
	constructor(around: Surroundings, name: string, heard: (note: Note) => void, lead: (leading: boolean) => void) {
		const { BroadcastChannel, locks } = around;
		this.around = around;
		this.name = name;
		this.lead = lead;
		this.channel = BroadcastChannel ? new BroadcastChannel(name) : null;
		if (this.channel) this.channel.onmessage = (event) => heard(event.data as Note);
		this.lacking = [...(locks ? [] : ["locks"]), ...(BroadcastChannel ? [] : ["broadcast"])];
		if (locks) this.request({});
		else queueMicrotask(() => this.begin());
	}

	tell(note: Note): void {
		if (!this.stopped) this.channel?.postMessage(note);
	}

	/** The leading tab is frozen: take its place. */
	steal(): void {
		if (!this.stopped && !this.leading) this.request({ steal: true });
	}

	stop(): void {
		this.stopped = true;
		this.leading = false;
		this.release?.();
		this.channel?.close();
	}

	private request(options: LockOptions): void {
		const hold = () =>
			new Promise<void>((release) => {
				this.release = release;
				this.begin();
			});
		this.around.locks?.request(this.name, options, hold).catch(() => {
			// Another tab took the lock from us while we were frozen: stand in line again.
			if (this.stopped) return;
			this.leading = false;
			this.lead(false);
			this.request({});
		});
	}

	private begin(): void {
		if (this.stopped) this.release?.();
		if (this.stopped || this.leading) return;
		this.leading = true;
		this.lead(true);
	}
}
