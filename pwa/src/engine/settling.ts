/**
 * Settling: when nothing is left to do for an op of the outbox. The screens ask it of what is held, `plan` of what an
 * answer is about to bring.
 */

import type { Matter } from "../generated/model";
import { kindOf, scopeOf } from "../rules/record";
import type { Holding } from "./holding";
import type { Item } from "./items";
import type { Scope } from "./scopes";
import type { Cursor, ServerState } from "./store";

/**
 * Does an own matter still need its author? Undecided, or declined by somebody else and not read yet. The matter lies
 * at the server: what one tablet of the person has read, all have.
 */
export function needsAuthor(matter: Matter): boolean {
	return matter.outcome === null || isUnread(matter);
}

/** Does it wait for the deputy head's decision? */
export function isUndecided({ verdict, outcome }: Matter): boolean {
	return verdict === "held" && outcome === null;
}

export function isUnread({ outcome, seen, decided_by, author }: Matter): boolean {
	return outcome === "declined" && !seen && decided_by !== author;
}

/** When nothing is left to do for an op. */
export class Settling {
	private readonly held: Holding;
	private readonly server: ServerState;
	private readonly cursors: Readonly<Record<string, Cursor>>;
	private readonly rows: (scope: string) => Scope | null;

	constructor(
		held: Holding,
		server: ServerState = held.server,
		cursors: Readonly<Record<string, Cursor>> = held.cursors,
		rows: (scope: string) => Scope | null = (name) => held.scope(name),
	) {
		this.held = held;
		this.server = server;
		this.cursors = cursors;
		this.rows = rows;
	}

	/** Do the confirmed rows of the scope contain what was decided at the op's seq? */
	contains(scope: string, item: Item): boolean {
		const cursor = this.cursors[scope];
		if (!cursor) return false;
		const comparable = item.epoch !== this.server.epoch || cursor.epoch === this.server.epoch;
		return comparable && cursor.seq >= item.seq;
	}

	/** Has it an outcome that needs nobody any more? */
	isSettled(item: Item): boolean {
		if (item.stuck || !item.verdict) return false;
		const kind = kindOf(item.op.kind);
		const name = `${this.held.outbox.counter.device}:${item.op.n}`;
		const scope = kind ? scopeOf(kind, item.op.key) : "";
		switch (item.verdict) {
			case "accepted":
				return !this.cursors[scope] || this.contains(scope, item);
			case "superseded": {
				if (!this.cursors[scope]) return true;
				const heads = this.rows(scope)?.get(item.op.kind, item.op.key)?.heads;
				if (!this.rows(scope) || !this.contains(scope, item)) return false;
				return !heads || !Object.values(heads).some((all) => all.some((head) => head[3] === name));
			}
			case "held":
			case "refused": {
				if (item.op.kind === "void") return true;
				const matter = this.rows(this.held.inbox)?.get("matter", `${this.held.inbox}/${name}`);
				return (matter?.value("outcome") ?? null) !== null;
			}
			default:
				return item.verdict satisfies never;
		}
	}

	isDone(item: Item): boolean {
		return !item.done && item.verdict !== "" && this.isDurable(item) && this.isSettled(item);
	}

	isDurable(item: Item): boolean {
		return item.verdict !== "" && item.seq <= this.server.durable;
	}
}
