/** Russian: a pupil's marks, and the search. */

import { count } from "../plural";

const pupil = {
	title: "Ученик",
	unknown: "Такого ученика на планшете нет",
	unknownText: "Здесь только ученики ваших классов и журналов.",
	noJournals: "Журналов этого ученика на планшете нет",
	noJournalsText: "Откройте журнал класса: он загрузится, и отметки появятся здесь.",
	term: "за период",
	noMarks: "В этом периоде отметок нет",
	weight: (n: number) => `вес ${n}`,
	absences: count("ru", { one: "пропуск", few: "пропуска", many: "пропусков" }),
	lates: count("ru", { one: "опоздание", few: "опоздания", many: "опозданий" }),
	toJournal: "Журнал",
	search: {
		title: "Найти",
		label: "Фамилия, имя или журнал",
		hint: "Любая часть имени; «е» и «ё» — одно и то же",
		today: "Сегодня",
		recent: "Недавние журналы",
		pupils: "Ученики",
		journals: "Журналы",
		found: count("ru", { one: "найден", few: "найдено", many: "найдено" }),
		nothing: "Ничего не нашлось. Ищем только среди ваших классов и журналов.",
		start: "Начните писать имя.",
		more: (n: number) => `и ещё ${n}: напишите имя точнее`,
		loading: "Списки ещё загружаются: нашлось может быть не всё.",
	},
};

export type PupilWords = typeof pupil;
export default pupil;
