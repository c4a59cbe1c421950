/** Lessons as the teacher asks about them: whose they are today, what is not filled in, which topic comes next. */

import { type Accessor, createMemo } from "solid-js";
import type { LessonPlace, View } from "../../engine/types";
import { momentOf } from "../../rules/days";
import { useLessons, useLive, useRow, useSession } from "../context";
import { useMyJournals } from "./mine";

export interface DayLesson {
	readonly place: LessonPlace;
	readonly record: View<"lesson"> | null;
	/** Given for a colleague. */
	readonly substituting: boolean;
	/** A colleague gives it: their id. */
	readonly givenBy: string | null;
	readonly noTopic: boolean;
	readonly noRoll: boolean;
	/** It has begun, or its day is over. */
	readonly begun: boolean;
	/** It is going on now. */
	readonly current: boolean;
}

/** True when the lesson should have been filled in by now, by this person, and is not. */
export function isUnfilled(lesson: DayLesson): boolean {
	return lesson.begun && lesson.givenBy === null && (lesson.noTopic || lesson.noRoll);
}

/** This person's lessons with from <= date < until, in order of day and bell. */
export function useMyLessons(from: Accessor<string>, until: Accessor<string>): Accessor<readonly DayLesson[]> {
	const live = useLive();
	const mine = useMyJournals();
	const session = useSession();
	const school = useRow("school", () => session().school);
	const places = useLessons(() => mine().all, from, until);
	return createMemo(() => {
		const zone = school()?.values.timezone;
		const now = live.now();
		const today = live.today();
		const found: DayLesson[] = [];
		for (const place of places()) {
			const { journal, date, number } = place;
			const substituting = mine().substituting(journal, date, number);
			if (!substituting && !mine().own(journal, date)) continue;
			const record = live.engine.row("lesson", place.key);
			const starts = at(place, place.starts, zone);
			const ends = at(place, place.ends, zone);
			found.push({
				place,
				record,
				substituting,
				givenBy: substituting ? null : mine().substitutedBy(journal, date, number),
				noTopic: !record?.values.topic,
				noRoll: record?.values.roll !== true,
				begun: date < today || (date === today && (starts ?? 0) <= now),
				current: date === today && starts !== null && ends !== null && starts <= now && now < ends,
			});
		}
		return found.sort((a, b) => a.place.date.localeCompare(b.place.date) || a.place.number - b.place.number);
	});
}

function at(place: LessonPlace, time: string | null, zone: string | null | undefined): number | null {
	if (time === null) return null;
	const [hours, minutes] = time.split(":").map(Number);
	return momentOf(place.date, zone) + ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}

export interface PlanLine {
	readonly number: number;
	readonly topic: string;
	readonly work: string | null;
	/** The day it was given on, or null. */
	readonly given: string | null;
}

/** The thematic plan in order, each line with the day it was given on. */
export function planOf(items: Iterable<View<"plan_item">>, lessons: Iterable<View<"lesson">>): PlanLine[] {
	const given = new Map<number, string>();
	for (const { values, parts } of lessons) {
		const date = parts["date"] ?? "";
		if (values.plan === null || !values.topic) continue;
		const known = given.get(values.plan);
		if (known === undefined || date < known) given.set(values.plan, date);
	}
	const lines: PlanLine[] = [];
	for (const { values, parts } of items) {
		if (!values.topic) continue;
		const number = Number(parts["number"]);
		lines.push({
			number,
			topic: values.topic,
			work: values.work,
			given: given.get(number) ?? null,
		});
	}
	return lines.sort((a, b) => a.number - b.number);
}

/** The line to suggest for a lesson of that day: the first after the last one given before it, not yet given. */
export function nextTopic(plan: readonly PlanLine[], day: string): PlanLine | null {
	let last = 0;
	for (const line of plan) if (line.given !== null && line.given < day && line.number > last) last = line.number;
	return plan.find((l) => l.number > last && l.given === null) ?? plan.find((l) => l.given === null) ?? null;
}
