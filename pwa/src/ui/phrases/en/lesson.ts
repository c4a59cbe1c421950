/** English: the lesson, its topic, homework, roll call and marks. */

import { count } from "../plural";
import type { LessonWords } from "../ru/lesson";

const DAYS = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const pupils = count("en", { one: "pupil", other: "pupils" });
const topics = count("en", { one: "topic", other: "topics" });
const lessons = count("en", { one: "lesson", other: "lessons" });

const lesson: LessonWords = {
	worksFor: {
		answer: "for answers",
		control: "for the test",
		independent: "for the independent work",
		practical: "for the practical",
		laboratory: "for the laboratory",
		excursion: "for the excursion",
		homework: "for the homework",
		dictation: "for the dictation",
	},
	tabs: "Views of the lesson",
	lesson: "Lesson",
	marks: "Marks",
	journal: "Journal",
	nth: (n) => `lesson ${n} of the term`,
	extra: "not on the timetable",
	substitution: "substitution",
	topic: "Topic",
	topicHint: "What the lesson was about",
	byPlan: (n, all) => `plan no. ${n} of ${all}`,
	changed: "differs from the plan",
	suggestion: (n) => `Next in the plan, no. ${n}`,
	pick: "Choose from the plan",
	planTitle: "Thematic plan",
	planGiven: (day) => `given on ${day}`,
	planNext: "next",
	planSearch: "Find a topic",
	planEmpty: "The plan has no such topic",
	work: "Kind of work",
	homework: "Homework",
	homeworkHint: "None",
	due: "Due at the lesson",
	dueFor: (weekday, day) => `for ${DAYS[weekday] ?? ""}, ${day}`,
	dueNone: "no due lesson",
	last: (day, text) => `Last, ${day}: ${text}`,
	roll: "Roll call",
	here: (n, all) => `${n} of ${all} are here`,
	tap: "tap who is absent, tap twice who is late",
	notCalled: "not called yet",
	pupils,
	called: "called",
	allHere: "Everyone is here",
	hereWord: "here",
	minutesOf: (name) => `Minutes late: ${name}`,
	less: "5 minutes less",
	more: "5 minutes more",
	rollHint: "A press changes: here, absent, late",
	saves: "Saves itself, without a network too",
	toMarks: (what) => `Marks ${what}`,
	toMarksPlain: "To the marks",
	noSuch: "The timetable has no such lesson",
	noSuchText:
		"The timetable may have changed. To record a lesson beyond the timetable, enter its topic: it then appears in the journal.",
	pupilAt: (n, all) => `${n} of ${all}`,
	marksHint: "Press a key: the next pupil opens",
	planFact: (given, held) => `${topics(given)} of the plan in ${lessons(held)}`,
	behind: (n) => `behind by ${lessons(n)}`,
	giveAll: {
		open: "One mark for all",
		title: "All who are here and have no mark",
		mark: "Mark",
		text: "Untick those who should not get this mark.",
		give: (mark, n) => `Give ${mark} · ${pupils(n)}`,
	},
	move: {
		title: (who, marks) => `Move: ${who}, ${marks}`,
		text: "The mark leaves this lesson with its comment and stands in the one you choose. One step, one press undoes it.",
		label: "To which lesson",
		none: "The term has had no other lesson yet",
		full: "no room there: two marks stand already",
		absent: "was absent",
		do: "Move",
	},
};

export default lesson;
