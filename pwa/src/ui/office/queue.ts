/** Matters of the office in their order: what waits, what was decided, what the rules refused. */

import type { Entry, View } from "../../engine/types";

interface Queue {
	/** Held and undecided: the longest waiting first. */
	readonly waiting: readonly View<"matter">[];
	/** With an outcome, the latest first. */
	readonly decided: readonly View<"matter">[];
	/** Refused by the rules: nobody decides on them, the author sees why. The latest first. */
	readonly refused: readonly View<"matter">[];
}

export type Outcome = "approved" | "declined";

/** Sorts the matters; those of an inbox are left out. */
export function queueOf(matters: readonly View<"matter">[]): Queue {
	const waiting: View<"matter">[] = [];
	const decided: View<"matter">[] = [];
	const refused: View<"matter">[] = [];
	for (const row of matters) {
		if (row.parts.holder !== "office" || row.values.kind === null) continue;
		if (row.values.outcome !== null) decided.push(row);
		else if (row.values.verdict === "held") waiting.push(row);
		else refused.push(row);
	}
	const arrived = (row: View<"matter">): number => row.values.arrived ?? 0;
	// A decision that has not left the tablet has no moment yet: it is the latest.
	const settled = (row: View<"matter">): number => row.values.decided ?? Number.MAX_SAFE_INTEGER;
	return {
		waiting: waiting.sort((a, b) => arrived(a) - arrived(b)),
		decided: decided.sort((a, b) => settled(b) - settled(a)),
		refused: refused.sort((a, b) => arrived(b) - arrived(a)),
	};
}

/** The entries that decide on these matters; an empty note is left out. */
export function deciding(keys: Iterable<string>, outcome: Outcome, note: string): Entry[] {
	const said = note.trim();
	const set = said === "" ? { outcome } : { outcome, note: said };
	return [...keys].map((key) => ({ kind: "matter", key, set }));
}
