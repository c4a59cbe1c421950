/** Holders: everybody on this tablet as the screen of the lock shows them. Nothing is opened for it. */

import { standingOf } from "./courier";
import { openingOf } from "./opening";
import type { Sessions } from "./session";
import type { Surroundings } from "./surroundings";
import type { Keyholder } from "./types";

/** Latest first. */
export async function keyholders(around: Surroundings, sessions: Sessions): Promise<Keyholder[]> {
	const found: Keyholder[] = [];
	for (const known of await sessions.people()) {
		const holder = await sessions.within(known, async (store): Promise<Keyholder> => {
			const opening = await openingOf(around, store);
			const signedIn = Boolean(await store.meta("session"));
			const { n, known: decided, delivered } = await standingOf(store);
			return {
				...known,
				opens: {
					pin: signedIn && opening.pinUntil !== null,
					passphrase: signedIn && opening.passphrase,
					free: signedIn && opening.free,
				},
				tries: opening.tries,
				waitUntil: opening.waitUntil,
				lapsed: opening.lapsed,
				waiting: n - decided,
				delivered: delivered - decided,
			};
		});
		found.push(holder);
	}
	return found;
}
