/**
 * A cell of the journal: marks (up to two), presence and a comment of one pupil at one lesson, as text and as entries.
 *
 * Holds always:
 * 1. What a person types names facets: a mark leaves presence alone, «н» leaves marks alone. Only the whole text,
 *    edited in place, replaces both. So nothing disappears that was not meant.
 * 2. Keys mean the same on a Russian and an English keyboard layout, and by looks ("y", "n" and «н»).
 * 3. Entries are made only for cells that change.
 */

import type { CellState, Entry, View } from "../../engine/types";

/** The place of a cell. */
export interface Place {
	readonly journal: string;
	readonly date: string;
	readonly number: number;
	readonly pupil: string;
}

/** What stands in a cell. */
export interface Standing {
	readonly first: View<"mark"> | null;
	readonly second: View<"mark"> | null;
	readonly attendance: View<"attendance"> | null;
}

export const EMPTY: Standing = { first: null, second: null, attendance: null };

export type Presence = "absent" | "late";

/** What a text says. An absent facet was not named. `marks`: one or two values. */
export interface Typed {
	readonly marks?: readonly string[];
	readonly presence?: Presence;
	/** How late, when the text says it. */
	readonly minutes?: number;
}

export const MARKS = ["5", "4", "3", "2", "1"] as const;
export const SIGNS = ["зач", "незач", "н/а", "осв", "."] as const;

export function markKey(place: Place, nth: 1 | 2): string {
	return `${lessonKey(place)}/${place.pupil}/${nth}`;
}

export function attendanceKey(place: Place): string {
	return `${lessonKey(place)}/${place.pupil}`;
}

function lessonKey(place: Pick<Place, "journal" | "date" | "number">): string {
	return `${place.journal}/${place.date}/${place.number}`;
}

/** The marks that stand, first place first. */
export function marksOf(standing: Standing): string[] {
	return [standing.first?.values.value, standing.second?.values.value].filter(
		(value): value is string => typeof value === "string" && value !== "",
	);
}

export function presenceOf(standing: Standing): Presence | null {
	const found = standing.attendance?.values.presence;
	return found === "absent" || found === "late" ? found : null;
}

export const LETTER: Record<Presence, string> = { absent: "н", late: "о" };

/** How late, in minutes; null when it is not said, or the pupil was not late. */
export function minutesOf(standing: Standing): number | null {
	return presenceOf(standing) === "late" ? (standing.attendance?.values.minutes ?? null) : null;
}

/** What the cell says, as a text that `read` takes: "н", "5/4", "о05 5" for five minutes late and a five. */
export function textOf(standing: Standing): string {
	const presence = presenceOf(standing);
	const minutes = minutesOf(standing);
	const late = minutes !== null && minutes >= 1 && minutes <= MOST_MINUTES ? String(minutes).padStart(2, "0") : "";
	return [presence && LETTER[presence] + late, marksOf(standing).join("/")].filter(Boolean).join(" ");
}

export function commentOf(standing: Standing): string {
	return [standing.first?.values.comment, standing.second?.values.comment].filter(Boolean).join("; ");
}

const URGENCY: readonly CellState[] = ["conflict", "held", "lost", "local", "applied", "safe"];

/** The state that a person must know first, of all that stands in the cell. */
export function stateOf(standing: Standing): CellState {
	const states = [
		standing.first?.states.value,
		standing.first?.states.comment,
		standing.second?.states.value,
		standing.second?.states.comment,
		standing.attendance?.states.presence,
		standing.attendance?.states.minutes,
	];
	return URGENCY.find((state) => states.includes(state)) ?? "safe";
}

// The Russian letter under a key of the English layout, and Latin letters that look like it.
const LETTERS: Record<string, string> = {
	y: "н",
	n: "н",
	h: "н",
	j: "о",
	o: "о",
	c: "с",
	s: "с",
	d: "в",
	v: "в",
	p: "з",
	z: "з",
	f: "а",
	a: "а",
	x: "ч",
	t: "е",
	e: "е",
	ю: ".",
	"\\": "/",
	"|": "/",
	",": "/",
	"-": "/",
};

const WHOLE: readonly [start: string, means: string][] = [
	["незач", "незач"],
	["н/а", "н/а"],
	["зач", "зач"],
	["осв", "осв"],
	["нез", "незач"],
	["нз", "незач"],
	["на", "н/а"],
	["за", "зач"],
	["ос", "осв"],
	["з", "зач"],
];

/** One character as the journal reads it, whatever the keyboard layout; null when it means nothing here. */
export function letterOf(character: string): string | null {
	if ([...character].length !== 1) return null;
	const lower = character.toLowerCase();
	const letter = LETTERS[lower] ?? lower;
	return /^[1-5ноз.]$/.test(letter) || letter === "/" ? letter : null;
}

