/** Whose diary is open, where a parent has several children: remembered on this device by the pupil's id alone. */

import { createSignal } from "solid-js";

const KEEP = "zvonok-child";

const [chosen, setChosen] = createSignal(remembered());

/** The pupil whose diary is open: the chosen one while it may still be read, else the first; null: none. */
export function childOf(pupils: readonly string[]): string | null {
	return pupils.find((p) => p === chosen()) ?? pupils[0] ?? null;
}

export function chooseChild(pupil: string): void {
	setChosen(pupil);
	try {
		localStorage.setItem(KEEP, pupil);
	} catch {
		// Private mode: the choice lasts until the tab closes.
	}
}

function remembered(): string {
	try {
		return localStorage.getItem(KEEP) ?? "";
	} catch {
		return "";
	}
}
