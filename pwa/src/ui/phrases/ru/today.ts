/** Russian: the day, and the list of journals. */

import { count } from "../plural";

const lessons = count("ru", { one: "урок", few: "урока", many: "уроков" });

const today = {
	title: "Сегодня",
	day: "Уроки дня",
	date: "Дата",
	earlier: "Предыдущий день",
	later: "Следующий день",
	toToday: "К сегодняшнему",
	lessons,
	substitution: "замена",
	givenBy: (name: string) => `ведёт ${name}`,
	extra: "вне расписания",
	now: "идёт сейчас",
	filled: "заполнен",
	noTopic: "нет темы",
	noRoll: "нет переклички",
	noBell: "без звонка",
	unfilledTitle: "Не заполнено раньше",
	none: "В этот день у вас уроков нет",
	noneToday: "Сегодня у вас уроков нет",
	nextDay: "следующий учебный день",
	lastDay: (day: string) => `К последнему учебному дню: ${day}`,
	noneText: "Откройте другой день или добавьте урок вне расписания.",
	holiday: (name: string) => (name ? `Каникулы: ${name}` : "Каникулы"),
	weekend: "Выходной",
	outOfYear: "Этот день не входит в учебный период",
	addExtra: "Урок вне расписания",
	extraTitle: "Урок вне расписания",
	extraJournal: "Журнал",
	extraDate: "День",
	extraNumber: "Номер урока",
	extraTopic: "Тема урока",
	extraAdd: "Добавить урок",
	extraTaken: "Такой урок у этого класса уже есть: откроется он.",
	journals: {
		title: "Журналы",
		mine: "Мои журналы",
		substituted: "По замене",
		class: "Мой класс",
		ended: "Закончились",
		search: "Найти класс или предмет",
		nothing: "Ничего не нашлось",
		none: "У вас пока нет журналов",
		noneText: "Нагрузку назначает завуч. Если она уже есть, дождитесь загрузки.",
		hours: (n: number) => `${n} ч в неделю`,
		notHere: "откроется при связи с сервером",
	},
};

export type TodayWords = typeof today;
export default today;
