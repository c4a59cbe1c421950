/**
 * The ladder of rules on the tablet: what the server would say of an entry. As `sync/rules.py`; vectors keep both in
 * step. It greys out and warns; the server alone decides.
 *
 * form → access → sense → lock → window. The first rung that fails decides; a stranger learns nothing about locks.
 */

import type { Reason, Verdict } from "../generated/messages";
import type { Kind } from "../generated/model";
import { accessEdges, authority, DEPUTY, NONE } from "./access";
import type { Target } from "./approvals";
import { holds, momentOf } from "./days";
import type { Facts, Values } from "./facts";
import type { Written } from "./form";
import { archivedAt, graceUntil, isLawful, lockedSince } from "./locks";
import type { Parts } from "./record";
import { senseless } from "./settings";
import { correctionWindow } from "./windows";

/**
 * What the rules look at: the entry, its author, the record as it stands, and the moment of arrival (UTC ms).
 * `approves`: what it writes by approval.
 */
export interface Case {
	readonly op: Written;
	readonly kind: Kind;
	readonly parts: Parts;
	readonly person: string;
	readonly values: Values;
	readonly arrived: number;
	readonly approves?: Target | null;
}

/** `after` < moment of writing <= `before`. `written`: the best single moment. `consistent`: the clock may decide. */
export interface Interval {
	readonly after: number;
	readonly before: number;
	readonly written: number;
	readonly consistent: boolean;
}

/** A verdict with its reason and the facts to put it in words. */
export interface Decided {
	readonly verdict: Verdict;
	readonly reason: Reason;
	readonly detail: Values;
	readonly written: number;
	readonly authority: number;
}

type Why = readonly [reason: Reason, detail: Values];

/** The verdict before merge: accepted, held or refused. */
export function judge(at: Case, facts: Facts, evidence: Interval): Decided {
	const { after, before, written, consistent } = evidence;
	const foolish = sense(at, facts, before);
	const on = (moment: number) => ladder(at, facts, moment, written, foolish);
	const first = after + 1;
	const inside = edges(at, facts)
		.filter((e) => first < e && e <= before)
		.sort((a, b) => a - b);
	if (!inside.length) return on(written);
	const sides = [first, ...inside].map(on);
	const last = sides[sides.length - 1] as Decided;
	const sure = sides.every((s) => s.verdict === last.verdict);
	if (consistent && facts.school.hold_in_doubt !== true) {
		const found = on(written);
		const byClock = found.verdict === "accepted" && (!found.reason || !sure);
		return byClock ? { ...found, reason: "on_clock" } : found;
	}
	if (sure) return last;
	const rank = Math.max(...sides.map((s) => s.authority));
	return { verdict: "held", reason: "in_doubt", detail: { after, before }, written, authority: rank };
}

function ladder(at: Case, facts: Facts, moment: number, written: number, foolish: Why | null): Decided {
	const rank = authority(at.kind, Object.keys(at.op.set), at.parts, at.person, moment, facts);
	const say = (verdict: Verdict, [reason, detail]: Why = ["", {}]): Decided => ({
		verdict,
		reason,
		detail,
		written,
		authority: rank,
	});
	if (rank === NONE) return say("refused", ["not_yours", {}]);
	if (foolish) return say("refused", foolish);
	const [year] = guardsOf(at, facts);
	const archived = year && archivedAt(year.changes, moment);
	if (archived) {
		return say("refused", ["year_archived", { since: archived.at, by: archived.person, year: year.year }]);
	}
	if (rank >= DEPUTY || opened(at, facts, moment)) return say("accepted");
	const late = lock(at, facts, moment);
	if (late && late[0] !== "in_grace") return say("held", late);
	const window = windowOf(at, facts);
	if (window && moment >= window.closes) {
		return say("held", ["window_closed", { given: window.opens, since: window.closes }]);
	}
	return say("accepted", late ?? undefined);
}

/** The year and the term whose locks bind: of an approval, those of what it writes. */
export function guardsOf(at: Case, facts: Facts): ReturnType<Facts["guardsOf"]> {
	const { dated, parts } = at.approves ?? { dated: at.kind.dated, parts: at.parts };
	return facts.guardsOf(dated, parts);
}

/** True when the deputy head has opened what this entry is about for its author. */
function opened(at: Case, facts: Facts, moment: number): boolean {
	const term = guardsOf(at, facts)[1]?.term ?? "";
	return facts
		.openingsOf(at.person)
		.some(
			(o) => holds(o.span, moment) && ["", term].includes(o.term) && ["", at.parts.journal ?? ""].includes(o.journal),
		);
}

const YEAR = { kind: "year", reason: "year_locked" } as const;
const TERM = { kind: "term", reason: "term_locked" } as const;