/** A lesson's length: nobody is later than that. */
export const MOST_MINUTES = 45;

/**
 * Reads a text: "5", "54", "5/4", "н", "о5", "о12", "осв". Null when it can't be read. An empty text names nothing.
 *
 * Two digits after «о» are minutes. Elsewhere glued digits are two marks of 2 to 5: a "1" in them is more likely
 * a slip ("12" is no mark), so it wants a stroke or stands alone.
 */
export function read(text: string): Typed | null {
	let rest = [...text.toLowerCase()]
		.map((c) => LETTERS[c] ?? c)
		.join("")
		.trim();
	const marks: string[] = [];
	let presence: Presence | undefined;
	let minutes: number | undefined;
	while (rest !== "") {
		const whole = WHOLE.find(([start]) => rest.startsWith(start));
		if (whole !== undefined) {
			marks.push(whole[1]);
			rest = rest.slice(whole[0].length).trimStart();
			continue;
		}
		const digits = /^\d+/.exec(rest)?.[0] ?? "";
		if (digits !== "") {
			if (!/^(?:[1-5]|[2-5]{2})$/.test(digits)) return null;
			marks.push(...digits);
			rest = rest.slice(digits.length).trimStart();
			continue;
		}
		const lateness = /^о\s*(\d\d)(?!\d)/.exec(rest);
		if (lateness !== null) {
			minutes = Number(lateness[1]);
			if (presence !== undefined || minutes < 1 || minutes > MOST_MINUTES) return null;
			presence = "late";
			rest = rest.slice(lateness[0].length).trimStart();
			continue;
		}
		const letter = rest.charAt(0);
		rest = rest.slice(1).trimStart();
		if (letter === ".") marks.push(letter);
		else if (letter === "н" || letter === "о") {
			if (presence !== undefined) return null;
			presence = letter === "н" ? "absent" : "late";
		} else if (letter !== "/") return null;
	}
	if (marks.length > 2) return null;
	return {
		...(marks.length > 0 ? { marks } : {}),
		...(presence !== undefined ? { presence } : {}),
		...(minutes !== undefined ? { minutes } : {}),
	};
}

/** Entries that make the named facets stand. `whole`: facets that are not named are cleared. */
export function entriesOf(place: Place, standing: Standing, typed: Typed, whole = false): Entry[] {
	const found: Entry[] = [];
	if (typed.marks !== undefined || whole) {
		const marks = typed.marks ?? [];
		found.push(
			...setMark(place, 1, standing.first, marks[0] ?? null),
			...setMark(place, 2, standing.second, marks[1] ?? null),
		);
	}
	if (typed.presence !== undefined || whole) {
		// «о» typed over «о» says nothing of the minutes; in the whole text they were there to be taken out.
		const stood = whole ? null : minutesOf(standing);
		const minutes = typed.presence === "late" ? (typed.minutes ?? stood) : null;
		found.push(...setPresence(place, standing, typed.presence ?? null, minutes));
	}
	return found;
}

/** Entries that give one of the two marks. */
export function setMark(place: Place, nth: 1 | 2, standing: View<"mark"> | null, value: string | null): Entry[] {
	if ((standing?.values.value ?? null) === value) return [];
	return [{ kind: "mark", key: markKey(place, nth), set: { value } }];
}

/** Entries that set presence; null clears it, minutes with it. */
export function setPresence(
	place: Place,
	standing: Standing,
	presence: Presence | "present" | null,
	minutes: number | null = null,
): Entry[] {
	const now = standing.attendance?.values;
	const set: Record<string, unknown> = {};
	if ((now?.presence ?? null) !== presence) set["presence"] = presence;
	if ((now?.minutes ?? null) !== minutes) set["minutes"] = minutes;
	if (Object.keys(set).length === 0) return [];
	return [{ kind: "attendance", key: attendanceKey(place), set }];
}

/** Entries that empty the cell; a comment goes with its mark. */
export function clearing(place: Place, standing: Standing): Entry[] {
	const found = entriesOf(place, standing, {}, true);
	for (const [nth, view] of [
		[1, standing.first],
		[2, standing.second],
	] as const) {
		if (!view?.values.comment) continue;
		const key = markKey(place, nth);
		const at = found.findIndex((entry) => entry.key === key);
		const set = { ...found[at]?.set, comment: null };
		if (at >= 0) found[at] = { kind: "mark", key, set };
		else found.push({ kind: "mark", key, set });
	}
	return found;
}
