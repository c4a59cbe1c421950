/** Russian: the lesson, its topic, homework, roll call and marks. */

import { count } from "../plural";

const TO_DAY = [
	"",
	"к понедельнику",
	"ко вторнику",
	"к среде",
	"к четвергу",
	"к пятнице",
	"к субботе",
	"к воскресенью",
];

const pupils = count("ru", { one: "ученик", few: "ученика", many: "учеников" });
const lessons = count("ru", { one: "урок", few: "урока", many: "уроков" });
const topics = count("ru", { one: "тема", few: "темы", many: "тем" });

const lesson = {
	/** "Отметки за …" */
	worksFor: {
		answer: "за ответы",
		control: "за контрольную",
		independent: "за самостоятельную",
		practical: "за практическую",
		laboratory: "за лабораторную",
		excursion: "за экскурсию",
		homework: "за домашнюю работу",
		dictation: "за диктант",
	} as Record<string, string>,
	tabs: "Виды урока",
	lesson: "Урок",
	marks: "Отметки",
	journal: "Журнал",
	nth: (n: number) => `${n}-й урок периода`,
	extra: "вне расписания",
	substitution: "замена",
	topic: "Тема",
	topicHint: "Что было на уроке",
	byPlan: (n: number, all: number) => `по плану № ${n} из ${all}`,
	changed: "изменена против плана",
	suggestion: (n: number) => `Дальше по плану, № ${n}`,
	pick: "Выбрать из плана",
	planTitle: "Тематический план",
	planGiven: (day: string) => `дана ${day}`,
	planNext: "следующая",
	planSearch: "Найти тему",
	planEmpty: "В плане тем не нашлось",
	work: "Вид работы",
	homework: "Домашнее задание",
	homeworkHint: "Не задано",
	due: "К какому уроку",
	/** `weekday`: 1 for Monday. */
	dueFor: (weekday: number, day: string) => `${TO_DAY[weekday] ?? "к"}, ${day}`,
	dueNone: "срок не указан",
	last: (day: string, text: string) => `Прошлое, ${day}: ${text}`,
	roll: "Перекличка",
	here: (n: number, all: number) => `присутствуют ${n} из ${all}`,
	tap: "коснитесь отсутствующих, второй раз — опоздавших",
	notCalled: "ещё не проведена",
	pupils,
	called: "проведена",
	allHere: "Все на месте",
	hereWord: "здесь",
	minutesOf: (name: string) => `Минуты опоздания: ${name}`,
	less: "Меньше на 5 минут",
	more: "Больше на 5 минут",
	rollHint: "Нажатие меняет: здесь, нет, опоздание",
	saves: "Сохраняется само, и без сети",
	toMarks: (what: string) => `Отметки ${what}`,
	toMarksPlain: "К отметкам",
	noSuch: "Такого урока нет в расписании",
	noSuchText:
		"Возможно, расписание изменили. Чтобы записать урок сверх расписания, впишите тему: урок появится в журнале.",
	pupilAt: (n: number, all: number) => `${n} из ${all}`,
	marksHint: "Нажмите клавишу — откроется следующий ученик",
	/** Plan against fact: topics given and lessons held so far in the year. */
	planFact: (given: number, held: number) => `${topics(given)} плана за ${lessons(held)}`,
	behind: (n: number) => `отставание: ${lessons(n)}`,
	giveAll: {
		open: "Всем одну отметку",
		title: "Всем, кто здесь и без отметки",
		mark: "Отметка",
		text: "Снимите галочку с тех, кому эта отметка не нужна.",
		give: (mark: string, n: number) => `Поставить ${mark} · ${pupils(n)}`,
	},
	move: {
		title: (who: string, marks: string) => `Перенести: ${who}, ${marks}`,
		text: "Отметка с комментарием уйдёт отсюда и встанет в выбранный урок. Одно действие, отменяется одним нажатием.",
		label: "На какой урок",
		none: "Других уроков в этом периоде ещё не было",
		full: "там нет места: уже стоят две отметки",
		absent: "был «н»",
		do: "Перенести",
	},
};

export type LessonWords = typeof lesson;
export default lesson;
