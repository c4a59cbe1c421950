/** Holders: everybody on this tablet as the screen of the lock shows them, and why it stands. Nothing is opened for it. */

import { standingOf } from "./courier";
import { openingOf, TRIES } from "./opening";
import { isSame, type Sessions } from "./session";
import type { Surroundings } from "./surroundings";
import type { Keyholder, Locked } from "./types";

/** The screen of the lock. On a tablet that nobody uses there is none, but to say that rights have ended. */
export async function lockedFor(
	around: Surroundings,
	sessions: Sessions,
	because: Locked["because"],
): Promise<Locked | null> {
	const people = await keyholders(around, sessions);
	const current = await sessions.current();
	const last = people.find((person) => current && isSame(person, current)) ?? null;
	const opens = last !== null && (last.opens.pin || last.opens.passphrase || last.opens.free);
	const ended = (!people.length || because === "start") && (await sessions.wasRevoked());
	if (!people.length && !ended) return null;
	const wiped = because === "start" && !opens && (last?.tries ?? 0) >= TRIES;
	return { people, current: opens ? last : null, because: ended ? "revoked" : wiped ? "wiped" : because };
}

/** Latest first. */
async function keyholders(around: Surroundings, sessions: Sessions): Promise<Keyholder[]> {
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
