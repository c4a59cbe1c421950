/** English: term marks, the proposal and its arithmetic. */

import { count, form } from "../plural";
import type { TermWords } from "../ru/terms";

const marks = count("en", { one: "mark", other: "marks" });
const pupils = count("en", { one: "pupil", other: "pupils" });
const wait = form("en", { one: "waits", other: "wait" });

const terms: TermWords = {
	link: "Term marks",
	title: (term) => `Term marks: ${term}`,
	allTitle: "Term marks",
	due: (day) => `Term marks: give them by ${day}`,
	until: (term, day) => `${term} · to ${day}`,
	noJournals: "You have no journals with marks",
	left: (n, all) => `${all - n} of ${all} given`,
	mean: "Mean",
	ofTerm: "mean of the term",
	sinceTerm: (term) => `mean since “${term}”`,
	show: "Whom to show",
	all: (n) => `All · ${n}`,
	without: (n) => `No mark · ${n}`,
	few: (n) => `Too few · ${n}`,
	nobody: "There are no such pupils",
	floor: (n) => `The school asks for at least ${marks(n)} in a term.`,
	noTerms: "The school terms are not set yet",
	goesOn: (day) => `The term goes on through ${day}: the mean may still change.`,
	proposes: (mark) => `proposes ${mark}`,
	noProposal: "no marks for a mean",
	noMean: "no marks",
	given: "given ",
	notGiven: "not given",
	contains: (n) => marks(n),
	local: (n) => `only on this tablet: ${n}`,
	held: (n) => `${marks(n)} ${wait(n)} for the deputy head, not counted`,
	lacks: (n, floor) => `too few marks: ${n} of ${floor}`,
	because: (reason) => `Reason: ${reason}`,
	reasonMissing: "Differs from the mean: give a reason",
	marksOf: "Marks of the pupil",
	noPoint: "A point is no term mark: give a mark, н/а, осв or зач.",
	takeAll: (n) => `Take the proposals · ${n}`,
	takeTitle: "Take the proposed marks",
	takeText: "Untick those whom you want to mark yourself. Marks given already stay as they are.",
	take: (n) => `Give · ${pupils(n)}`,
	took: (n) => `Given: ${marks(n)}. One press undoes it.`,
	differs: (given, proposed, mean) =>
		`The mean ${mean} proposes ${proposed}, and you give ${given}. The deputy head will read the reason.`,
	usual: "Usual reasons",
	own: "In your own words",
	reasons: [
		"Tests were decisive",
		"Marked progress towards the end of the term",
		"Too few marks",
		"Absent through illness",
		"Exempt",
	],
	giveWith: (mark) => `Give ${mark}`,
};

export default terms;
