/**
 * The list of a journal's pupils: everyone who was of the class in some part of the year, with the days they were of it.
 *
 * Who left or came stays on the list, so that their marks stay readable; `enrolledOn` tells their days.
 */

import { type Accessor, createMemo } from "solid-js";
import type { View } from "../../engine/types";
import { useRow, useRows } from "../context";

export interface PupilLine {
	readonly pupil: string;
	readonly name: string;
	/** Days of enrolment, half-open; an empty end is open. */
	readonly spans: readonly (readonly [starts: string, ends: string])[];
	/** Of the subgroup that this journal teaches (true for a whole class). */
	readonly member: boolean;
}

/** True when the pupil was of the class and subgroup that day. */
export function enrolledOn(line: PupilLine, day: string): boolean {
	return line.member && line.spans.some(([starts, ends]) => starts <= day && (ends === "" || day < ends));
}

/** True when the pupil was of the class and subgroup on some day with from <= day < until. */
export function isOfSpan(line: PupilLine, from: string, until: string): boolean {
	return line.member && line.spans.some(([starts, ends]) => starts < until && (ends === "" || from < ends));
}

const from = ([starts, ends]: [string, string], day: string): [string, string] => [starts > day ? starts : day, ends];
const upTo = ([starts, ends]: [string, string], day: string): [string, string] => [
	starts,
	ends !== "" && ends < day ? ends : day,
];

/** The pupils of a class, or of its subgroup, in the order of the list. */
export function rosterOf(
	enrolments: Iterable<View<"enrolment">>,
	members: ReadonlyMap<string, View<"member">>,
	classId: string,
	subgroup: string,
): PupilLine[] {
	const found = new Map<string, { name: string; spans: [string, string][]; latest: string }>();
	for (const row of enrolments) {
		const pupil = row.parts["pupil"] ?? "";
		const starts = row.parts["starts"] ?? "";
		const line = found.get(pupil) ?? { name: "", spans: [], latest: "" };
		line.spans.push([starts, row.values.ends ?? ""]);
		if (starts >= line.latest) {
			line.latest = starts;
			line.name = row.values.name ?? line.name;
		}
		found.set(pupil, line);
	}
	const lines: PupilLine[] = [];
	for (const [pupil, { name, spans }] of found) {
		const row = subgroup ? members.get(`${classId}/${subgroup}/${pupil}`) : null;
		if (row === undefined) continue; // never of this subgroup
		const { active, since } = row?.values ?? { active: true, since: null };
		// From `since` on of the subgroup, or no longer of it; before that day the opposite held.
		const within = since === null ? spans : spans.map((span) => (active ? from(span, since) : upTo(span, since)));
		lines.push({ pupil, name, spans: within, member: active === true || since !== null });
	}
	return lines.sort((a, b) => a.name.localeCompare(b.name, "ru"));
}

/** The roster of a journal, following its class. */
export function useRoster(journal: Accessor<string>): Accessor<readonly PupilLine[]> {
	const row = useRow("journal", journal);
	const classId = (): string => row()?.values.class_id ?? "";
	const scope = (): string => (classId() ? `class:${classId()}` : "");
	const enrolments = useRows("enrolment", scope);
	const members = useRows("member", scope);
	return createMemo(() => rosterOf(enrolments().values(), members(), classId(), row()?.values.subgroup ?? ""));
}
