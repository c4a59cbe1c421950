/** The school's settings as a form: what is in the fields, whether it can be written, and which cells changed. */

import type { School } from "../../generated/model";
import { GRACE_DAYS } from "../../rules/locks";
import { WEIGHTS } from "../../rules/marks";
import { WINDOW_DAYS } from "../../rules/windows";

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

/** Fields as typed: numbers are text until they are read. */
export interface Draft {
	readonly windowDays: string;
	readonly graceDays: string;
	readonly holdInDoubt: boolean;
	readonly publication: "live" | "daily";
	readonly publishAt: string;
	readonly weights: Readonly<Record<string, string>>;
}

/** What stands now; where the school says nothing, the usual. */
export function draftOf(school: School | undefined): Draft {
	const weights: Record<string, string> = {};
	for (const work of WORKS)
		weights[work] = String(school?.weights?.[work] ?? (school?.weights ? 1 : (WEIGHTS[work] ?? 1)));
	return {
		windowDays: String(school?.window_days ?? WINDOW_DAYS),
		graceDays: String(school?.grace_days ?? GRACE_DAYS),
		holdInDoubt: school?.hold_in_doubt === true,
		publication: school?.publication === "daily" ? "daily" : "live",
		publishAt: school?.publish_at ?? "17:00",
		weights,
	};
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
	return faults;
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
	return set;
}
