/** English: the class teacher's screens. */

import { count } from "../plural";
import type { TutorWords } from "../ru/tutor";

const lessons = count("en", { one: "lesson", other: "lessons" });
const days = count("en", { one: "day", other: "days" });
const journals = count("en", { one: "journal", other: "journals" });

const tutor: TutorWords = {
	title: "My class",
	titleOf: (name) => (name ? `Class ${name}` : "My class"),
	whichClass: "Class",
	views: "What to show",
	today: "Today",
	open: "Reason not given",
	overview: "Progress",
	date: "Date",
	earlier: "Previous day",
	later: "Next day",
	toToday: "To today",
	stillLoading: (n) => `Not on the tablet yet: ${journals(n)}`,
	noClass: "No class yet",
	noClassText: "The admin appoints class teachers. If you are appointed already, wait until it has loaded.",
	noTerms: "The school terms are not set yet",
	pupils: count("en", { one: "pupil", other: "pupils" }),
	absentCount: (n) => (n === 0 ? "Everyone is here" : `${n} absent`),
	rollAll: "The roll was called at every lesson",
	rollMissing: (list) => `No roll call: ${list}`,
	wholeDayMissed: (n) => `all day, ${lessons(n)}`,
	missedLessons: (numbers, n) => (n === 1 ? `lesson ${numbers}` : `lessons ${numbers}`),
	daysAndLessons: (d, l) => `${days(d)}, ${lessons(l)}`,
	wholeDay: "For the whole day",
	oneLesson: "For the lesson",
	allDays: "For all days",
	narrow: "Choose a part",
	reasonFor: (what) => `reason: ${what}`,
	reasons: {
		valid: "Excused",
		ill: "Ill",
		parents: "Note",
		none: "No reason",
	},
	reasonsShort: {
		valid: "excused",
		ill: "ill",
		parents: "note",
		none: "no reason",
	},
	noReason: "not given",
	several: "different",
	recorded: (name, reason, n) => `${name}: ${reason}, ${lessons(n)}`,
	takeBack: "Take back",
	formerPupil: "Former pupil",
	lates: "Came late",
	nobodyAbsent: "Nobody is absent",
	nobodyAbsentText: "Those whom teachers mark absent at their lessons appear here.",
	noLessons: "No lessons on this day",
	holiday: (name) => (name ? `Holidays: ${name}` : "Holidays"),
	allExplained: "All absences are explained",
	allExplainedText: "This term has no absence whose reason is unknown.",
	openNote: (term) =>
		`Absences about whose reason nobody has said anything${term ? `: ${term}` : ""}. Press a reason to set it for all days; to set it for one, choose that day first.`,
	term: "Term",
	overviewLabel: (name, term) => `Progress of class ${name}, ${term}`,
	overviewNote:
		"The mean is weighted, the last marks are below it. Missed lessons: this week / this term, in the circle those without a given reason.",
	pupil: "Pupil",
	missedHead: "Missed",
	missedUnder: "week / term",
	missedLabel: (week, term, open) =>
		`this week ${lessons(week)}, this term ${lessons(term)}, without a given reason ${lessons(open)}`,
	openTitle: (n) => `${lessons(n)} without a given reason`,
	openJournal: (title) => `Open the journal: ${title}`,
};

export default tutor;
