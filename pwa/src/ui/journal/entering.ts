/**
 * Entering into a journal: the rules are asked first, in words, then the entries are written as one undo step.
 *
 * What the rules would refuse is not written: the person is told why while the pupil is still in front of them. What
 * they would hold is written, and said to wait for the deputy head.
 */

import type { Entry, Seen, Undone } from "../../engine/types";
import { useEngine, useWrite } from "../context";
import { say } from "../parts/toasts";
import { journal as words } from "../phrases/journal";
import { shell } from "../phrases/shell";
import { useReasonWords } from "../reading/grounds";
import { track } from "../writing";
import { worstOf } from "./bulk";

export interface Entering {
	/** False when nothing was written: there was nothing, the rules refuse it, or the disk did. */
	enter(entries: readonly Entry[], seen?: Seen): Promise<boolean>;
	/** Answers the entries of the step, so that the screen can go where it happened; none when there was no step. */
	undo(): Promise<readonly Entry[]>;
	redo(): Promise<readonly Entry[]>;
}

/** `said`: the reason that the screen shows already beside the cell; a message does not repeat it. */
export function useEntering(said: () => string): Entering {
	const engine = useEngine();
	const write = useWrite();
	const why = useReasonWords();
	/** An undo is an entry inside the rules: what they say of it is said here. */
	const tell = ({ written, decision, refused, moved }: Undone): void => {
		if (refused !== null) say(`${words().notUndone} ${why.now(refused.reason, refused.detail)}`, { tone: "red" });
		if (moved > 0) say(words().movedOn(moved));
		if (written.some((entry) => entry.kind === "matter")) say(words().withdrawn);
		if (decision?.verdict === "held") say(`${words().willBeHeld} ${why.now(decision.reason, decision.detail)}`);
	};
	const turn = async (way: "undo" | "redo"): Promise<readonly Entry[]> => {
		try {
			const undone = await track(engine[way]());
			if (undone !== null) tell(undone);
			else if (way === "undo") say(shell().words.nothingToUndo);
			return undone?.step ?? [];
		} catch {
			say(shell().notKept, { tone: "red", stays: true });
			return [];
		}
	};
	return {
		enter: async (entries, seen) => {
			if (entries.length === 0) return false;
			const worst = worstOf(entries.map((entry) => engine.check(entry)));
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
		undo: () => turn("undo"),
		redo: () => turn("redo"),
	};
}
