/**
 * How much needs this person: one number, the same in the status line, at the section's badge and on its page.
 *
 * Holds always:
 * 1. What only the deputy head can settle is counted apart: it asks nothing of who wrote it.
 * 2. What the status line says in its own words (unsent for long, sign in again) is no second thing to be counted.
 */

import { createSignal } from "solid-js";
import type { Status } from "../engine/types";

export interface Needs {
	/** Cards that wait for this person's hand. */
	readonly hand: number;
	/** Own entries that wait for the deputy head's decision. */
	readonly deputy: number;
}

const [warned, setWarned] = createSignal(0);

/** Warnings of what will need the person soon: reckoned after the first screen (`App`), counted everywhere. */
export const noteWarnings = (n: number): number => setWarned(n);

export function needsOf({ attention, held }: Status): Needs {
	return { hand: attention - held + warned(), deputy: held };
}
