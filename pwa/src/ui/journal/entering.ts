/**
 * Entering into a journal: the rules are asked first, in words, then the entries are written as one undo step.
 *
 * What the rules would refuse is not written: the person is told why while the pupil is still in front of them. What
 * they would hold is written, and said to wait for the deputy head.
 */

import type { Decision, Entry, Seen } from "../../engine/types";
import { useEngine, useWrite } from "../context";
import { say } from "../parts/toasts";
import { journal as words } from "../phrases/journal";
import { shell } from "../phrases/shell";
import { useReasonWords } from "../reading/grounds";
import { track } from "../writing";

export interface Entering {
	/** False when nothing was written: there was nothing, the rules refuse it, or the disk did. */
	enter(entries: readonly Entry[], seen?: Seen): Promise<boolean>;
	undo(): Promise<void>;
	redo(): Promise<void>;
}

const RANK = { accepted: 0, superseded: 0, held: 1, refused: 2 } as const;

/** `said`: the reason that the screen shows already beside the cell; a message does not repeat it. */
export function useEntering(said: () => string): Entering {
	const engine = useEngine();
	const write = useWrite();
	const why = useReasonWords();
	return {
		enter: async (entries, seen) => {
			if (entries.length === 0) return false;
			const worst = entries
				.map((entry) => engine.check(entry))
				.reduce<Decision | null>((a, b) => (a === null || RANK[b.verdict] > RANK[a.verdict] ? b : a), null);
			if (worst?.verdict === "refused") {
				say(why.now(worst.reason, worst.detail), { tone: "red" });
				return false;
			}
			const known = worst !== null && worst.reason === said();
			const kept = await write(entries, seen);
			if (kept && worst?.verdict === "held")
				say(known ? words().willBeHeld : `${words().willBeHeld} ${why.now(worst.reason, worst.detail)}`);
			return kept;
		},
		undo: async () => {
			if (!(await track(engine.undo()))) say(shell().words.nothingToUndo);
		},
		redo: async () => {
			await track(engine.redo());
		},
	};
}
