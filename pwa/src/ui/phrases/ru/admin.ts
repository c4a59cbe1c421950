/** Russian: the admin's screens. */

import { count } from "../plural";

const entries = count("ru", { one: "запись", few: "записи", many: "записей" });
const changes = count("ru", {
	one: "изменения",
	few: "изменений",
	many: "изменений",
});
const tablets = count("ru", {
	one: "планшете",
	few: "планшетах",
	many: "планшетах",
});
const allTablets = count("ru", {
	one: "планшета",
	few: "планшетов",
	many: "планшетов",
});
const days = count("ru", { one: "день", few: "дня", many: "дней" });

const admin = {
	title: "Администратор",
	views: "Разделы администратора",
	tabs: {
		"": "Состояние",
		terms: "Периоды",
		settings: "Настройки",
		grants: "Права",
	},
	notYours: "Этот раздел для администратора",
	notYoursText: "Права назначает администратор журнала по приказу директора.",
	/** The board. */
	silence: {
		offline: "Нет связи с сервером",
		signed_out: "Нужно войти снова",
		forbidden: "Сервер не показывает это вашей роли",
		failed: "Сервер ответил ошибкой",
	},
	knownAt: (when: string) => `Показано то, что было известно на ${when}`,
	notKnownYet: "Пока неизвестно: сервер ещё не ответил.",
	backup: "Резервная копия",
	healthy: "исправна",
	unhealthy: "не обновляется",
	lagHead: "Отставание",
	lagNone: "нет: в копии каждая запись",
	lagShort: (n: number) => `меньше минуты, в копии ещё нет ${changes(n)}`,
	lag: (span: string, n: number) => `${span}, в копии ещё нет ${changes(n)}`,
	lagUnknown: (n: number) => `неизвестно, в копии ещё нет ${changes(n)}`,
	lastSync: "Последнее обновление",
	dailyCopy: "Полная копия за",
	where: "Где лежит",
	nowhere: "копирование не настроено",
	never: "ещё не было",
	troubles: {
		litestream_down: "Программа копирования не запущена. Перезапустите сервер; если не поможет, посмотрите его журнал.",
		line_lost:
			"Копия прервалась, начинается новая. Ничего делать не нужно, если через несколько минут надпись исчезнет.",
		unreachable: "Место, где лежит копия, не отвечает. Проверьте диск или сеть до хранилища и свободное место на нём.",
		unrestorable: "Из этой копии школу сейчас не восстановить. Проверьте файлы хранилища: возможно, часть удалили.",
		wal_large: "Копия не успевает за записями. Проверьте, хватает ли диску места и скорости.",
		daily_failed: "Не получилось сделать полную копию за сегодня. Проверьте свободное место на диске с копиями.",
	} as Record<string, string>,
	troubleUnknown: "Копия не обновляется. Посмотрите `zvonok status` на сервере: там сказано, что делать.",
	tablets: "Планшеты",
	reportedToday: (reported: number, all: number) => `сегодня на связи ${reported} из ${allTablets(all)}`,
	unsentOn: (n: number, on: number) => `не отправлено ${entries(n)} на ${tablets(on)}`,
	unsentNone: "неотправленных записей нет",
	noTablets: "Планшетов пока нет",
	noTabletsText: "Планшет появится здесь, когда сотрудник войдёт на нём в журнал.",
	tabletHeads: ["Сотрудник", "Планшет", "Последняя связь", "Не отправлено", "Часы"],
	unnamedTablet: "без названия",
	justNow: "только что",
	ago: (span: string) => `${span} назад`,
	unsent: entries,
	unsentZero: "всё отправлено",
	clockRight: "верны",
	clockFast: (span: string) => `спешат на ${span}`,
	clockSlow: (span: string) => `отстают на ${span}`,
	/** Terms. */
	noTerms: "Учебных периодов ещё нет",
	termsNote: "Закрытый период больше не исправляют: новые правки в нём ждут завуча. Завуч может менять и закрытый.",
	span: (from: string, to: string) => `${from} – ${to}`,
	noDates: "дни не заданы",
	locked: "закрыт",
	open: "открыт",
	lock: "Закрыть период",
	unlock: "Открыть период",
	lockTitle: (name: string) => `Закрыть период «${name}»`,
	unlockTitle: (name: string) => `Открыть период «${name}»`,
	lockMeans: (n: number) =>
		`После закрытия правки учителей в этом периоде ждут решения завуча. Записи, сделанные до закрытия без связи, принимаются ещё ${days(n)}.`,
	unlockMeans: "Учителя снова смогут править этот период. Отметки по-прежнему исправляются только в отведённый срок.",
	reason: "Основание",
	reasonMissing: "Напишите основание: оно останется в истории.",
	changes: "Кто закрывал и открывал",
	change: (locked: boolean, when: string, who: string) => `${locked ? "Закрыт" : "Открыт"} ${when}, ${who}.`,
	because: (reason: string) => `Основание: ${reason}`,
	waitsToSend: "ещё не отправлено",
	/** Settings. */
	rules: "Правила",
	windowDays: "Сколько дней можно исправлять отметку",
	windowHint: "С момента, когда отметка выставлена. По положению — 14.",
	graceDays: "Сколько дней после закрытия периода принимать запоздавшие записи",
	graceHint: "Сделанные до закрытия на планшете без связи.",
	holdInDoubt: "Сомнительное время — завучу",
	holdHint:
		"Если срок истекал, пока планшет был без связи, запись ждёт решения завуча, даже когда часы планшета шли верно.",
	publication: "Публикация в дневник",
	live: "Сразу",
	daily: "Раз в день",
	publishAt: "Во сколько",
	publishHint: "По положению — не позже 17:00.",
	weights: "Вес отметок по видам работ",
	weightsHint: (most: number) =>
		`Во сколько раз отметка важнее ответа на уроке, от 0 до ${most}. Ноль — не входит в средний балл. Средние пересчитаются сразу.`,
	wholeNumber: (most: number) => `Нужно целое число от 0 до ${most}.`,
	timeWanted: "Нужно время, например 17:00.",
	save: "Сохранить",
	discard: "Не сохранять",
	saved: "Настройки записаны",
	/** Grants. */
	noGrants: "Прав ещё никому не назначено",
	grantsNote: "Только для чтения. Учитель и без этого списка ведёт журналы, которые ему назначил завуч.",
	from: (day: string) => `с ${day}`,
	until: (day: string) => `по ${day}`,
	noEnd: "бессрочно",
	grantEnded: "закончилось",
	grantFuture: "ещё не началось",
};

export type AdminWords = typeof admin;
export default admin;
