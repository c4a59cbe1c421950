/** Russian: the lock of the school year. */

import { count } from "../plural";

const days = count("ru", { one: "день", few: "дня", many: "дней" });
const entries = count("ru", { one: "запись", few: "записи", many: "записей" });

const year = {
	unnamed: "Учебный год",
	years: "Учебный год",
	states: { open: "открыт", locked: "закрыт", archived: "в архиве" },
	steps: { open: "Открыть год", locked: "Закрыть год", archived: "Сдать в архив" },
	titles: {
		open: (name: string) => `Открыть «${name}»`,
		locked: (name: string) => `Закрыть «${name}»`,
		archived: (name: string) => `Сдать в архив: «${name}»`,
	},
	means: {
		open: () => [
			"Учителя снова смогут писать в журналах этого года, кроме закрытых периодов. Отметки по-прежнему исправляются только в отведённый срок.",
		],
		locked: (grace: number) => [
			"После закрытия правки учителей во всех журналах года ждут решения завуча. Завуч может менять и закрытый год.",
			`Записи, сделанные до закрытия без связи, принимаются ещё ${days(grace)}.`,
			"Год можно снова открыть: всем или одному учителю до назначенного дня.",
		],
		archived: () => [
			"В журналах этого года больше не пишет никто: ни учителя, ни завуч, ни те, кому год был открыт. Читать и печатать их можно и дальше.",
			"Что ждёт решения завуча, останется у завуча и у автора, но разрешить это уже нельзя.",
			"Отменить нельзя: из архива год не возвращает никто, и администратор тоже.",
		],
	},
	waiting: (n: number) => `Сейчас ждут решения завуча: ${entries(n)}. Сначала решите по ним.`,
	sure: "Понимаю, что отменить это нельзя",
	sureMissing: "Отметьте, что понимаете это.",
	isArchived: "Журналы этого года закрыты навсегда: читать и печатать их можно, писать в них нельзя никому.",
	changes: "Что делали с годом",
	change: {
		open: (when: string, who: string) => `Открыт ${when}, ${who}.`,
		locked: (when: string, who: string) => `Закрыт ${when}, ${who}.`,
		archived: (when: string, who: string) => `Сдан в архив ${when}, ${who}.`,
	},
	/** Opened by name. */
	reopen: "Открыть учителю",
	reopenTitle: (name: string) => `Открыть учителю: «${name}»`,
	reopenMeans:
		"До назначенного дня учитель пишет в этих журналах, как будто год и его периоды не закрыты и срок исправления не вышел. Остальным год закрыт.",
	teacher: "Учитель",
	choose: "Выберите",
	teacherMissing: "Выберите учителя.",
	journals: "Какие журналы",
	journalsMissing: "Выберите хотя бы один журнал.",
	lastDay: "Последний день",
	dayMissing: "Нужен день не раньше сегодняшнего.",
	openedFor: "Открыто по имени",
	opened: (from: string, until: string) => `с ${from} по ${until}`,
	close: "Прекратить",
	reopened: (who: string) => `Открыто: ${who}`,
};

export type YearWords = typeof year;
export default year;
