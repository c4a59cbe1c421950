/** English: the diary of parents and pupils. */

import { count } from "../plural";
import type { DiaryWords } from "../ru/diary";

const minutes = count("en", { one: "minute", other: "minutes" });

const ordinals: Record<number, string> = { 1: "1st", 2: "2nd", 3: "3rd" };

const diary: DiaryWords = {
	title: "Diary",
	child: "Whose diary",
	unnamed: (n) => `Child ${n}`,
	print: "Print the week",
	asOf: (time) => `as of ${time}`,
	asOfToday: (time) => `as of ${time} today`,
	asOfOffline: (when) => `offline · ${when}`,
	days: "Days of the week",
	previousWeek: "Previous week",
	nextWeek: "Next week",
	thisWeek: "Today",
	nextDay: "Next school day",
	weekOf: (from, to) => `${from} – ${to}`,
	dayLabel: (day, today, news) => `${day}${today ? ", today" : ""}${news ? ", has news" : ""}`,
	today: "today",
	lesson: "Lesson",
	lessons: count("en", { one: "lesson", other: "lessons" }),
	lessonNumber: (n) => `${ordinals[n] ?? `${n}th`} lesson`,
	weight: (n) => `weight ${n}`,
	mark: (value) => `mark ${value}`,
	comment: (who, text) => (who ? `${who}: “${text}”` : `“${text}”`),
	commentOn: (mark, text) => `${mark} — ${text}`,
	homework: "Homework",
	homeworkFor: (day) => `for ${day}`,
	noHomework: "none",
	dueNow: "For this lesson",
	setOn: (day) => `set on ${day}`,
	dueToday: "Also for this day",
	late: (n) => (n ? `late ${n} min` : "late"),
	lateLabel: (n) => (n ? `late by ${minutes(n)}` : "late"),
	absent: "absent",
	absentWhy: {
		ill: "ill",
		valid: "excused",
		parents: "parents' note",
		none: "no reason",
	},
	absentLabel: (why) => (why ? `absent from the lesson: ${why}` : "absent from the lesson"),
	noLessons: "No lessons",
	noLessonsText: "The timetable has no lessons on this day.",
	holiday: (name) => (name ? `Holidays: ${name}` : "Holidays"),
	holidayText: "No lessons. Homework is at the first lessons after the holidays.",
	outOfYear: "Outside the school terms",
	outOfYearText: "The school year has not begun yet or is over.",
	term: "Term",
	noTerms: "The school terms are not set yet",
	noMarks: "No marks in this term yet",
	noMarksText: "They appear when a teacher has given them and the diary was updated.",
	without: "Without marks",
	meanLabel: (mean) => `mean ${mean}`,
	marksCount: count("en", { one: "mark", other: "marks" }),
	missed: count("en", { one: "absence", other: "absences" }),
	lates: count("en", { one: "late arrival", other: "late arrivals" }),
	howCounted: "How it is reckoned",
	weightsNote:
		"Control and other important works weigh more: a mark is multiplied by its weight, the sum is divided by the sum of the weights.",
	notCounted: (list) => `Not counted: ${list}`,
	equals: (mean) => `= ${mean}`,
	about: (mean) => `≈ ${mean}`,
	teacherDecides: "The teacher gives the term mark: the mean only shows what it is made of.",
	noConsent: "The diary is closed for now",
	noConsentText:
		"The diary is published only with the written consent of the parents (lawful representatives). If you have given it, ask the class teacher when it will be entered.",
	noChild: "There is no diary for you",
	noChildText: "No pupil is registered under your login now. Ask the class teacher or the school's admin.",
	loading: "The diary is loading…",
	notHere: "The diary is not on this device yet",
	notHereText: "To open it for the first time you need a connection. After that it can be read without one.",
};

export default diary;
