/** The journals opened last on this tablet, by each person: their ids alone are kept, beside the sealed store. */

import { createSignal } from "solid-js";

const KEPT = 6;

const [version, bump] = createSignal(0);

const place = (person: string): string => `zvonok-recent-${person}`;

/** Ids of journals, the latest first. */
export function recentJournals(person: string): readonly string[] {
	version();
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(place(person)) ?? "[]");
		return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string") : [];
	} catch {
		return [];
	}
}

/** Remembers the journal that the path of an opened screen is about, if it is about one. */
export function opened(person: string, path: string): void {
	const journal = /^\/(?:journal|lesson|terms)\/([^/]+)/.exec(path)?.[1];
	const before = recentJournals(person);
	if (journal === undefined || before[0] === journal) return;
	try {
		const kept = [journal, ...before.filter((id) => id !== journal)].slice(0, KEPT);
		localStorage.setItem(place(person), JSON.stringify(kept));
	} catch {
		return; // Private mode: nothing is remembered, nothing else is lost.
	}
	bump((n) => n + 1);
}
