/** English: a pupil's marks, and the search. */

import { count } from "../plural";
import type { PupilWords } from "../ru/pupil";

const pupil: PupilWords = {
	title: "Pupil",
	unknown: "There is no such pupil on this tablet",
	unknownText: "Only pupils of your classes and journals are here.",
	noJournals: "No journal of this pupil is on the tablet",
	noJournalsText: "Open a journal of the class: once it is loaded, the marks appear here.",
	term: "term",
	noMarks: "No marks in this term",
	weight: (n) => `weight ${n}`,
	absences: count("en", { one: "absence", other: "absences" }),
	lates: count("en", { one: "late arrival", other: "late arrivals" }),
	toJournal: "Journal",
	search: {
		title: "Find",
		label: "Name or journal",
		hint: "Any part of the name; «е» and «ё» are the same",
		today: "Today",
		recent: "Recent journals",
		pupils: "Pupils",
		journals: "Journals",
		found: (n) => `${n} found`,
		nothing: "Nothing found. Only your classes and journals are searched.",
		start: "Begin to write a name.",
		more: (n) => `and ${n} more: write more of the name`,
		loading: "The lists are still loading: there may be more.",
	},
};

export default pupil;
