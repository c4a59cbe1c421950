/**
 * Drafts: what forms hold that was not sent off, sealed on the disk as it is typed. A form is no editor (`typing`): what
 * it would do is done by its button alone, so a page that comes writes nothing, and shows the form as it was left.
 */

import type { Holding } from "./holding";
import type { DraftName } from "./types";

export class Drafts {
	private readonly held: Holding;

	constructor(held: Holding) {
		this.held = held;
	}

	/** undefined: nothing lies there, or nobody can read it any more. */
	async read(form: DraftName): Promise<unknown> {
		const sealed = await this.held.store.meta(`draft ${form}`);
		return sealed && this.held.lock.open("meta", `draft ${form}`, sealed).catch(() => undefined);
	}

	/** Resolves when it is on the disk. undefined takes away what lies there. */
	async keep(form: DraftName, value: unknown): Promise<void> {
		const { lock, store } = this.held;
		const sealed = value === undefined ? null : await lock.seal("meta", `draft ${form}`, value);
		await store.write((tx) => (sealed ? tx.setMeta({ [`draft ${form}`]: sealed }) : tx.dropMeta(`draft ${form}`)));
	}
}
