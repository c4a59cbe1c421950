/**
 * Days and moments: a school day as a half-open span of UTC milliseconds in the school's time zone.
 *
 * Where a day begins twice (clocks go back at midnight) the first instant counts; where midnight does not exist, the
 * instant that the offset before the change gives. As `sync/days.py`.
 */

export const DAY = 86_400_000;
export const ALWAYS = 2 ** 53;
const LATEST = 253_370_764_800_000;

/** Half-open span in UTC milliseconds: `opens` is inside, `closes` is not. */
export interface Span {
	readonly opens: number;
	readonly closes: number;
}

/** True while `moment` is inside. */
export function holds(span: Span, moment: number): boolean {
	return span.opens <= moment && moment < span.closes;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const wanted = {
		calendar: "iso8601",
		hourCycle: "h23",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		era: "short",
	} as const;
	let made: Intl.DateTimeFormat;
	try {
		made = new Intl.DateTimeFormat("en-US", { ...wanted, timeZone: zone });
	} catch {
		made = new Intl.DateTimeFormat("en-US", { ...wanted, timeZone: "UTC" });
	}
	formats.set(zone, made);
	return made;
}

/** What the clock on the wall of the zone shows, as if it were UTC. */
function wall(moment: number, zone: string | null | undefined): number {
	if (!zone || zone === "UTC") return moment;
	const found: Record<string, number> = {};
	for (const { type, value } of format(zone).formatToParts(moment)) found[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
	return utc(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
}

function utc(year: number, month: number, day: number): number {
	return new Date(0).setUTCFullYear(year, month - 1, day);
}

const firsts = new Map<string, number>();

/** UTC ms of the first instant of the day (YYYY-MM-DD) in the time zone. */
export function momentOf(day: string, zone: string | null | undefined): number {
	const name = `${day} ${zone ?? ""}`;
	const known = firsts.get(name);
	if (known !== undefined) return known;
	const local = utc(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
	const before = wall(local - DAY, zone) - (local - DAY);
	const after = wall(local + DAY, zone) - (local + DAY);
	let found = local - before;
	if (wall(found, zone) !== local && wall(local - after, zone) === local) found = local - after;
	if (firsts.size > 8192) firsts.clear();
	firsts.set(name, found);
	return found;
}

/** Every zone has been off by whole halves of a minute since 1970: no day begins within one. */
const HALF_MINUTE = 30_000;
let latest = { half: -1, zone: null as string | null | undefined, day: "" };

/** The day (YYYY-MM-DD) on which a moment falls in the time zone; clamped to the years 1970 to 9998. */
export function dayOf(moment: number, zone: string | null | undefined): string {
	const half = Math.floor(Math.min(Math.max(moment, 0), LATEST) / HALF_MINUTE);
	// Each entry asks what day it is, and a calendar's answer costs a third of a millisecond.
	if (latest.half !== half || latest.zone !== zone) {
		latest = { half, zone, day: new Date(wall(half * HALF_MINUTE, zone)).toISOString().slice(0, 10) };
	}
	return latest.day;
}

/** The span of the days from `starts` up to `ends` (outside); an empty end is open. */
export function spanOf(
	starts: string | null | undefined,
	ends: string | null | undefined,
	zone: string | null | undefined,
): Span {
	return {
		opens: starts ? momentOf(starts, zone) : -ALWAYS,
		closes: ends ? momentOf(ends, zone) : ALWAYS,
	};
}

/** The day `count` days after a day. */
export function dayAfter(day: string, count = 1): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
	return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
