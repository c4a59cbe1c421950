/** Russian: the shell. */

import { count } from "../plural";

const entries = count("ru", {
	one: "запись",
	few: "записи",
	many: "записей",
});
const only = (n: number): string => `${entries(n)} только на этом планшете`;
const seconds = count("ru", {
	one: "секунду",
	few: "секунды",
	many: "секунд",
});
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
		skip: "К содержанию",
	},
	status: {
		label: "Состояние записей",
		only: (n: number, age: string) => `${only(n)} · ${age}`,
		sending: "Отправляется…",
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
		storeTrouble: "Планшет не смог сохранить запись",
	},
	words: {
		cancel: "Отмена",
		save: "Сохранить",
		close: "Закрыть",
		done: "Готово",
		undo: "Отменить",
		redo: "Вернуть",
		back: "Назад",
		yes: "Да",
		no: "Нет",
		more: "Ещё",
		tryAgain: "Попробовать ещё раз",
		loading: "Загружается…",
		undone: "Отменено",
		nothingToUndo: "Отменять нечего",
	},
	roles: {
		director: "директор",
		admin: "администратор",
		deputy_head: "завуч",
		class_teacher: "классный руководитель",
		teacher: "учитель",
		observer: "наблюдатель",
		parent: "родитель",
		pupil: "ученик",
	} as Record<string, string>,
	signIn: {
		title: "Вход в журнал",
		school: "Школа",
		login: "Логин",
		password: "Пароль",
		enter: "Войти",
		entering: "Входим…",
		show: "Показать пароль",
		hide: "Скрыть пароль",
		wrong: "Логин или пароль не подходит. Проверьте раскладку и попробуйте ещё раз.",
		tooMany: (n: number) => `Слишком много попыток. Подождите ${seconds(n)}.`,
		offline:
			"Сервер не отвечает. Первый вход на этом планшете возможен только со связью; если вы уже входили, записи на месте.",
		stranger:
			"Отвечает не наш сервер: похоже, сеть просит войти на своей странице. Откройте её и вернитесь сюда.",
		failed: "Войти не получилось. Попробуйте ещё раз чуть позже.",
		demoTitle: "Демонстрационная школа",
		demoNote:
			"Это пароли для показа: их знает каждый, кто открыл эту страницу. В настоящей школе таких кнопок нет.",
		demoPassword: (password: string) => `Пароль у всех: ${password}`,
		demoSignIn: (role: string, login: string) => `${role}, логин ${login}`,
		again: "Сеанс на сервере закончился. Войдите снова, и записи с этого планшета уйдут.",
		lead: "Журнал работает и без сети: записи не пропадут.",
	},
	update: {
		ready: "Готова новая версия",
		apply: "Обновить",
		later: "Позже",
	},
	notKept: {
		quota:
			"Запись не сохранена: на планшете не осталось места. Освободите место и введите её ещё раз.",
		closed:
			"Запись не сохранена: хранилище планшета закрыто. Перезагрузите страницу и введите её ещё раз.",
	},
	lost: {
		title: "Такой страницы нет",
		text: "Ссылка устарела или набрана с ошибкой.",
		home: "На главную",
	},
	failed: {
		title: "Страница не открылась",
		text: "Записи целы. Перезагрузите страницу; если повторится, скажите администратору.",
		reload: "Перезагрузить",
	},
	noWriting: "Ваша роль не ведёт журнал",
};

export type Shell = typeof shell;
export default shell;
