/** Russian: the diary of parents and pupils. */

import { count } from "../plural";

const lessons = count("ru", { one: "урок", few: "урока", many: "уроков" });
const marks = count("ru", { one: "отметка", few: "отметки", many: "отметок" });
const minutes = count("ru", { one: "минуту", few: "минуты", many: "минут" });
const missed = count("ru", {
	one: "пропуск",
	few: "пропуска",
	many: "пропусков",
});
const lates = count("ru", {
	one: "опоздание",
	few: "опоздания",
	many: "опозданий",
});

const diary = {
	title: "Дневник",
	child: "Чей дневник",
	unnamed: (n: number) => `${n}-й ребёнок`,
	print: "Напечатать неделю",
	/** The moment up to which the diary is complete. */
	asOf: (time: string) => `на ${time}`,
	asOfToday: (time: string) => `на ${time} сегодня`,
	asOfOffline: (when: string) => `без связи · ${when}`,
	days: "Дни недели",
	previousWeek: "Предыдущая неделя",
	nextWeek: "Следующая неделя",
	thisWeek: "Сегодня",
	nextDay: "Следующий учебный день",
	weekOf: (from: string, to: string) => `${from} – ${to}`,
	/** What a screen reader says of a day in the strip. */
	dayLabel: (day: string, today: boolean, news: boolean) =>
		`${day}${today ? ", сегодня" : ""}${news ? ", есть новое" : ""}`,
	today: "сегодня",
	lesson: "Урок",
	lessons,
	lessonNumber: (n: number) => `${n}-й урок`,
	weight: (n: number) => `вес ${n}`,
	mark: (value: string) => `отметка ${value}`,
	comment: (who: string, text: string) => (who ? `${who}: «${text}»` : `«${text}»`),
	commentOn: (mark: string, text: string) => `${mark} — ${text}`,
	homework: "Задано",
	homeworkFor: (day: string) => `на ${day}`,
	noHomework: "не задано",
	dueNow: "К этому уроку",
	setOn: (day: string) => `задано ${day}`,
	dueToday: "Ещё к этому дню",
	late: (n: number | null) => (n ? `о ${n} мин` : "опоздание"),
	lateLabel: (n: number | null) => (n ? `опоздание на ${minutes(n)}` : "опоздание"),
	absent: "отсутствие",
	absentWhy: {
		ill: "болезнь",
		valid: "уважит. причина",
		parents: "по заявлению",
		none: "без причины",
	} as Record<string, string>,
	absentLabel: (why: string) => (why ? `отсутствие на уроке: ${why}` : "отсутствие на уроке"),
	noLessons: "Уроков нет",
	noLessonsText: "По расписанию в этот день уроков нет.",
	holiday: (name: string) => (name ? `Каникулы: ${name}` : "Каникулы"),
	holidayText: "Уроков нет. Домашнее задание — на первых уроках после каникул.",
	outOfYear: "Вне учебного периода",
	outOfYearText: "Учебный год ещё не начался или уже закончился.",
	term: "Период",
	noTerms: "Учебные периоды ещё не заданы",
	noMarks: "В этом периоде отметок пока нет",
	noMarksText: "Они появятся, когда учитель выставит их и дневник обновится.",
	without: "Без отметок",
	meanLabel: (mean: string) => `средняя ${mean}`,
	marksCount: marks,
	missed,
	lates,
	howCounted: "Как посчитано",
	weightsNote:
		"Контрольные и другие важные работы весят больше: отметка умножается на вес, сумма делится на сумму весов.",
	notCounted: (list: string) => `Не в счёт: ${list}`,
	equals: (mean: string) => `= ${mean}`,
	about: (mean: string) => `≈ ${mean}`,
	teacherDecides: "Отметку за период ставит учитель: средняя только показывает, из чего она складывается.",
	noConsent: "Дневник пока закрыт",
	noConsentText:
		"Дневник публикуется только с письменного согласия родителей (законных представителей). Если вы его уже подали, спросите у классного руководителя, когда оно будет внесено.",
	noChild: "Дневника для вас нет",
	noChildText:
		"За вашим логином сейчас не записан ни один ученик. Обратитесь к классному руководителю или администратору школы.",
	loading: "Дневник загружается…",
	notHere: "Дневника ещё нет на этом устройстве",
	notHereText: "Чтобы открыть его в первый раз, нужна связь. Потом он будет читаться и без неё.",
};

export type DiaryWords = typeof diary;
export default diary;
