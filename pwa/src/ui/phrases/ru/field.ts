/** Russian: words of the field that several screens use. */

import type { CellState } from "../../../engine/types";

const field = {
	you: "вы",
	someone: "неизвестный сотрудник",
	journal: "Журнал",
	subgroup: "подгруппа",
	/** Kinds of work, in full. */
	/** As the school calls it. */
	termName: (name: string) => name,
	works: {
		answer: "Ответ на уроке",
		control: "Контрольная работа",
		independent: "Самостоятельная",
		practical: "Практическая",
		laboratory: "Лабораторная",
		excursion: "Экскурсия",
		homework: "Домашняя работа",
		dictation: "Диктант",
	} as Record<string, string>,
	/** The same over a column of the journal. */
	worksShort: {
		answer: "",
		control: "к/р",
		independent: "с/р",
		practical: "п/р",
		laboratory: "л/р",
		excursion: "экс",
		homework: "д/р",
		dictation: "дикт",
	} as Record<string, string>,
	presence: {
		absent: "нет на уроке",
		late: "опоздание",
		present: "здесь",
	} as Record<string, string>,
	minutes: (n: number) => `${n} мин`,
	excuses: {
		valid: "уважительная причина",
		ill: "болезнь",
		parents: "по записке родителей",
		none: "без причины",
	} as Record<string, string>,
	/** What a sign in a cell means. */
	states: {
		safe: "",
		applied: "на сервере, в копию ещё не попало",
		local: "только на этом планшете",
		held: "исправление ждёт завуча",
		conflict: "две разные записи",
		lost: "ваша запись уступила другой",
	} satisfies Record<CellState, string> as Record<CellState, string>,
	comment: "комментарий",
	lessonNumber: (n: number | string) => `${n}-й урок`,
	room: (room: string) => (/^\d/.test(room) ? `каб.\u00a0${room}` : room),
};

export type FieldWords = typeof field;
export default field;
