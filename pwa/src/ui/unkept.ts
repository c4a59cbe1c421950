/** Entries that the tablet's store refused: they stay on the screen until they are kept, saved as text, or given up. */

import { createSignal } from "solid-js";
import type { Entry, Seen } from "../engine/types";

/** `why`: "quota" where no room is left, else the store was closed. */
export interface Unkept {
	readonly entries: readonly Entry[];
	readonly seen: Seen | undefined;
	readonly at: number;
	readonly why: string;
}

const [unkept, setUnkept] = createSignal<readonly Unkept[]>([]);

export { unkept };

export function leaveOnScreen(one: Unkept): void {
	setUnkept((all) => [...all, one]);
}

export function takeOff(one: Unkept): void {
	setUnkept((all) => all.filter((other) => other !== one));
}

/** Written anew meanwhile: what is newer stands, and keeping the older one would bring it back. */
export function overtaken(entries: readonly Entry[]): void {
	const same = (a: Entry) => (b: Entry) =>
		a.kind === b.kind && a.key === b.key && Object.keys(a.set).some((cell) => cell in b.set);
	setUnkept((all) => {
		const left = all.filter((one) => !one.entries.some((old) => entries.some(same(old))));
		return left.length === all.length ? all : left;
	});
}

/** The tablet is locked: nothing of anybody stays in memory. */
export function takeAllOff(): void {
	setUnkept([]);
}
