/** What came of an entry, in words. */

import type { Decision, Undone } from "../../engine/types";
import { say } from "../parts/toasts";
import { entering as words } from "../phrases/entering";
import { useReasonWords } from "../reading/grounds";

export interface Telling {
	refused(decision: Decision): void;
	/** `known`: the screen shows the reason already. */
	held(decision: Decision, known: boolean): void;
	/** An undo is an entry inside the rules: what they say of it is said here. */
	undone(step: Undone): void;
}

export function useTelling(): Telling {
	const why = useReasonWords();
	const now = ({ reason, detail }: Decision): string => why.now(reason, detail);
	return {
		refused: (decision) => say(now(decision), { tone: "red" }),
		held: (decision, known) => say(known ? words().willBeHeld : `${words().willBeHeld} ${now(decision)}`),
		undone: ({ written, decision, refused, moved }) => {
			if (refused !== null) say(`${words().notUndone} ${now(refused)}`, { tone: "red" });
			if (moved > 0) say(words().movedOn(moved));
			if (written.some(({ kind, set }) => kind === "matter" && "outcome" in set)) say(words().withdrawn);
			if (decision?.verdict === "held") say(`${words().willBeHeld} ${now(decision)}`);
		},
	};
}
