/**
 * Entering into a journal: the rules are asked first, in words, then the entries are written as one undo step.
 *
 * What the rules would refuse is not written: the person is told why while the pupil is still in front of them. What
 * they would hold is written, and said to wait for the deputy head. The sentences come after the first screen.
 */

import { type Decision, EngineError, type Entry, type Seen, type Undone } from "../../engine/types";
import { afterwards } from "../afterwards";
import { useEngine, useWrite } from "../context";
import { hush, say } from "../parts/toasts";
import { journal } from "../phrases/journal";
import { shell } from "../phrases/shell";
import { track } from "../writing";
import { marksOf, presenceOf, type Standing } from "./cell";
import type { Telling } from "./telling";

const RANK = { accepted: 0, superseded: 0, held: 1, refused: 2 } as const;

/** The worst of the decisions on a cell's entries; null when there are none. */
export function worstOf(decisions: readonly Decision[]): Decision | null {
	return decisions.reduce<Decision | null>((a, b) => (a === null || RANK[b.verdict] > RANK[a.verdict] ? b : a), null);
}

export interface Entering {
	/** False when nothing was written: there was nothing, the rules refuse it, or the disk did. */
	enter(entries: readonly Entry[], seen?: Seen): Promise<boolean>;
	/** Answers the entries of the step, so that the screen can go where it happened; none when there was no step. */
	undo(): Promise<readonly Entry[]>;
	/** An absence and a mark in one cell is what an inspection looks for; a step back takes the warning with it. */
	warnOfBoth(name: string, standing: Standing): void;
	redo(): Promise<readonly Entry[]>;
}

/** `said`: the reason that the screen shows already beside the cell; a message does not repeat it. */
export function useEntering(said: () => string): Entering {
	const engine = useEngine();
	const write = useWrite();
	const telling = afterwards(
		() => import("./telling"),
		({ useTelling }) => useTelling(),
	);
	const warned: number[] = [];
	const tell = (say: (words: Telling) => void): void => void telling().then(say, unsaid);
	/** Most steps back go without a word; of them nothing is fetched, and nothing can be missing. */
	const isPlain = ({ written, decision, refused, moved }: Undone): boolean =>
		refused === null &&
		moved === 0 &&
		decision?.verdict !== "held" &&
		!written.some((entry) => entry.kind === "matter");
	const turn = async (way: "undo" | "redo"): Promise<readonly Entry[]> => {
		for (const id of warned.splice(0)) hush(id);
		try {
			const undone = await track(engine[way]());
			if (undone === null) {
				if (way === "undo") say(shell().words.nothingToUndo);
			} else if (!isPlain(undone)) tell((words) => words.undone(undone));
			return undone?.step ?? [];
		} catch (error) {
			// The disk, or the code for it could not be had.
			if (error instanceof EngineError) say(shell().notKept, { tone: "red", stays: true });
			else say(shell().words.notDone, { tone: "red" });
			return [];
		}
	};
	return {
		enter: async (entries, seen) => {
			if (entries.length === 0) return false;
			const worst = worstOf(entries.map((entry) => engine.check(entry)));
			if (worst?.verdict === "refused") {
				tell((words) => words.refused(worst));
				return false;
			}
			const known = worst !== null && worst.reason === said();
			const kept = await write(entries, seen);
			if (kept && worst?.verdict === "held") tell((words) => words.held(worst, known));
			return kept;
		},
		warnOfBoth: (name, standing) => {
			if (presenceOf(standing) === "absent" && marksOf(standing).length > 0)
				warned.push(say(journal().absentWithMark(name)));
		},
		undo: () => turn("undo"),
		redo: () => turn("redo"),
	};
}

/** Without network on a first visit the sentences may be missing; that something is to be told is never left out. */
function unsaid(): void {
	say(shell().words.unsaid, { tone: "red" });
}
