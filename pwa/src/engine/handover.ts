/**
 * Handover: a reload or a new tab of an unlocked tablet asks for nothing. The other tabs hand the key over; when there is
 * none, the service worker does, to which the page gave it on leaving and which keeps it for half a minute.
 *
 * Holds always: the key travels as a key of the browser, in memory alone; locking makes the worker forget it.
 */

import type { Keys } from "./keys";
import type { Surroundings } from "./surroundings";

const PATIENCE = 250; // ms: a tab or a worker that is awake answers in less

type Note =
	| { readonly say: "want"; readonly owner: string; readonly id: number }
	| { readonly say: "have"; readonly id: number; readonly keys: Keys };

export class Handover {
	private readonly around: Surroundings;
	private readonly mine: () => { readonly owner: string; readonly keys: Keys } | null;
	private readonly channel: BroadcastChannel | null;
	private readonly wanted = new Map<number, (keys: Keys) => void>();

	/** `mine`: what this tab can hand over. */
	constructor(around: Surroundings, mine: () => { readonly owner: string; readonly keys: Keys } | null) {
		this.around = around;
		this.mine = mine;
		this.channel = around.BroadcastChannel ? new around.BroadcastChannel("zvonok-keys") : null;
		if (this.channel) this.channel.onmessage = (event) => this.heard(event.data as Note);
	}

	/** The key from another tab or from the worker; null when nobody has it. */
	ask(owner: string): Promise<Keys | null> {
		return new Promise((resolve) => {
			const id = this.around.random();
			const line = new MessageChannel();
			const done = (keys: Keys | null) => {
				stop();
				this.wanted.delete(id);
				line.port1.close();
				resolve(keys);
			};
			const stop = this.around.later(() => done(null), PATIENCE);
			this.wanted.set(id, done);
			this.channel?.postMessage({ say: "want", owner, id } satisfies Note);
			line.port1.onmessage = (event) => event.data && done(event.data as Keys);
			this.around.keeper()?.postMessage({ say: "want", owner }, [line.port2]);
		});
	}

	/** The page is being left. */
	keep(): void {
		const mine = this.mine();
		if (mine?.keys.spare) this.around.keeper()?.postMessage({ say: "keep", ...mine });
	}

	forget(): void {
		this.around.keeper()?.postMessage({ say: "forget" });
	}

	close(): void {
		this.channel?.close();
	}

	private heard(note: Note): void {
		if (note.say === "have") {
			this.wanted.get(note.id)?.(note.keys);
			return;
		}
		const mine = this.mine();
		if (mine?.owner === note.owner) {
			this.channel?.postMessage({ say: "have", id: note.id, keys: mine.keys } satisfies Note);
		}
	}
}
