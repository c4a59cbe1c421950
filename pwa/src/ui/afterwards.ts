/** Afterwards: what a screen can do without at first, made under that screen once its code is here. */

import { getOwner, runWithOwner } from "solid-js";

/** Fetches at the first call, and makes once. A fetch that failed is tried anew by the next call. */
export function afterwards<M, T>(fetched: () => Promise<M>, make: (found: M) => T): () => Promise<T> {
	const owner = getOwner();
	let under: Promise<T> | null = null;
	return () => {
		under ??= fetched().then(
			(found) => runWithOwner(owner, () => make(found)) as T,
			(error) => {
				under = null;
				throw error;
			},
		);
		return under;
	};
}
