/** Russian: the class teacher's screens. */

import { count } from "../plural";

const lessons = count("ru", { one: "урок", few: "урока", many: "уроков" });
const days = count("ru", { one: "день", few: "дня", many: "дней" });
const journals = count("ru", {
	one: "журнал",
	few: "журнала",
	many: "журналов",
});
const absent = count("ru", {
	one: "отсутствующий",
	few: "отсутствующих",
	many: "отсутствующих",
});
const pupils = count("ru", { one: "ученик", few: "ученика", many: "учеников" });

const tutor = {
	title: "Мой класс",
	titleOf: (name: string) => (name ? `Класс ${name}` : "Мой класс"),
	whichClass: "Класс",
	views: "Что показать",
	today: "Сегодня",
	open: "Причина не указана",
	overview: "Успеваемость",
	date: "Дата",
	earlier: "Предыдущий день",
	later: "Следующий день",
	toToday: "К сегодняшнему",
	stillLoading: (n: number) => `Ещё не на планшете: ${journals(n)}`,
	noClass: "Класса пока нет",
	noClassText: "Классное руководство назначает администратор. Если оно уже есть, дождитесь загрузки.",
	noTerms: "Учебные периоды ещё не заданы",
	pupils,
	absentCount: (n: number) => (n === 0 ? "Все на месте" : absent(n)),
	rollAll: "Перекличка есть на всех уроках",
	rollMissing: (list: string) => `Нет переклички: ${list}`,
	wholeDayMissed: (n: number) => `весь день, ${lessons(n)}`,
	missedLessons: (numbers: string, n: number) => (n === 1 ? `${numbers}-й урок` : `уроки ${numbers}`),
	daysAndLessons: (d: number, l: number) => `${days(d)}, ${lessons(l)}`,
	wholeDay: "За весь день",
	oneLesson: "За урок",
	allDays: "За все дни",
	narrow: "Выбрать часть",
	reasonFor: (what: string) => `причина: ${what}`,
	reasons: {
		valid: "Уважительная",
		ill: "Болезнь",
		parents: "Записка",
		none: "Без причины",
	},
	reasonsShort: {
		valid: "уваж.",
		ill: "болезнь",
		parents: "записка",
		none: "без причины",
	} as Record<string, string>,
	noReason: "не указана",
	several: "разные",
	recorded: (name: string, reason: string, n: number) => `${name}: ${reason}, ${lessons(n)}`,
	takeBack: "Вернуть",
	formerPupil: "Выбывший ученик",
	lates: "Опоздали",
	nobodyAbsent: "Отсутствующих нет",
	nobodyAbsentText: "Здесь появятся те, кого учителя отметят отсутствующими на своих уроках.",
	noLessons: "В этот день уроков нет",
	holiday: (name: string) => (name ? `Каникулы: ${name}` : "Каникулы"),
	allExplained: "Все пропуски объяснены",
	allExplainedText: "В этом периоде нет пропусков, о причине которых ничего не сказано.",
	openNote: (term: string) =>
		`Пропуски, о причине которых ещё ничего не сказано${term ? `: ${term}` : ""}. Нажмите причину — она запишется за все дни; чтобы записать за один, сначала выберите его.`,
	term: "Период",
	overviewLabel: (name: string, term: string) => `Успеваемость класса ${name}, ${term}`,
	overviewNote:
		"Средний балл взвешенный, под ним последние отметки. Пропуски в уроках: за эту неделю / за период, в кружке — без указанной причины.",
	pupil: "Ученик",
	missedHead: "Пропуски",
	missedUnder: "нед. / период",
	missedLabel: (week: number, term: number, open: number) =>
		`за неделю ${lessons(week)}, за период ${lessons(term)}, без указанной причины ${lessons(open)}`,
	openTitle: (n: number) => `${lessons(n)} без указанной причины`,
	openJournal: (title: string) => `Открыть журнал: ${title}`,
};

export type TutorWords = typeof tutor;
export default tutor;
