/** Russian: what stands around the grid and is said of entries: key strip, blocks, comments, undo, paper. */

import { count } from "../plural";

const cells = count("ru", { one: "клетка", few: "клетки", many: "клеток" });
const people = count("ru", { one: "ученик", few: "ученика", many: "учеников" });

const entering = {
	willBeHeld: "Записано и уйдёт завучу на согласование.",
	notUndone: "Это уже не отменить, запись осталась как была.",
	movedOn: (n: number) => `${cells(n)} с тех пор исправил кто-то ещё: там всё осталось как есть.`,
	withdrawn: "Исправление отозвано у завуча.",
	bulk: {
		title: { paste: "Вставка", fill: "Заполнение", erase: "Стирание" },
		goes: (n: number) => (n === 0 ? "Ничего из этого записать нельзя" : `Можно записать: ${cells(n)}`),
		rest: (n: number) => (n === 0 ? "Записать" : `Записать ${cells(n)}`),
		replaced: (n: number) => `прежнее заменится: ${n}`,
		wasReplaced: (n: number) => `прежнее заменено: ${n}`,
		refused: (n: number) => `Не войдёт: ${cells(n)}`,
		held: (n: number) => `Уйдёт завучу на согласование: ${cells(n)}`,
		done: {
			paste: (n: number) => `Вставлено: ${cells(n)}`,
			fill: (n: number) => `Заполнено: ${cells(n)}`,
			erase: (n: number) => `Стёрто: ${cells(n)}`,
		},
		block: (n: number) => `Выделено: ${cells(n)}`,
		cell: (row: number, column: number) => `${row}-я строка, ${column}-й столбец`,
		outside: "Здесь таблица кончается: такого ученика или урока в ней нет.",
		mean: "Средний балл считается сам.",
		unread: "Такое в клетку не записать.",
		nothing: "Вставлять нечего: всё это уже стоит или пусто.",
		tooLarge: "Слишком много строк для журнала. Скопируйте из таблицы один столбец или блок.",
	},
	fill: {
		title: (day: string) => `Поставить многим: ${day}`,
		value: "Что поставить",
		who: "Кому",
		free: "Всем без отметки",
		below: "Отсюда вниз",
		nobody: "Никому",
		stands: (text: string) => `стоит ${text}`,
		put: (value: string, n: number) => `Поставить ${value}: ${people(n)}`,
	},
	held: (was: string, wanted: string) => `Ждёт завуча: ${was || "пусто"} → ${wanted || "пусто"}`,
	conflict: "Здесь две разные записи.",
	paper: {
		sheet: (n: number, all: number) => `лист ${n} из ${all}`,
		day: "Число",
		topic: "Что пройдено на уроке",
		homework: "Домашнее задание",
		local: "ещё не отправлено на сервер",
		held: "исправление ждёт решения",
	},
	printed: (day: string) => `Напечатано ${day}`,
	commentTo: (who: string) => `Комментарий к отметке: ${who}`,
	/** What a keyboard without Russian letters types for a key. */
	typed: {} as Readonly<Record<string, string>>,
	keys: {
		second: "Вторая отметка через дробь",
		comment: "Комментарий",
		move: "Перенести на другой урок",
		moveShort: "Перенести",
		erase: "Стереть",
		undo: "Отменить",
		fill: "Поставить многим: всем, кроме…",
		fillShort: "Всем, кроме…",
		absent: "нет на уроке",
		late: "опоздание",
		point: "точка: работа не сдана",
		passed: "зачтено",
		exempt: "освобождён",
		notAttested: "не аттестован",
		pick: "Выберите клетку",
	},
	comments: {
		title: "Комментарий к отметке",
		label: "Что увидят родители",
		hint: "До 500 знаков",
		ofFirst: "к первой отметке",
		ofSecond: "ко второй отметке",
	},
};

export type EnteringWords = typeof entering;
export default entering;
