/** Russian: the shell. */

import { count } from "../plural";

const entries = count("ru", {
	one: "запись",
	few: "записи",
	many: "записей",
});
const only = (n: number): string => `${entries(n)} только на этом планшете`;
const more = count("ru", {
	one: "требует внимания",
	few: "требуют внимания",
	many: "требуют внимания",
});

const shell = {
	app: "Звонок",
	nav: {
		label: "Разделы",
		today: "Сегодня",
		journals: "Журналы",
		attention: "Внимание",
		class: "Класс",
		office: "Кабинет",
		deputy: "Завуч",
		admin: "Админ",
		diary: "Дневник",
		marks: "Отметки",
		me: "Я",
		attentionCount: more,
		lock: "Закрыть",
		lockWhy: "Закрыть журнал на замок или сменить человека (Ctrl+Shift+L)",
		find: "Найти ученика или журнал",
		skip: "К содержанию",
	},
	status: {
		label: "Состояние записей",
		/** `more`: how old the oldest is, or what holds it back; empty when it is fresh. */
		only: (n: number, more: string) => (more ? `${only(n)} · ${more}` : only(n)),
		askedToSignIn: "сеть просит войти",
		sendingCount: (n: number) => `Отправляется… ${entries(n)}`,
		safe: "Всё отправлено и в копии",
		copyBehind: "Отправлено, копия догоняет",
		notReached: (since: string) => `Нет связи с сервером с ${since}`,
		neverReached: "Связи с сервером ещё не было",
		signInAgain: "Нужно войти снова",
		signInAgainCount: (n: number) => `Нужно войти снова · ${only(n)}`,
		loading: "Загружается…",
		asking: "Связываемся с сервером…",
		stranger: "Это не наш сервер: сеть просит войти",
		attention: (said: string, n: number) => `${said} · ${more(n)}`,
		deputy: (said: string, n: number) => `${said} · ждёт решения завуча: ${n}`,
		storeTrouble: "Планшет не смог сохранить запись",
	},
	words: {
		cancel: "Отмена",
		save: "Сохранить",
		close: "Закрыть",
		undo: "Отменить",
		back: "Назад",
		loading: "Загружается…",
		notHere: "Этого ещё нет на планшете",
		notHereText: "Загрузится, как только появится связь с сервером.",
		nothingToUndo: "Отменять нечего",
		notDone: "Не сделано: приложение ещё загружалось. Повторите.",
		unsaid: "Пояснение не загрузилось: посмотрите, что стоит в клетке",
		unasked: "Пояснение для завуча не понадобилось: запись не ждёт его решения.",
		takenUp: "Записано то, что вы набирали, когда страница закрылась",
	},
	roles: {
		director: "директор",
		admin: "администратор",
		deputy_head: "завуч",
		class_teacher: "классный руководитель",
		teacher: "учитель",
		observer: "наблюдатель",
		substitute: "замещающий учитель",
		parent: "родитель",
		pupil: "ученик",
	} as Record<string, string>,
	notKept: "Не сохранено: хранилище планшета закрыто или полно. Перезагрузите страницу и повторите.",
	failed: {
		title: "Страница не открылась",
		text: "Записи целы. Перезагрузите страницу; если повторится, скажите администратору.",
		reload: "Перезагрузить",
	},
};

export type Shell = typeof shell;
export default shell;
