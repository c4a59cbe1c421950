/** A locked year opened for a named teacher, as a form: what is missing, and the entries that open or end it. */

import type { Entry, View } from "../../engine/types";
import { dayAfter } from "../../rules/days";

export interface Draft {
	/** The year that is to be opened; "": none. */
	readonly year: string;
	readonly teacher: string;
	readonly journals: readonly string[];
	/** The last day, inside. */
	readonly until: string;
	readonly reason: string;
}

export const nothing = (): Draft => ({ year: "", teacher: "", journals: [], until: "", reason: "" });

/** Is there anything in it that somebody would miss? */
export const isBegun = ({ teacher, until, reason }: Draft): boolean => [teacher, until, reason].join("") !== "";

export type Fault = "teacher" | "journals" | "until" | "reason";

/** What keeps the draft from being written. */
export function faultsOf(draft: Draft, today: string): Set<Fault> {
	const faults = new Set<Fault>();
	if (draft.teacher === "") faults.add("teacher");
	if (draft.journals.length === 0) faults.add("journals");
	if (draft.until < today) faults.add("until");
	if (draft.reason.trim() === "") faults.add("reason");
	return faults;
}

/** One opening for each journal, from today; said again on the same day it changes the one that stands. */
export function reopening(draft: Draft, today: string): Entry[] {
	return draft.journals.map((journal) => ({
		kind: "opening",
		key: `${draft.teacher}/${today}/${journal}`,
		set: { journal, ends: dayAfter(draft.until), reason: draft.reason.trim() },
	}));
}

/** Ends an opening at once: one without an end opens nothing. */
export function ending(row: View<"opening">): Entry {
	return { kind: "opening", key: row.key, set: { ends: null } };
}

type Group = [View<"opening">, ...View<"opening">[]];

/** Openings of one person, span and reason, side by side. */
export function together(rows: readonly View<"opening">[]): Group[] {
	const groups = new Map<string, Group>();
	for (const row of rows) {
		const name = [row.parts.person, row.parts.starts, row.values.ends, row.values.reason].join("/");
		const group = groups.get(name);
		if (group) group.push(row);
		else groups.set(name, [row]);
	}
	return [...groups.values()];
}
