/**
 * Access: who may write which cell at a moment, and with what authority. As `sync/access.py`.
 *
 * Holds always:
 * 1. Deputy head over the lesson's teacher over the teacher of a lesson that a substitute gave; 0 means no right.
 * 2. For a substituted lesson the substitute is its teacher.
 */

import type { Kind } from "../generated/model";
import { holds } from "./days";
import { covers, type Facts } from "./facts";
import type { Parts } from "./record";

export const NONE = 0;
export const REGULAR = 1; // the journal's teacher, for a lesson that a substitute gave
export const TEACHER = 2;
export const DEPUTY = 3;

/** The least authority the person has over all these cells at that moment; 0 when one of them is not theirs. */
export function authority(
	kind: Kind,
	cells: readonly string[],
	parts: Parts,
	person: string,
	moment: number,
	facts: Facts,
): number {
	if (!cells.length) return NONE;
	const writers = new Set(cells.map((c) => kind.cells[c]?.writers ?? "server"));
	return Math.min(...[...writers].map((w) => one(w, parts, person, moment, facts)));
}

function one(writers: string, parts: Parts, person: string, moment: number, facts: Facts): number {
	const role = (name: string, target?: string) => facts.role(person, name, moment, target);
	if (writers === "server") return NONE;
	if (writers === "decider" || writers === "author") {
		if (parts.holder === `inbox:${person}`) return TEACHER;
		return writers === "decider" && parts.holder === "office" && role("deputy_head") ? DEPUTY : NONE;
	}
	if (writers === "admin") return role("admin") ? DEPUTY : NONE;
	if (role("deputy_head")) return DEPUTY;
	if (writers === "deputy") return role("admin") ? DEPUTY : NONE;
	const journal = parts.journal ?? "";
	if (writers === "tutor") {
		const classId = facts.get("journal", journal)?.class_id;
		return typeof classId === "string" && classId && role("class_teacher", classId) ? TEACHER : NONE;
	}
	const taught = facts.teachingsOf(journal).some((r) => r.person === person && holds(r.span, moment));
	if (writers === "journal") return taught ? TEACHER : NONE;
	const day = parts.date ?? "";
	const substitutes = facts.substitutionsOf(journal).filter((s) => covers(s, day, parts.number));
	if (substitutes.some((s) => s.person === person && holds(s.span, moment))) return TEACHER;
	if (!taught) return NONE;
	return substitutes.length ? REGULAR : TEACHER;
}

/** Moments at which this person's right to records of this key may change. */
export function accessEdges(kind: string, parts: Parts, person: string, facts: Facts): number[] {
	const spans = facts.rolesOf(person).map((held) => held.span);
	const journal = parts.journal;
	if (journal !== undefined && kind !== "teaching" && kind !== "substitution") {
		for (const right of [...facts.teachingsOf(journal), ...facts.substitutionsOf(journal)]) {
			if (right.person === person) spans.push(right.span);
		}
	}
	return spans.flatMap((span) => [span.opens, span.closes]);
}
