/** English: the office of the deputy head and the director. */

import { count } from "../plural";
import type { OfficeWords } from "../ru/office";

const entries = count("en", { one: "entry", other: "entries" });
const journals = count("en", { one: "journal", other: "journals" });
const days = count("en", { one: "day", other: "days" });
const lessons = count("en", { one: "lesson", other: "lessons" });

const office: OfficeWords = {
	title: "Deputy head's office",
	titleDirector: "Director's office",
	classTitle: (name) => (name ? `Class ${name}` : "Class"),
	views: "Sections of the office",
	tabs: {
		"": "Decisions",
		classes: "Journals",
		unfilled: "Gaps",
		substitutions: "Substitutions",
	},
	notYours: "This section is for the deputy head and the director",
	readOnly: "Read only: the deputy head decides.",
	nothing: "Nothing to decide",
	nothingText: "Corrections that teachers made after the time allowed or in a locked term appear here.",
	select: (title) => `Select: ${title}`,
	selectAll: (n) => `Select all, ${entries(n)}`,
	selected: (n) => `Selected: ${n}`,
	clearSelection: "Clear",
	was: "stood in the journal when the entry came",
	given: (when) => `given ${when}`,
	atOnce: "arrived at once",
	approve: "Approve",
	decline: "Decline",
	note: "Note for the teacher",
	addNote: "With a note",
	history: "History",
	open: "Lesson",
	done: {
		approved: (n) => `${entries(n)} approved.`,
		declined: (n) => `${entries(n)} declined.`,
	},
	showAll: (n) => `Show all: ${n}`,
	conflicts: "Two values, in the journals on this tablet",
	decided: "Decided",
	outcomes: {
		approved: "approved",
		declined: "declined",
		withdrawn: "withdrawn by the author",
	},
	by: (name) => `by ${name}`,
	waitsToSend: "not sent yet",
	refused: (n) => `Refused by the rules: ${n}`,
	noClasses: "No classes yet",
	grade: (n) => (n > 0 ? `Grade ${n}` : "Without a grade"),
	journals: "Journals of the class",
	nobodyTeaches: "no teacher appointed",
	notHere: "opens when the server is reached",
	takeClass: "Load the whole class",
	takeNote: "The class's journals are loaded onto this tablet: gaps and progress become visible.",
	takeOffline: "It loads as soon as the server is reached.",
	progress: "Progress",
	unfilled: "Not filled in",
	unfilledNote: (here, all, back) =>
		here === 0
			? "No journals are on this tablet yet. Open a class under “Journals”, and its gaps appear here."
			: `Looked at ${here} of ${journals(all)}, for lessons of ${days(back)} without a topic or a roll call.`,
	unfilledMore: "The other journals are not on this tablet: open a class and press “Load the whole class”.",
	unfilledClasses: "To the classes",
	allFilled: "Everything of the last two weeks is filled in.",
	filledHere: "Everything in them is filled in.",
	unfilledCount: lessons,
	lessonOf: (n) => `lesson ${n}`,
	noTopic: "no topic",
	noRoll: "no roll call",
	appoint: "Appoint a substitute",
	away: "Who is away",
	substitute: "Who substitutes",
	choose: "Choose",
	whichJournals: "In which journals",
	firstDay: "First day",
	lastDay: "Last day",
	reason: "Reason",
	reasonExample: "For example: sick leave, a course",
	appointNow: "Appoint",
	appointed: (name, n) => `${name} substitutes in ${journals(n)}.`,
	faults: {
		away: "Choose who is away.",
		journals: "Tick at least one journal.",
		substitute: "Choose who substitutes.",
		same: "Nobody can substitute for themselves: choose another teacher.",
		from: "Give the first day.",
		until: "The last day can't be before the first.",
		reason: "Write the reason: the director sees it.",
	},
	running: "Running and to come",
	noSubstitutions: "No substitutions now.",
	past: (n) => `Ended: ${n}`,
	instead: (name) => `(instead of ${name})`,
	span: (from, to) => `${from} – ${to}`,
	calledOff: "called off",
	endToday: "End today",
	callOff: "Call off",
};

export default office;
