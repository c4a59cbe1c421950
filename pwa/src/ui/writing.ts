/** Writes on their way to the tablet's disk, so that whoever reloads the page can wait for them. */

const under = new Set<Promise<unknown>>();

/** Remembers a write until it ended, well or not; gives it back. */
export function track<T>(write: Promise<T>): Promise<T> {
	const done = write.finally(() => under.delete(done));
	under.add(done);
	return done;
}

/** Resolves when no write is on its way. */
export async function writesEnded(): Promise<void> {
	while (under.size > 0) await Promise.allSettled(under);
}