/** Held under the lock of year or term, or late after one: the lock whose grace ends first decides. */
function lock(at: Case, facts: Facts, moment: number): Why | null {
	const [year, term] = guardsOf(at, facts);
	let late: { until: number; since: number; by: string } | null = null;
	for (const guard of [year && { ...year, ...YEAR }, term && { ...term, ...TERM }]) {
		if (!guard) continue;
		const name = { [guard.kind]: guard.kind === "year" ? year?.year : term?.term };
		const then = lockedSince(guard.changes, moment);
		if (then) return [guard.reason, { since: then[0], by: then[1], ...name }];
		const now = lockedSince(guard.changes, at.arrived);
		if (!now) continue;
		const until = graceUntil(now[0], facts.school.grace_days);
		if (!late || until < late.until) late = { since: now[0], by: now[1], until, ...name };
	}
	return late && [at.arrived < late.until ? "in_grace" : "after_grace", late];
}

function windowOf(at: Case, facts: Facts) {
	const given = at.values.given;
	const guarded = Object.keys(at.op.set).some((c) => at.kind.cells[c]?.window);
	return typeof given === "number" && guarded ? correctionWindow(given, facts.school.window_days) : null;
}

/** Moments at which the answer may change. */
export function edges(at: Case, facts: Facts): number[] {
	const found = accessEdges(at.op.kind, at.parts, at.person, facts);
	for (const guard of guardsOf(at, facts)) found.push(...(guard?.changes ?? []).map((c) => c.at));
	const window = windowOf(at, facts);
	if (window) found.push(window.closes);
	for (const { span } of facts.openingsOf(at.person)) found.push(span.opens, span.closes);
	return found;
}

/**
 * Why the entry can't be right whoever wrote it, or null: day, pupil, scale, and that a matter is still open.
 * `before`: the last moment at which it can have been written.
 */
function sense(at: Case, facts: Facts, before: number): Why | null {
	const { op, parts, values } = at;
	// A lock is never changed without saying why.
	if (op.kind === "term" && "locked" in op.set && !String(op.set.reason ?? "").trim()) {
		return ["bad_value", { cell: "reason" }];
	}
	if (op.kind === "year" && "state" in op.set) return senseOfStep(at);
	// Nor is anything opened without a bound, an end and a reason; without an end it is called off.
	if (op.kind === "opening" && !isWholeOpening({ ...values, ...op.set })) return ["bad_value", { cell: "reason" }];
	const unlawful = op.kind === "school" ? senseless(op.set) : null;
	if (unlawful) return ["bad_value", { cell: unlawful }];
	const { journal, date, pupil } = parts;
	if (journal === undefined || op.kind === "journal") return senseOfDecision(at);
	const known = facts.get("journal", journal);
	if (!known) return ["unknown_record", {}];
	if (date !== undefined && !facts.inYear(date)) return ["out_of_year", { date }];
	if (date !== undefined && before < momentOf(date, facts.timezone) && tellsOfLesson(at))
		return ["not_begun", { date }];
	const classId = String(known.class_id ?? "");
	if (pupil !== undefined && date === undefined) {
		// A term mark: enrolled at some time is enough, a pupil may leave before the term ends.
		if (!facts.knows(classId, pupil)) return ["unknown_pupil", {}];
	} else if (pupil !== undefined && date !== undefined) {
		const enrolled = facts.enrolled(classId, String(known.subgroup ?? ""), pupil, date);
		if (enrolled === null) return ["unknown_pupil", {}];
		if (!enrolled) return ["not_enrolled", { date }];
	}
	return senseOfMark(at, facts, classId);
}

/** True when the entry says what happened at the lesson; to clear such a thing is lawful at any time. */
function tellsOfLesson({ op, kind }: Case): boolean {
	return Object.entries(op.set).some(([cell, value]) => value !== null && kind.cells[cell]?.begun);
}

function senseOfStep({ op, values }: Case): Why | null {
	const [from, to] = [String(values.state ?? "open"), String(op.set.state ?? "open")];
	if (!isLawful(from, to)) return ["illegal_step", { from, to }];
	return String(op.set.reason ?? "").trim() ? null : ["bad_value", { cell: "reason" }];
}

function isWholeOpening({ term, journal, reason, ends }: Values): boolean {
	return Boolean((term || journal) && String(reason ?? "").trim()) || (ends ?? null) === null;
}

function senseOfDecision({ op, parts, values }: Case): Why | null {
	if (op.kind !== "matter") return null;
	const own = parts.holder?.startsWith("inbox:") ?? false;
	// To have read what was decided is no second decision.
	const reads = own && Object.keys(op.set).join() === "seen";
	if ((values.outcome ?? null) !== null) return reads ? null : ["already_decided", { outcome: values.outcome }];
	if ("seen" in op.set) return ["bad_value", { cell: "seen" }];
	const lawful = own ? ["withdrawn"] : ["approved", "declined"];
	if ("outcome" in op.set && !lawful.includes(String(op.set.outcome))) return ["bad_value", { cell: "outcome" }];
	return values.kind ? null : ["unknown_record", {}];
}

function senseOfMark({ op, kind }: Case, facts: Facts, classId: string): Why | null {
	for (const [cell, value] of Object.entries(op.set)) {
		if (value === null || kind.cells[cell]?.text !== "mark") continue;
		if (facts.get("class", classId)?.grade === 1) return ["no_marks", {}];
		if (!facts.scale.has(String(value))) return ["off_scale", { cell }];
	}
	return null;
}
