/** Russian: the journal's grid. */

import { count } from "../plural";

const journal = {
	hours: (n: number) => `${n} ч в неделю`,
	planDone: (done: number, all: number) => `пройдено ${done} из ${all} тем`,
	term: "Период",
	part: "Что показать",
	whole: "Весь период",
	pupil: "Ученик",
	number: "№",
	mean: "ср.",
	meanUnder: "балл",
	meanLong: "средний взвешенный балл за период",
	termMark: "итог",
	termMarkLong: (term: string) => `отметка за период «${term}»`,
	noMean: "нет отметок",
	marks: count("ru", { one: "отм.", few: "отм.", many: "отм." }),
	proposal: (n: number) => `по среднему выходит ${n}`,
	gridLabel: (title: string) => `Журнал: ${title}`,
	earlier: "Более ранние уроки",
	later: "Более поздние уроки",
	windowOf: (from: number, to: number, all: number) => `уроки ${from}–${to} из ${all}`,
	notEnrolled: "не числился в этот день",
	weight: (n: number) => `вес ${n}`,
	contains: {
		confirmed: (n: number) => `подтверждено ${n}`,
		waiting: (n: number) => `ещё не отправлено ${n}`,
		held: (n: number) => `исправлений у завуча ${n}, в среднем их нет`,
	},
	absentWithMark: (name: string) => `${name}: стоят и «н», и отметка. Проверьте, что из них верно.`,
	unread: (text: string) =>
		`«${text}» в клетку не записать. Можно 5 4 3 2, н, о, о12 (опоздал на 12 минут), точку, зач, осв, н/а, две отметки через дробь.`,
	keys: "Клавиши отметок",
	none: "В этом периоде уроков нет",
	noneText: "Расписание заводит администратор или завуч.",
	noPupils: "В списке класса нет учеников",
	loading: "Журнал загружается на планшет…",
	gone: "Этот журнал сейчас не ваш",
	goneText: "Назначение или замена закончились, и с планшета журнал убран. Записанное в нём хранится на сервере.",
	neverText: "Его ведёт другой учитель. Назначение или замену даёт завуч.",
	print: "Печать",
	terms: "Итоги",
	noMarks: "В первом классе отметок не ставят: здесь отмечают только посещаемость.",
};

export type JournalWords = typeof journal;
export default journal;
