/**
 * Handover: a reload or a new tab of an unlocked tablet asks for nothing. The other tabs hand the key over; when there is
 * none, the service worker does, to which the page gave it on leaving. It keeps it for half a minute, or until the next
 * page stands: one that is left before that has nothing of its own to give.
 *
 * Holds always: the key travels as a key of the browser, in memory alone; locking makes the worker forget it.
 */

import type { Keys } from "./keys";
import type { Surroundings } from "./surroundings";

const PATIENCE = 250; // ms: a tab that is awake answers in less, and one without the key is silent
const WORKERS = 3_000; // ms: the worker answers in any case, once it runs

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
		const asked = [this.askTabs(owner), this.askWorker(owner)];
		return new Promise((resolve) => {
			for (const answer of asked) void answer.then((keys) => keys && resolve(keys));
			void Promise.all(asked).then(() => resolve(null));
		});
	}

	private askTabs(owner: string): Promise<Keys | null> {
		return new Promise((resolve) => {
			const id = this.around.random();
			const done = (keys: Keys | null) => {
				stop();
				this.wanted.delete(id);
				resolve(keys);
			};
			const stop = this.around.later(() => done(null), PATIENCE);
			this.wanted.set(id, done);
			this.channel?.postMessage({ say: "want", owner, id } satisfies Note);
		});
	}

	private askWorker(owner: string): Promise<Keys | null> {
		const worker = this.around.keeper();
		if (!worker) return Promise.resolve(null);
		return new Promise((resolve) => {
			const line = new MessageChannel();
			const done = (keys: Keys | null) => {
				stop();
				line.port1.close();
				resolve(keys);
			};
			const stop = this.around.later(() => done(null), WORKERS);
			line.port1.onmessage = (event) => done(event.data as Keys | null);
			worker.postMessage({ say: "want", owner }, [line.port2]);
		});
	}

	/** The page is being left. */
	keep(): void {
		const mine = this.mine();
		if (mine?.keys.spare) this.around.keeper()?.postMessage({ say: "keep", ...mine });
	}

	/** The page stands with the key, or gave it up: nobody need keep it. */
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
