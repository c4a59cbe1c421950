/** Russian: the office of the deputy head and the director. */

import { count } from "../plural";

const entries = count("ru", { one: "запись", few: "записи", many: "записей" });
const approved = count("ru", { one: "запись разрешена", few: "записи разрешены", many: "записей разрешено" });
const declined = count("ru", { one: "запись отклонена", few: "записи отклонены", many: "записей отклонено" });
const inJournals = count("ru", { one: "журнале", few: "журналах", many: "журналах" });
const days = count("ru", { one: "день", few: "дня", many: "дней" });

const office = {
	title: "Кабинет завуча",
	titleDirector: "Кабинет директора",
	classTitle: (name: string) => (name ? `Класс ${name}` : "Класс"),
	views: "Разделы кабинета",
	tabs: {
		"": "Решения",
		classes: "Журналы",
		unfilled: "Заполнение",
		substitutions: "Замены",
	},
	notYours: "Этот раздел для завуча и директора",
	readOnly: "Только для чтения: решает завуч.",
	/** Decisions. */
	nothing: "Решать нечего",
	nothingText: "Здесь появятся исправления, которые учителя сделали после срока или в закрытом периоде.",
	select: (title: string) => `Выбрать: ${title}`,
	selectAll: (n: number) => `Выбрать все, ${entries(n)}`,
	selected: (n: number) => `Выбрано: ${n}`,
	clearSelection: "Снять выбор",
	was: "было, когда запись пришла",
	given: (when: string) => `первая отметка здесь — ${when}`,
	atOnce: "дошло сразу",
	approve: "Разрешить",
	decline: "Отклонить",
	note: "Пояснение для учителя",
	addNote: "С пояснением",
	history: "История",
	open: "Урок",
	done: {
		approved: (n: number) => `${approved(n)}.`,
		declined: (n: number) => `${declined(n)}.`,
	},
	showAll: (n: number) => `Показать все: ${n}`,
	conflicts: "Разошлись в открытых журналах",
	decided: "Решено",
	outcomes: {
		approved: "разрешено",
		declined: "отклонено",
		withdrawn: "отозвано автором",
	},
	by: (name: string) => `автор — ${name}`,
	waitsToSend: "ещё не отправлено",
	refused: (n: number) => `Не принято правилами: ${n}`,
	/** Classes. */
	noClasses: "Классов ещё нет",
	grade: (n: number) => (n > 0 ? `${n}-е классы` : "Без параллели"),
	journals: "Журналы класса",
	nobodyTeaches: "учитель не назначен",
	notHere: "откроется при связи с сервером",
	takeClass: "Загрузить весь класс",
	takeNote: "Журналы класса загрузятся на этот планшет: станут видны незаполненные уроки и успеваемость.",
	takeOffline: "Загрузится, как только появится связь с сервером.",
	progress: "Успеваемость",
	/** Unfilled lessons. */
	unfilled: "Не заполнено",
	unfilledNote: (back: number) => `Уроки без темы или переклички за ${days(back)}, в загруженных журналах.`,
	loaded: (here: number, all: number) => `Загружено журналов: ${here} из ${all}.`,
	loadAll: "Загрузить все",
	loadNote: "Журналы школы загрузятся на этот планшет и дальше будут обновляться сами.",
	loading: "Журналы загружаются…",
	loadWaits: "Нет связи с сервером: журналы загрузятся, как только она появится.",
	loadStop: "Остановить",
	loadMissing: (classes: string) => `Не загружены журналы классов: ${classes}.`,
	allFilled: "За последние две недели всё заполнено.",
	filledHere: "В них всё заполнено.",
	unfilledCount: count("ru", { one: "урок", few: "урока", many: "уроков" }),
	lessonOf: (n: number) => `${n}-й урок`,
	noTopic: "нет темы",
	noRoll: "нет переклички",
	/** Substitutions. */
	appoint: "Назначить замену",
	away: "Кого заменяют",
	substitute: "Кто заменяет",
	choose: "Выберите",
	whichJournals: "В каких журналах",
	firstDay: "Первый день",
	lastDay: "Последний день",
	lessonNumbers: "Номера уроков",
	lessonNumbersExample: "Пусто — все уроки; например: 2, 5",
	onlyLessons: (numbers: readonly number[]) => `${numbers.length === 1 ? "урок" : "уроки"} ${numbers.join(", ")}`,
	reason: "Причина",
	reasonExample: "Например: больничный, курсы",
	appointNow: "Назначить",
	clear: "Очистить",
	appointed: (name: string, n: number) => `${name} заменяет в ${inJournals(n)}.`,
	faults: {
		away: "Выберите, кого заменяют.",
		numbers: "Напишите номера уроков через запятую или оставьте пустым.",
		journals: "Отметьте хотя бы один журнал.",
		substitute: "Выберите, кто заменяет.",
		same: "Заменить самого себя нельзя: выберите другого учителя.",
		from: "Укажите первый день.",
		until: "Последний день не может быть раньше первого.",
		reason: "Напишите причину: её увидит директор.",
	},
	running: "Идут и предстоят",
	noSubstitutions: "Сейчас замен нет.",
	past: (n: number) => `Закончились: ${n}`,
	instead: (name: string) => `(вместо: ${name})`,
	span: (from: string, to: string) => `${from} – ${to}`,
	calledOff: "отменена",
	endToday: "Закончить сегодня",
	callOff: "Отменить замену",
};

export type OfficeWords = typeof office;
export default office;
