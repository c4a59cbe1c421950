/** English: the day, and the list of journals. */

import { count } from "../plural";
import type { TodayWords } from "../ru/today";

const today: TodayWords = {
	title: "Today",
	day: "Lessons of the day",
	date: "Date",
	earlier: "Day before",
	later: "Day after",
	toToday: "Back to today",
	lessons: count("en", { one: "lesson", other: "lessons" }),
	substitution: "substitution",
	givenBy: (name) => `given by ${name}`,
	extra: "not on the timetable",
	now: "going on now",
	filled: "filled in",
	noTopic: "no topic",
	noRoll: "no roll call",
	noBell: "no bell",
	unfilledTitle: "Not filled in before",
	none: "You have no lessons on this day",
	noneToday: "You have no lessons today",
	nextDay: "the next school day",
	lastDay: (day) => `To the last school day: ${day}`,
	noneText: "Open another day or add a lesson that is not on the timetable.",
	holiday: (name) => (name ? `Holidays: ${name}` : "Holidays"),
	weekend: "Day off",
	outOfYear: "This day lies in no term",
	addExtra: "Extra lesson",
	extraTitle: "Lesson not on the timetable",
	extraJournal: "Journal",
	extraDate: "Day",
	extraNumber: "Number of the lesson",
	extraTopic: "Topic",
	extraAdd: "Add the lesson",
	extraTaken: "This class already has that lesson: it will open.",
	journals: {
		title: "Journals",
		mine: "My journals",
		substituted: "By substitution",
		ended: "Ended",
		class: "My class",
		search: "Find a class or a subject",
		nothing: "Nothing found",
		none: "You have no journals yet",
		noneText: "The deputy head assigns them. If that was done, wait until they are loaded.",
		hours: (n) => `${n} h a week`,
		notHere: "opens once the server is reached",
	},
};

export default today;
