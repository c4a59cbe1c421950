/** Substitutions as a form: what is chosen, what is missing, and the entries that appoint or end one. */

import type { Entry, View } from "../../engine/types";
import { dayAfter } from "../../rules/days";

export interface Draft {
	/** The teacher who is away. */
	readonly away: string;
	readonly journals: readonly string[];
	readonly substitute: string;
	/** First and last day, both inside. */
	readonly from: string;
	readonly until: string;
	readonly reason: string;
	/** Numbers of the lessons, as typed: "2, 5". Empty: all of the days. */
	readonly numbers: string;
}

export type Fault = "away" | "journals" | "substitute" | "same" | "from" | "until" | "reason" | "numbers";

/** What keeps the draft from being written. */
export function faultsOf(draft: Draft): Set<Fault> {
	const faults = new Set<Fault>();
	if (draft.away === "") faults.add("away");
	if (draft.journals.length === 0) faults.add("journals");
	if (draft.substitute === "") faults.add("substitute");
	else if (draft.substitute === draft.away) faults.add("same");
	if (draft.from === "") faults.add("from");
	if (draft.until === "" || draft.until < draft.from) faults.add("until");
	if (draft.reason.trim() === "") faults.add("reason");
	if (!/^[\s,]*(\d{1,2}([\s,]+|$))*$/.test(draft.numbers)) faults.add("numbers");
	return faults;
}

/** The numbers typed; null when there are none. */
function numbersIn(typed: string): number[] | null {
	const found = (typed.match(/\d+/g) ?? []).map(Number);
	return found.length > 0 ? found : null;
}

/** One substitution for each journal; the record's end is the day after the last. */
export function appointing(draft: Draft): Entry[] {
	return draft.journals.map((journal) => ({
		kind: "substitution",
		key: `${journal}/${draft.substitute}/${draft.from}`,
		set: { ends: dayAfter(draft.until), reason: draft.reason.trim(), numbers: numbersIn(draft.numbers) },
	}));
}

/** Ends a substitution: one that has begun ends with today, one to come is called off. */
export function ending(row: View<"substitution">, today: string): Entry {
	const begun = (row.parts.starts ?? "") <= today;
	return { kind: "substitution", key: row.key, set: { ends: begun ? dayAfter(today) : null } };
}

/** True while there is something to end: it is to come, or it lasts beyond today. */
export function canEnd(row: View<"substitution">, today: string): boolean {
	return row.values.ends !== null && row.values.ends > dayAfter(today);
}
