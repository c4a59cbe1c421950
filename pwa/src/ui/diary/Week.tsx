/**
 * The week: a strip of days with dots for news, and the days themselves. A phone shows the chosen day, a wide screen
 * the whole spread of the paper diary, and so does the printer.
 */

import { createEffect, createMemo, For, Index, type JSX, Show } from "solid-js";
import { dayAfter } from "../../rules/days";
import { useToday } from "../context";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { diary } from "../phrases/diary";
import { dayText, dayTitle } from "../phrases/format";
import { Lesson, TaskLine } from "./Lesson";
import { begin, isNews, lookedAt } from "./news";
import { firstDay } from "./opening";
import { type DiaryDay, mondayOf, type Sources, weekOf } from "./week";

export function Week(props: { from: Sources; day: string }): JSX.Element {
	const today = useToday();
	const days = createMemo(() => weekOf(mondayOf(props.day), props.from));
	const chosen = createMemo(() => days().find((d) => d.date === props.day) ?? days()[0]);
	const at = (weeks: number): string => `/diary/${dayAfter(mondayOf(props.day), 7 * weeks)}`;
	const opening = createMemo(() => firstDay(today(), props.from));
	createEffect(() => begin(props.from.pupil, highest(props.from)));
	createEffect(() => {
		const day = chosen();
		if (day) lookedAt(props.from.pupil, day.date, day.seq);
	});
	return (
		<div class="diary">
			<div class="week-bar no-print">
				<a
					class="btn quiet bare"
					href={at(-1)}
					data-replace=""
					aria-label={diary().previousWeek}
					title={diary().previousWeek}
				>
					<Icon name="back" size={18} />
				</a>
				<nav class="week" aria-label={diary().days}>
					<Index each={days()}>
						{(day) => (
							<Strip
								day={day()}
								on={day().date === chosen()?.date}
								news={day().date !== chosen()?.date && isNews(props.from.pupil, day().date, day().seq)}
							/>
						)}
					</Index>
				</nav>
				<a class="btn quiet bare" href={at(1)} data-replace="" aria-label={diary().nextWeek} title={diary().nextWeek}>
					<Icon name="forward" size={18} />
				</a>
			</div>
			<div class="week-tools">
				<h2>{weekText(mondayOf(props.day), days().at(-1)?.date ?? props.day)}</h2>
				<span class="grow" />
				<Show when={mondayOf(props.day) !== mondayOf(opening())}>
					<a class="btn no-print" href="/diary" data-replace="">
						{opening() === today() ? diary().thisWeek : diary().nextDay}
					</a>
				</Show>
				<Button class="no-print" tone="quiet" icon="print" label={diary().print} onClick={() => print()} />
			</div>
			<div class="spread">
				<Index each={days()}>{(day) => <Day day={day()} on={day().date === chosen()?.date} today={today()} />}</Index>
			</div>
		</div>
	);
}

/** "16 – 21 ноября", "30 ноября – 5 декабря": the month is said once where it is one. */
function weekText(from: string, to: string): string {
	return diary().weekOf(dayText(from, from.slice(0, 7) === to.slice(0, 7) ? "number" : "long"), dayText(to));
}

function highest(from: Sources): number {
	let seq = 0;
	for (const row of from.lines.values()) seq = Math.max(seq, row.seq);
	for (const row of from.published.values()) seq = Math.max(seq, row.seq);
	return seq;
}

function Strip(props: { day: DiaryDay; on: boolean; news: boolean }): JSX.Element {
	const today = useToday();
	const isToday = (): boolean => props.day.date === today();
	return (
		<a
			href={`/diary/${props.day.date}`}
			data-replace=""
			classList={{ on: props.on, new: props.news, today: isToday(), free: props.day.lessons.length === 0 }}
			aria-current={props.on ? "date" : undefined}
			aria-label={diary().dayLabel(dayText(props.day.date, "full"), isToday(), props.news)}
		>
			<span>{dayText(props.day.date, "weekday")}</span>
			<b>{dayText(props.day.date, "number")}</b>
			<i aria-hidden="true" />
		</a>
	);
}

function Day(props: { day: DiaryDay; on: boolean; today: string }): JSX.Element {
	return (
		<section class="day" classList={{ on: props.on }} aria-label={dayText(props.day.date, "full")}>
			<h3>
				{dayTitle(props.day.date)}
				<Show when={props.day.date === props.today}>
					<small> {diary().today}</small>
				</Show>
			</h3>
			<Show when={props.day.lessons.length > 0} fallback={<Free day={props.day} />}>
				<ol class="day-lessons">
					<For each={props.day.lessons}>
						{(lesson) => (
							<li>
								<Lesson lesson={lesson} past={props.day.date < props.today} />
							</li>
						)}
					</For>
				</ol>
			</Show>
			<Show when={props.day.tasks.length > 0}>
				<div class="also">
					<h4>{diary().dueToday}</h4>
					<For each={props.day.tasks}>{(task) => <TaskLine task={task} named />}</For>
				</div>
			</Show>
		</section>
	);
}

function Free(props: { day: DiaryDay }): JSX.Element {
	const words = (): { title: string; text: string } => {
		const { holiday, inTerm, date } = props.day;
		if (holiday !== null) return { title: diary().holiday(holiday), text: diary().holidayText };
		if (!inTerm) return { title: diary().outOfYear, text: diary().outOfYearText };
		return { title: dayTitle(date, "weekdayLong"), text: diary().noLessonsText };
	};
	return (
		<div class="free">
			<b>{props.day.inTerm && props.day.holiday === null ? diary().noLessons : words().title}</b>
			<small>{words().text}</small>
		</div>
	);
}
