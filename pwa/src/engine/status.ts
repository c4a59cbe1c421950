/**
 * Status: what still matters of the outbox, and the counts that the status line shows.
 *
 * Holds always: `unsent` is the number of entries without a receipt of the server, stuck ones among them. Nothing else
 * may make the line green.
 */

import { RULES } from "../generated/messages";
import type { KindName } from "../generated/model";
import { kindOf, scopeOf } from "../rules/record";
import type { Holding } from "./holding";
import type { Projection } from "./project";
import { isUndecided, needsAuthor, Settling } from "./settling";
import type { Pending, Status, View } from "./types";

/** While nobody is at work here. */
export const NOBODY: Status = {
	person: "",
	unsent: 0,
	oldestUnsent: null,
	sending: false,
	reachable: null,
	lastContact: null,
	published: null,
	signedOut: false,
	trouble: null,
	skew: 0,
	notDurable: 0,
	attention: 0,
	held: 0,
	loading: false,
	forked: false,
	healed: 0,
	persisted: null,
	leading: false,
	live: false,
	lacking: [],
	storeTrouble: null,
	rulesBehind: false,
	leaseEnds: null,
	room: null,
	fleeting: null,
	lost: [],
};

/** Items that are not sent, not durable or not settled, oldest first. */
export function pendingOf(held: Holding): Pending[] {
	const { outbox } = held;
	const settling = new Settling(held);
	const found: Pending[] = [];
	for (const item of [...outbox.items.values()].sort((a, b) => a.op.n - b.op.n)) {
		const { op, verdict, reason, detail, seq, before, stuck } = item;
		const settled = settling.isSettled(item);
		const durable = settling.isDurable(item);
		if (settled && durable) continue;
		const entry = { kind: op.kind as KindName, key: op.key, set: op.set };
		const at = op.at + held.server.skew; // people read it beside moments of the server
		const state = stuck ? "local" : verdict || (op.n <= outbox.sending ? "sent" : "local");
		found.push({ n: op.n, op, entry, state, reason, detail, seq, durable, at, before, settled, stuck });
	}
	return found;
}

type Counts = Pick<
	Status,
	| "person"
	| "unsent"
	| "oldestUnsent"
	| "lastContact"
	| "published"
	| "signedOut"
	| "skew"
	| "notDurable"
	| "loading"
	| "forked"
	| "rulesBehind"
>;

/** What follows from what is held. */
export function countsOf(held: Holding, pending: readonly Pending[]): Counts {
	const { server, cursors } = held;
	const unsent = pending.filter((p) => p.state === "local" || p.state === "sent");
	const missing = [...held.followed, ...held.staged.keys()].some((name) => !cursors[name]);
	const unread = Object.keys(cursors).some((name) => !held.scope(name));
	return {
		person: held.person,
		unsent: unsent.length,
		oldestUnsent: unsent.length ? Math.min(...unsent.map((p) => p.at)) : null,
		lastContact: server.contact,
		published: server.published || null,
		signedOut: server.signedOut,
		skew: server.skew,
		notDurable: pending.filter((p) => p.seq && !p.durable).length,
		loading: !server.whole || missing || unread,
		forked: server.forked,
		rulesBehind: server.rules > RULES,
	};
}

/** Own entries that need a person: matters undecided or declined and not read yet, conflicts, and what is on its way to become one. */
export function attentionOf(
	held: Holding,
	shown: Projection,
	pending: readonly Pending[],
): Pick<Status, "attention" | "held"> {
	const settling = new Settling(held);
	let attention = shown.conflicts().length;
	let waiting = 0;
	for (const { values } of (shown.rows("matter", held.inbox) as ReadonlyMap<string, View<"matter">>).values()) {
		if (needsAuthor(values)) attention++;
		if (isUndecided(values)) waiting++;
	}
	for (const { n, entry, state, settled, stuck } of pending) {
		const item = held.outbox.items.get(n);
		const kind = kindOf(entry.kind);
		if (stuck) attention++;
		else if (!item || !kind || settled) continue;
		else if (state === "superseded") attention += settling.contains(scopeOf(kind, entry.key), item) ? 0 : 1;
		else if ((state === "held" || state === "refused") && !settling.contains(held.inbox, item)) {
			attention++;
			if (state === "held") waiting++;
		}
	}
	return { attention, held: waiting };
}
