/**
 * Typing: what the open editor would write, sealed on the disk while it is typed. A page that goes with an editor open
 * (reloaded, closed, killed, locked) takes nothing along: the next one writes it.
 *
 * Holds always:
 * 1. The tab whose editor is open holds a lock of the browser while anything of it lies here: only what a page has left
 *    is taken up.
 * 2. The transaction that writes an entry takes away what lies here (`outbox`): it is that entry, or older.
 * 3. What stands already is not written again.
 */

import type { Holding } from "./holding";
import type { Surroundings } from "./surroundings";
import type { Entry, Seen } from "./types";

interface Left {
	readonly entries: readonly Entry[];
	readonly seen: Seen | undefined;
}

export class Typing {
	private readonly around: Surroundings;
	private readonly held: Holding;
	private newest = 0;
	private closed = false;
	/** Settles when the browser's lock is this tab's; null: nothing of this tab lies here. */
	private mine: Promise<void> | null = null;
	private release: () => void = () => undefined;

	constructor(around: Surroundings, held: Holding) {
		this.around = around;
		this.held = held;
	}

	/** Resolves when it is on the disk, or something newer is. No entries: the editor was closed. */
	async keep(entries: readonly Entry[], seen: Seen | undefined): Promise<void> {
		const { lock, store, outbox } = this.held;
		this.newest += 1;
		const { newest } = this;
		const overtaken = (): boolean => this.newest !== newest;
		if (entries.length) {
			this.mine ??= this.take();
			await this.mine;
			const typing = await lock.seal("meta", "typing", { entries, seen } satisfies Left);
			if (!overtaken()) await store.write((tx) => tx.setMeta({ typing }));
			return;
		}
		if (!this.mine) return;
		await outbox.written(); // what the editor wrote on closing takes it away, and not before it is written
		if (overtaken()) return;
		await store.write((tx) => tx.dropMeta("typing"));
		if (!overtaken()) this.letGo();
	}

	/** Has `write` write what a page left, where `differs` from what stands. Waits while another tab types. */
	async takeUp(differs: (entry: Entry) => boolean, write: (left: Left) => Promise<void>): Promise<void> {
		const work = async (): Promise<void> => {
			const { lock, store } = this.held;
			const sealed = this.closed ? undefined : await store.meta("typing");
			if (!sealed) return;
			// Under a key that is gone, after ten wrong tries: nobody can read it any more.
			const left = await lock.open<Left>("meta", "typing", sealed).catch(() => null);
			const entries = left?.entries.filter(differs) ?? [];
			if (entries.length) await write({ entries, seen: left?.seen });
			else await store.write((tx) => tx.dropMeta("typing"));
		};
		await (this.around.locks ? this.around.locks.request(this.name, {}, work) : work());
	}

	close(): void {
		this.closed = true;
		this.letGo();
	}

	private get name(): string {
		return `${this.held.store.name} typing`;
	}

	private take(): Promise<void> {
		const { locks } = this.around;
		if (!locks) return Promise.resolve();
		return new Promise((taken) => {
			const hold = (): Promise<void> => {
				taken();
				return new Promise((release) => {
					this.release = release;
					if (this.closed) release();
				});
			};
			void locks.request(this.name, {}, hold);
		});
	}

	private letGo(): void {
		this.mine = null;
		this.release();
	}
}
