/** The teacher's day: lessons by bell, own and substituted, what is not filled in, and a lesson outside the timetable. */

import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { dayAfter, weekdayOf } from "../../rules/days";
import type { ScreenProps } from "../App";
import { useStatus, useToday } from "../context";
import { offered } from "../install/install";
import { late } from "../late";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { Nothing } from "../parts/Nothing";
import { Page } from "../parts/Page";
import { dayText, dayTitle } from "../phrases/format";
import { terms as termWords } from "../phrases/terms";
import { today as words } from "../phrases/today";
import { isUnfilled, useMyLessons } from "../reading/lessons";
import { useMyJournals } from "../reading/mine";
import { termOn, useBreakOn, useTerms } from "../reading/school";
import { ExtraLesson } from "./ExtraLesson";
import { LessonList } from "./LessonCard";
import "./today.css";

const Offer = late(
	() => import("../install/Offer"),
	() => null,
);

const LOOK_BACK_DAYS = 14;
/** The next school day is looked for beyond the longest holidays within a year's terms. */
const LOOK_AHEAD_DAYS = 21;
/** Term marks are asked for so long before the term ends. */
const TERM_ENDS_DAYS = 14;

export default function Today(_: ScreenProps): JSX.Element {
	const today = useToday();
	const status = useStatus();
	const terms = useTerms();
	const breakOn = useBreakOn();
	const mine = useMyJournals();
	const [chosen, setChosen] = createSignal<string | null>(null);
	const [adding, setAdding] = createSignal(false);
	const day = (): string => chosen() ?? today();
	const lessons = useMyLessons(day, () => dayAfter(day()));
	const before = useMyLessons(
		() => dayAfter(today(), -LOOK_BACK_DAYS),
		() => dayAfter(today()),
	);
	/** Today is free: what comes next can be prepared. */
	const free = (): boolean => day() === today() && lessons().length === 0;
	const after = useMyLessons(
		() => dayAfter(today()),
		() => dayAfter(today(), free() ? LOOK_AHEAD_DAYS : 1),
	);
	const next = createMemo(() => after().filter((l) => l.place.date === after()[0]?.place.date));
	const last = (): string | null =>
		before()
			.filter((l) => l.place.date < today())
			.at(-1)?.place.date ?? null;
	const unfilled = createMemo(() =>
		before()
			.filter((l) => l.place.date !== day() && isUnfilled(l))
			.sort((a, b) => b.place.date.localeCompare(a.place.date) || a.place.number - b.place.number),
	);
	const t = (): ReturnType<typeof words> => words();
	/** The term's end, when it is near enough for its marks to be given. */
	const due = createMemo((): string | null => {
		const now = termOn(terms(), today());
		return now !== null && now.ends <= dayAfter(today(), TERM_ENDS_DAYS) ? dayText(dayAfter(now.ends, -1)) : null;
	});
	/** Where that day's lessons would be. */
	const scopes = (): string[] => {
		const { all, own, substituting } = mine();
		const held = all.filter((id) => own(id, day()) || substituting(id, day()));
		return ["school", ...held.map((id) => `journal:${id}`)];
	};
	const why = (): { title: string; text: string } => {
		const holiday = breakOn(day());
		if (holiday !== null) return { title: t().holiday(holiday), text: t().noneText };
		if (termOn(terms(), day()) === null) return { title: t().outOfYear, text: t().noneText };
		if (free()) return { title: t().noneToday, text: t().noneText };
		if (weekdayOf(day()) === 7) return { title: t().weekend, text: t().noneText };
		return { title: t().none, text: t().noneText };
	};

	return (
		<Page
			title={day() === today() ? t().title : dayTitle(day(), "weekdayLong")}
			subtitle={`${day() === today() ? dayTitle(day()) : dayText(day(), "dated")} · ${t().lessons(lessons().length)}`}
			tools={
				<div class="buttons day-switch">
					<Button icon="back" label={t().earlier} onClick={() => setChosen(dayAfter(day(), -1))} />
					<input
						type="date"
						aria-label={t().date}
						value={day()}
						onChange={(event) => setChosen(event.currentTarget.value || null)}
					/>
					<Button icon="forward" label={t().later} onClick={() => setChosen(dayAfter(day(), 1))} />
					<Show when={day() !== today()}>
						<Button onClick={() => setChosen(null)}>{t().toToday}</Button>
					</Show>
				</div>
			}
		>
			<Show
				when={lessons().length > 0}
				fallback={
					<Nothing of={scopes()} icon="today" title={why().title} text={why().text}>
						<Show when={free() && last()}>
							{(date) => <Button onClick={() => setChosen(date())}>{t().lastDay(dayText(date(), "full"))}</Button>}
						</Show>
					</Nothing>
				}
			>
				<LessonList label={t().day} lessons={lessons()} />
			</Show>
			<Show when={free() && next()[0]}>
				{(first) => (
					<section aria-labelledby="next-day">
						<h2 id="next-day" class="section-title">
							{dayTitle(first().place.date)}{" "}
							<small class="soft">
								· {t().nextDay}, {t().lessons(next().length)}
							</small>
						</h2>
						<LessonList lessons={next()} />
					</section>
				)}
			</Show>
			<div class="buttons">
				<Button icon="plus" onClick={() => setAdding(true)}>
					{t().addExtra}
				</Button>
				<a class="btn plain" href="/terms">
					<Icon name="marks" size={18} />
					{due() === null ? termWords().allTitle : termWords().due(due() ?? "")}
				</a>
			</div>
			<Show when={offered(status().unsent)}>
				<Offer />
			</Show>
			<Show when={unfilled().length > 0}>
				<section aria-labelledby="unfilled">
					<h2 id="unfilled" class="section-title">
						{t().unfilledTitle} <small class="soft">· {t().lessons(unfilled().length)}</small>
					</h2>
					<LessonList lessons={unfilled()} dated />
				</section>
			</Show>
			<ExtraLesson open={adding()} day={day()} onClose={() => setAdding(false)} />
		</Page>
	);
}
