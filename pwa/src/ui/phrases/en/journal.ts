/** English: the journal's grid. */

import { count } from "../plural";
import type { JournalWords } from "../ru/journal";

const journal: JournalWords = {
	hours: (n) => `${n} h a week`,
	planDone: (done, all) => `${done} of ${all} topics given`,
	term: "Term",
	part: "What to show",
	whole: "Whole term",
	pupil: "Pupil",
	number: "No.",
	mean: "mean",
	meanUnder: "mark",
	meanLong: "weighted mean of the term",
	termMark: "term",
	termMarkLong: (term) => `term mark, ${term}`,
	noMean: "no marks",
	marks: count("en", { one: "mark", other: "marks" }),
	proposal: (n) => `the mean proposes ${n}`,
	gridLabel: (title) => `Journal: ${title}`,
	earlier: "Earlier lessons",
	later: "Later lessons",
	windowOf: (from, to, all) => `lessons ${from}–${to} of ${all}`,
	notEnrolled: "not enrolled on that day",
	weight: (n) => `weight ${n}`,
	contains: {
		confirmed: (n) => `${n} confirmed`,
		waiting: (n) => `${n} not sent yet`,
		held: (n) => `${n} with the deputy head, not counted`,
	},
	absentWithMark: (name) => `${name}: absent and yet marked. Check which of them is right.`,
	unread: (text) =>
		`“${text}” can't go into a cell. Allowed: 5 4 3 2, n for н, o for о, o12 (12 minutes late), a point, z for зач, os for осв, na for н/а, two marks with a slash.`,
	keys: "Keys for marks",
	none: "No lessons in this part",
	noneText: "The admin or the deputy head keeps the timetable.",
	noPupils: "The class list is empty",
	loading: "The journal is loading onto the tablet…",
	gone: "This journal is not yours now",
	goneText:
		"Your appointment or substitution has ended, and the journal has left the tablet. What is in it stays on the server.",
	neverText: "Another teacher keeps it. The deputy head appoints and substitutes.",
	print: "Print",
	terms: "Term marks",
	noMarks: "The first year gets no marks: only attendance is kept here.",
};

export default journal;
