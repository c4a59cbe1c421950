/** Russian: term marks, the proposal and its arithmetic. */

import { count, form } from "../plural";

const marks = count("ru", { one: "отметка", few: "отметки", many: "отметок" });
const ofMarks = count("ru", { one: "отметки", few: "отметок", many: "отметок" });
const pupils = count("ru", { one: "ученик", few: "ученика", many: "учеников" });
const wait = form("ru", { one: "ждёт", few: "ждут", many: "ждут" });

const terms = {
	link: "Итоги",
	title: (term: string) => `Отметки за период: ${term}`,
	allTitle: "Отметки за период",
	due: (day: string) => `Отметки за период: выставить не позже ${day}`,
	until: (term: string, day: string) => `${term} · по ${day}`,
	noJournals: "У вас нет журналов с отметками",
	left: (n: number, all: number) => `выставлено ${all - n} из ${all}`,
	mean: "Средний балл",
	ofTerm: "средний за период",
	sinceTerm: (term: string) => `средний с периода «${term}»`,
	show: "Кого показать",
	all: (n: number) => `Все · ${n}`,
	without: (n: number) => `Без отметки · ${n}`,
	few: (n: number) => `Мало отметок · ${n}`,
	nobody: "Таких учеников нет",
	floor: (n: number) => `По норме школы за период нужно не меньше ${ofMarks(n)}.`,
	noTerms: "Учебные периоды ещё не заданы",
	goesOn: (day: string) => `Период ещё идёт, по ${day} включительно: средний балл может измениться.`,
	proposes: (mark: string) => `выходит ${mark}`,
	noProposal: "отметок для среднего балла нет",
	noMean: "нет отметок",
	given: "поставлено ",
	notGiven: "не поставлено",
	contains: (n: number) => marks(n),
	local: (n: number) => `из них только на этом планшете: ${n}`,
	held: (n: number) => `${marks(n)} ${wait(n)} завуча, не в счёт`,
	lacks: (n: number, floor: number) => `мало отметок: ${n} из ${floor}`,
	because: (reason: string) => `Почему: ${reason}`,
	reasonMissing: "Отличается от среднего балла: укажите причину",
	marksOf: "Отметки ученика",
	noPoint: "Точка не бывает отметкой за период: поставьте отметку, н/а, осв или зач.",
	takeAll: (n: number) => `Принять предложенное · ${n}`,
	takeTitle: "Принять предложенные отметки",
	takeText: "Снимите галочку с тех, кому отметку решите поставить сами. Уже поставленные отметки не изменятся.",
	take: (n: number) => `Поставить · ${pupils(n)}`,
	took: (n: number) => `Поставлено: ${marks(n)}. Отменяется одним нажатием.`,
	differs: (given: string, proposed: string, mean: string) =>
		`По среднему баллу ${mean} выходит ${proposed}, а вы ставите ${given}. Причину увидит завуч.`,
	usual: "Частые причины",
	own: "Своими словами",
	reasons: [
		"Учтены контрольные работы",
		"Заметный рост к концу периода",
		"Мало отметок",
		"Пропуски по болезни",
		"Освобождение",
	] as readonly string[],
	giveWith: (mark: string) => `Поставить ${mark}`,
};

export type TermWords = typeof terms;
export default terms;
