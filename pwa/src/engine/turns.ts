/**
 * Turns: works that must not overlap, one after another. One that finds nobody before it starts at once, in the same
 * task; one that fails holds nobody up.
 */

export class Turns {
	private last: Promise<unknown> | null = null;
	private waiting: Promise<unknown> | null = null;

	take<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.last ? this.last.then(work) : work();
		const ended = turn.then(
			() => undefined,
			() => undefined,
		);
		this.last = ended;
		void ended.then(() => {
			if (this.last === ended) this.last = null;
		});
		return turn;
	}

	/** The same work for all who ask before it begins. */
	share<T>(work: () => Promise<T>): Promise<T> {
		if (this.waiting) return this.waiting as Promise<T>;
		let begun = false;
		const turn = this.take(() => {
			begun = true;
			this.waiting = null;
			return work();
		});
		if (!begun) this.waiting = turn;
		return turn;
	}
}
