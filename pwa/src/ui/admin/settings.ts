/** The school's settings as a form: what is in the fields, whether it can be written, and which cells changed. */

import { termsOf } from "../../engine/moments";
import type { School } from "../../generated/model";
import { GRACE_DAYS } from "../../rules/locks";
import { FLOORS, THRESHOLDS, WEIGHTS } from "../../rules/marks";
import { LEASE_DAYS, LOCK_MINUTES, MARKS, MEANS, senseless } from "../../rules/settings";
import { WINDOW_DAYS } from "../../rules/windows";
import { localDecimal } from "../phrases/format";

export const WORKS = [
	"answer",
	"control",
	"independent",
	"practical",
	"laboratory",
	"excursion",
	"homework",
	"dictation",
] as const;
export const MAX_DAYS = 365;
export const MAX_WEIGHT = 10;
/** Marks that thresholds propose, and the weekly hours from which a floor counts. */
export const PROPOSED = ["5", "4", "3"] as const;
export const HOURS = ["1", "3", "5"] as const;

/** Fields as typed: numbers are text until they are read. */
export interface Draft {
	readonly windowDays: string;
	readonly graceDays: string;
	readonly holdInDoubt: boolean;
	readonly publication: "live" | "daily";
	readonly publishAt: string;
	readonly weights: Readonly<Record<string, string>>;
	readonly lockMinutes: string;
	readonly leaseDays: string;
	/** Means as people write them: "4,50". */
	readonly thresholds: Readonly<Record<string, string>>;
	readonly floors: Readonly<Record<string, string>>;
}

/** What stands now; where the school says nothing, the usual. */
export function draftOf(school: School | undefined): Draft {
	const weights: Record<string, string> = {};
	const usual = termsOf(school);
	for (const work of WORKS)
		weights[work] = String(school?.weights?.[work] ?? (school?.weights ? 1 : (WEIGHTS[work] ?? 1)));
	return {
		windowDays: String(school?.window_days ?? WINDOW_DAYS),
		graceDays: String(school?.grace_days ?? GRACE_DAYS),
		holdInDoubt: school?.hold_in_doubt === true,
		publication: school?.publication === "daily" ? "daily" : "live",
		publishAt: school?.publish_at ?? "17:00",
		weights,
		lockMinutes: String(usual.lockMinutes),
		leaseDays: String(usual.leaseDays),
		thresholds: Object.fromEntries(
			PROPOSED.map((mark) => [mark, meanText(school?.thresholds?.[mark] ?? THRESHOLDS[mark] ?? 0)]),
		),
		floors: Object.fromEntries(
			HOURS.map((hours) => [hours, String((school?.floors ?? FLOORS)[hours] ?? FLOORS[hours] ?? 0)]),
		),
	};
}

/** Hundredths as people write a mean in their language: "4,50". */
function meanText(hundredths: number): string {
	return localDecimal((hundredths / 100).toFixed(2));
}

/** A mean in hundredths; null when the text is none between the least and the best. */
export function meanOf(text: string): number | null {
	if (!/^[1-5]([.,][0-9]{1,2})?$/.test(text.trim())) return null;
	const hundredths = Math.round(Number(text.trim().replace(",", ".")) * 100);
	return hundredths <= MEANS[1] ? hundredths : null;
}

/** A whole number from 0 to `most`; null when the text is none. */
export function wholeOf(text: string, most: number): number | null {
	const value = text.trim();
	return /^[0-9]{1,4}$/.test(value) && Number(value) <= most ? Number(value) : null;
}

/** The fields that can't be written as they are. */
export function faultsOf(draft: Draft): Set<string> {
	const faults = new Set<string>();
	if (wholeOf(draft.windowDays, MAX_DAYS) === null) faults.add("windowDays");
	if (wholeOf(draft.graceDays, MAX_DAYS) === null) faults.add("graceDays");
	if (!/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(draft.publishAt)) faults.add("publishAt");
	for (const work of WORKS) if (wholeOf(draft.weights[work] ?? "", MAX_WEIGHT) === null) faults.add(work);
	if (!(wholeOf(draft.lockMinutes, LOCK_MINUTES[1]) ?? 0)) faults.add("lockMinutes");
	if (!(wholeOf(draft.leaseDays, LEASE_DAYS[1]) ?? 0)) faults.add("leaseDays");
	for (const mark of PROPOSED) if (meanOf(draft.thresholds[mark] ?? "") === null) faults.add(`threshold ${mark}`);
	for (const hours of HOURS) if (wholeOf(draft.floors[hours] ?? "", MARKS) === null) faults.add(`floor ${hours}`);
	if (![...faults].some((fault) => fault.startsWith("threshold")) && senseless({ thresholds: thresholdsOf(draft) }))
		faults.add("thresholds");
	return faults;
}

function thresholdsOf(draft: Draft): Record<string, number> {
	return Object.fromEntries(PROPOSED.map((mark) => [mark, meanOf(draft.thresholds[mark] ?? "") ?? 0]));
}

/** The cells that differ from what stands; empty when nothing does. Only for a draft without faults. */
export function changesOf(draft: Draft, school: School | undefined): Partial<School> {
	const before = draftOf(school);
	const set: Partial<School> = {};
	if (draft.windowDays !== before.windowDays) set.window_days = wholeOf(draft.windowDays, MAX_DAYS);
	if (draft.graceDays !== before.graceDays) set.grace_days = wholeOf(draft.graceDays, MAX_DAYS);
	if (draft.holdInDoubt !== before.holdInDoubt) set.hold_in_doubt = draft.holdInDoubt;
	if (draft.publication !== before.publication) set.publication = draft.publication;
	if (draft.publishAt !== before.publishAt) set.publish_at = draft.publishAt;
	if (WORKS.some((work) => draft.weights[work] !== before.weights[work])) {
		const weights: Record<string, number> = { ...school?.weights };
		for (const work of WORKS) weights[work] = wholeOf(draft.weights[work] ?? "", MAX_WEIGHT) ?? 1;
		set.weights = weights;
	}
	if (draft.lockMinutes !== before.lockMinutes) set.lock_minutes = wholeOf(draft.lockMinutes, LOCK_MINUTES[1]);
	if (draft.leaseDays !== before.leaseDays) set.lease_days = wholeOf(draft.leaseDays, LEASE_DAYS[1]);
	if (PROPOSED.some((mark) => meanOf(draft.thresholds[mark] ?? "") !== meanOf(before.thresholds[mark] ?? "")))
		set.thresholds = thresholdsOf(draft);
	if (HOURS.some((hours) => draft.floors[hours] !== before.floors[hours])) {
		const floors: Record<string, number> = { ...(school?.floors ?? FLOORS) };
		for (const hours of HOURS) floors[hours] = wholeOf(draft.floors[hours] ?? "", MARKS) ?? 0;
		set.floors = floors;
	}
	return set;
}
