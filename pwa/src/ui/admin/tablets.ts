/** Tablets of the staff by concern: unsent entries first, then the longest silent, then clocks that are off. */

import { fieldsOf, numberOf, textOf } from "./asked";

export interface Tablet {
	readonly device: string;
	readonly name: string;
	readonly person: string;
	/** UTC ms; null: it never asked. */
	readonly lastContact: number | null;
	/** Entries it held at its last contact that have not arrived. */
	readonly unsent: number;
	/** The tablet's clock minus the server's, ms. */
	readonly skew: number;
	/** Since when it may hold nothing any more, UTC ms; null: it may. */
	readonly revoked: number | null;
}

const DAY = 86_400_000;
const SILENT = 7 * DAY;
const OVERDUE = DAY;
const OFF = 5 * 60_000;

/** The tablets of an answer; null when it has another form. */
export function tabletsOf(body: unknown): Tablet[] | null {
	const rows = fieldsOf(body)?.tablets;
	if (!Array.isArray(rows)) return null;
	const found: Tablet[] = [];
	for (const row of rows) {
		const fields = fieldsOf(row);
		if (fields === null) return null;
		const contact = numberOf(fields.last_contact);
		found.push({
			device: textOf(fields.device),
			name: textOf(fields.name),
			person: textOf(fields.person),
			lastContact: contact === 0 ? null : contact,
			unsent: numberOf(fields.unsent) ?? 0,
			skew: numberOf(fields.skew) ?? 0,
			revoked: numberOf(fields.revoked),
		});
	}
	return found;
}

type Concern = "red" | "wait" | "none";

/** red: entries have waited on it for over a day; wait: something to look at. */
export function concernOf(tablet: Tablet, now: number): Concern {
	const silence = tablet.lastContact === null ? 0 : now - tablet.lastContact;
	if (tablet.unsent > 0 && silence > OVERDUE) return "red";
	if (tablet.unsent > 0) return "wait";
	return tablet.revoked === null && (silence > SILENT || clockIsOff(tablet)) ? "wait" : "none";
}

/** The clock is off by more than a lesson's break: worth setting right. */
export function clockIsOff(tablet: Tablet): boolean {
	return Math.abs(tablet.skew) >= OFF;
}

const RANK: Record<Concern, number> = { red: 0, wait: 1, none: 2 };

/** The most worrying first, what is revoked last; of equals the longest silent. */
export function byConcern(tablets: readonly Tablet[], now: number): Tablet[] {
	return [...tablets].sort(
		(a, b) =>
			RANK[concernOf(a, now)] - RANK[concernOf(b, now)] ||
			Number(a.revoked !== null) - Number(b.revoked !== null) ||
			b.unsent - a.unsent ||
			(a.lastContact ?? 0) - (b.lastContact ?? 0),
	);
}
