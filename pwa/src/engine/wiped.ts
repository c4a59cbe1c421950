/**
 * Wiped: a tablet whose store is gone tells the server which numbers it had given, before it begins anew.
 *
 * Holds always: the server hears only what the tally says; a number that was declared and never delivered stays on the
 * admin's board as such.
 */

import { PROTOCOL } from "../generated/messages";
import { passOf } from "./pass";
import type { Surroundings } from "./surroundings";
import type { Gap, Tally } from "./tally";
import type { Session } from "./types";
import { ask } from "./wire";

/** The device whose entries went with the store: to be named at sign-in; null when none did. */
export function goneFrom(tally: Tally): Gap | null {
	return tally.gaps()[0] ?? null;
}

/**
 * Declares what was given. The session must be on the gone device. False when the server could not be told; what it
 * said at sign-in to have received counts in any case.
 */
export async function ownUp(around: Surroundings, tally: Tally, session: Session, gap: Gap): Promise<boolean> {
	tally.settle(gap.device, session.known);
	if (session.known >= gap.to) return true;
	const clock = Math.round(around.now());
	const said = { protocol: PROTOCOL, device: gap.device, clock, held: gap.to, epoch: "", cursors: {}, heard: 0 };
	const pass = around.crypto && (await passOf(around.crypto, session));
	return (await ask(around, `/api/${session.school}/sync`, { ...said, ops: [] }, { pass })).ok;
}
