/**
 * Which days of the diary have news: published after the family last looked at that day.
 *
 * Kept on this device as numbers only (the seq that a day had when it was looked at), beside the sealed store: no name
 * and no mark. What was there at the first visit is no news; a restored server with lower numbers begins anew.
 */

import { createSignal } from "solid-js";

interface Looked {
	base: number;
	days: Record<string, number>;
}

const KEPT_DAYS = 60;

const [version, bump] = createSignal(0);

const place = (pupil: string): string => `zvonok-looked-${pupil}`;

function read(pupil: string): Looked | null {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(place(pupil)) ?? "null");
		if (typeof kept !== "object" || kept === null || !("base" in kept) || !("days" in kept)) return null;
		return kept as Looked;
	} catch {
		return null;
	}
}

function keep(pupil: string, looked: Looked): void {
	const days = Object.entries(looked.days)
		.sort(([a], [b]) => (a < b ? 1 : -1))
		.slice(0, KEPT_DAYS);
	try {
		localStorage.setItem(place(pupil), JSON.stringify({ base: looked.base, days: Object.fromEntries(days) }));
	} catch {
		// Private mode: no dots, nothing else is lost.
	}
	bump((n) => n + 1);
}

/** Takes the first visit as the beginning: what stands now is no news. `highest`: the highest seq published. */
export function begin(pupil: string, highest: number): void {
	const looked = read(pupil);
	if (highest > 0 && (looked === null || looked.base > highest)) keep(pupil, { base: highest, days: {} });
}

/** True when the day has something that was not there when it was last looked at. */
export function isNews(pupil: string, day: string, seq: number): boolean {
	version();
	const looked = read(pupil);
	return looked !== null && seq > Math.max(looked.base, looked.days[day] ?? 0);
}

/** The family has looked at the day as it stands. */
export function lookedAt(pupil: string, day: string, seq: number): void {
	const looked = read(pupil);
	if (looked === null || seq <= Math.max(looked.base, looked.days[day] ?? 0)) return;
	keep(pupil, { base: looked.base, days: { ...looked.days, [day]: seq } });
}
