/** The school's settings and calendar, as the screens need them: terms in order, weights, the window of corrections. */

import { type Accessor, createMemo } from "solid-js";
import type { View } from "../../engine/types";
import { GRACE_DAYS } from "../../rules/locks";
import type { Settings as Weights } from "../../rules/marks";
import { WINDOW_DAYS } from "../../rules/windows";
import { useLive, useRow, useRows, useSession } from "../context";
import { field } from "../phrases/field";
import { anyOf } from "../phrases/format";
import { fullName } from "./names";

export interface Settings {
	readonly windowDays: number;
	readonly graceDays: number;
	readonly weights: Weights;
	/** Mark -> the least mean for it, in hundredths; null: the usual ones. */
	readonly thresholds: Weights;
	/** Weekly hours -> marks asked for in a term; null: the usual ones. */
	readonly floors: Weights;
	readonly scale: readonly string[] | null;
	readonly name: string;
}

export function useSettings(): Accessor<Settings> {
	const session = useSession();
	const row = useRow("school", () => session().school);
	return createMemo(() => {
		const school = row()?.values;
		return {
			windowDays: school?.window_days ?? WINDOW_DAYS,
			graceDays: school?.grace_days ?? GRACE_DAYS,
			weights: school?.weights ?? null,
			thresholds: school?.thresholds ?? null,
			floors: school?.floors ?? null,
			scale: school?.scale ?? null,
			name: school?.name ?? session().school_name,
		};
	});
}

/** A term with its days (half-open). */
export interface TermSpan {
	readonly id: string;
	readonly name: string;
	readonly starts: string;
	readonly ends: string;
	readonly year: string;
	readonly locked: boolean;
}

/** All terms that have days, in order. */
export function useTerms(): Accessor<readonly TermSpan[]> {
	const rows = useRows("term", "school");
	return createMemo(() =>
		[...rows().values()]
			.flatMap((row: View<"term">): TermSpan[] => {
				const { name, starts, ends, year, locked } = row.values;
				if (!starts || !ends) return [];
				return [
					{
						id: row.key,
						name: field().termName(name ?? ""),
						starts,
						ends,
						year: year ?? "",
						locked: locked === true,
					},
				];
			})
			.sort((a, b) => a.starts.localeCompare(b.starts)),
	);
}

export function termOn(terms: readonly TermSpan[], day: string): TermSpan | null {
	return terms.find((t) => t.starts <= day && day < t.ends) ?? null;
}

/** The holidays a day falls in, or null. */
export function useBreakOn(): (day: string) => string | null {
	const rows = useRows("break", "school");
	return (day) => {
		for (const row of rows().values()) {
			const { starts, ends, name } = row.values;
			if (starts && ends && starts <= day && day < ends) return name ?? "";
		}
		return null;
	};
}

/** Who may approve a held entry now, by full name; null when the school has nobody of that role, "" for the reader's own self. */
export function useDeputyName(): Accessor<string | null> {
	const live = useLive();
	const grants = useRows("grant", "school");
	const people = useRows("person", "school");
	return createMemo(() => {
		const today = live.today();
		const names: string[] = [];
		for (const { values: grant } of grants().values()) {
			if (grant.role !== "deputy_head" || !grant.person) continue;
			if (grant.starts && today < grant.starts) continue;
			if (grant.ends && today >= grant.ends) continue;
			if (grant.person === live.session()?.person) return "";
			const name = fullName(people().get(grant.person)?.values);
			if (name !== "" && !names.includes(name)) names.push(name);
		}
		return names.length > 0 ? anyOf(names.sort()) : null;
	});
}
