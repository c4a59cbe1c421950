/**
 * Days, moments and numbers in words: the language of the screen, the time zone of the school.
 *
 * A day is an ISO date and has no zone. A moment is UTC ms and is shown in the school's zone, wherever the tablet is.
 */

import { createSignal } from "solid-js";
import { language } from "./book";

const [zone, setZone] = createSignal<string | undefined>(undefined);

/** The school's time zone, once its record is known; a zone that this browser does not know is left alone. */
export function useZone(name: string | null | undefined): void {
	if (!name || name === zone()) return;
	try {
		new Intl.DateTimeFormat("ru", { timeZone: name });
		setZone(name);
	} catch {
		setZone(undefined);
	}
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const id = `${language()} ${options.timeZone ?? ""} ${name}`;
	const known = formats.get(id) ?? new Intl.DateTimeFormat(locale(), options);
	formats.set(id, known);
	return known;
}

/** The locale that numbers and dates are written in. */
export function locale(): string {
	return language() === "en" ? "en-GB" : "ru-RU";
}

const DAYS = {
	/** 24 нояб. */
	short: { day: "numeric", month: "short" },
	/** 24 ноября */
	long: { day: "numeric", month: "long" },
	/** понедельник, 24 ноября */
	full: { weekday: "long", day: "numeric", month: "long" },
	/** 24 ноября 2026 г. */
	dated: { day: "numeric", month: "long", year: "numeric" },
	/** пн */
	weekday: { weekday: "short" },
	/** понедельник */
	weekdayLong: { weekday: "long" },
	/** ноябрь */
	month: { month: "long" },
	/** нояб. */
	monthShort: { month: "short" },
	/** 24 */
	number: { day: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type DayStyle = keyof typeof DAYS;

/** An ISO day in words. */
export function dayText(day: string, style: DayStyle = "long"): string {
	const noon = Date.parse(`${day}T12:00:00Z`);
	if (Number.isNaN(noon)) return day;
	return formatOf(style, { ...DAYS[style], timeZone: "UTC" }).format(noon);
}

/** The same with a capital first letter, for the beginning of a line. */
export function dayTitle(day: string, style: DayStyle = "full"): string {
	return capital(dayText(day, style));
}

export function capital(text: string): string {
	return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}

/** "10:50" of a moment. */
export function clockText(moment: number): string {
	return formatOf("clock", {
		hour: "2-digit",
		minute: "2-digit",
		...inZone(),
	}).format(moment);
}

/** The ISO day on which a moment falls at the school. */
export function dayOf(moment: number): string {
	const parts = new Intl.DateTimeFormat("en-CA", {
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		...inZone(),
	});
	return parts.format(moment);
}

/** "24 нояб., 10:50"; only "10:50" when the moment falls on `today`. */
export function momentText(moment: number, today?: string): string {
	if (today !== undefined && dayOf(moment) === today) return clockText(moment);
	return formatOf("moment", {
		day: "numeric",
		month: "short",
		hour: "2-digit",
		minute: "2-digit",
		...inZone(),
	}).format(moment);
}

/** "А, Б или В" */
export function anyOf(names: readonly string[]): string {
	return new Intl.ListFormat(locale(), { type: "disjunction" }).format(names);
}

/** A decimal number of the rules ("4.67") with the sign of the language. */
export function localDecimal(text: string): string {
	return language() === "ru" ? text.replace(".", ",") : text;
}

/** "420 МБ", "1,2 ГБ". */
export function bytesText(bytes: number): string {
	const large = bytes >= 1_000_000_000;
	const amount = bytes / (large ? 1_000_000_000 : 1_000_000);
	const style = { style: "unit", unit: large ? "gigabyte" : "megabyte", unitDisplay: "short" } as const;
	return amount.toLocaleString(locale(), { ...style, maximumFractionDigits: large ? 1 : 0 });
}

const UNITS = [
	["day", 86_400_000],
	["hour", 3_600_000],
	["minute", 60_000],
] as const;

/** A length of time in its largest unit: "2 ч", "3 дн.", "5 мин". Less than a minute counts as one. */
export function spanText(ms: number): string {
	const [unit, size] = UNITS.find(([, least]) => ms >= least) ?? (["minute", 60_000] as const);
	return Math.max(1, Math.floor(ms / size)).toLocaleString(locale(), {
		style: "unit",
		unit,
		unitDisplay: "short",
	});
}

function inZone(): { timeZone?: string } {
	const name = zone();
	return name === undefined ? {} : { timeZone: name };
}
