/** English: what stands around the grid and is said of entries: key strip, blocks, comments, undo, paper. */

import { count } from "../plural";
import type { EnteringWords } from "../ru/entering";

const cells = count("en", { one: "cell", other: "cells" });
const people = count("en", { one: "pupil", other: "pupils" });

const entering: EnteringWords = {
	willBeHeld: "Written; it goes to the deputy head for approval.",
	notUndone: "This can't be undone any more; the entry stays as it was.",
	movedOn: (n) => `Somebody else has changed ${cells(n)} since; nothing was touched there.`,
	withdrawn: "The correction was taken back from the deputy head.",
	bulk: {
		title: { paste: "Paste", fill: "Fill", erase: "Erase" },
		goes: (n) => (n === 0 ? "None of this can be written" : `Can be written: ${cells(n)}`),
		rest: (n) => (n === 0 ? "Write" : `Write ${cells(n)}`),
		replaced: (n) => `replacing what stands: ${n}`,
		wasReplaced: (n) => `replaced what stood: ${n}`,
		refused: (n) => `Won't go in: ${cells(n)}`,
		held: (n) => `Will go to the deputy head for approval: ${cells(n)}`,
		done: {
			paste: (n) => `Pasted: ${cells(n)}`,
			fill: (n) => `Filled: ${cells(n)}`,
			erase: (n) => `Erased: ${cells(n)}`,
		},
		block: (n) => `Selected: ${cells(n)}`,
		cell: (row, column) => `row ${row}, column ${column}`,
		outside: "The table ends here: it has no such pupil or lesson.",
		mean: "The mean is worked out by itself.",
		unread: "This can't go into a cell.",
		nothing: "Nothing to paste: it is empty or stands there already.",
		tooLarge: "Too many rows for a journal. Copy one column or block from the sheet.",
	},
	fill: {
		title: (day) => `Give to many: ${day}`,
		value: "What to give",
		who: "To whom",
		free: "All without a mark",
		below: "From here down",
		nobody: "Nobody",
		stands: (text) => `has ${text}`,
		put: (value, n) => `Give ${value}: ${people(n)}`,
	},
	held: (was, wanted) => `Waits for the deputy head: ${was || "empty"} → ${wanted || "empty"}`,
	conflict: "There are two different entries here.",
	paper: {
		sheet: (n, all) => `sheet ${n} of ${all}`,
		day: "Day",
		topic: "Topic",
		homework: "Homework",
		local: "not sent to the server yet",
		held: "a correction waits for a decision",
	},
	printed: (day) => `Printed ${day}`,
	commentTo: (who) => `Comment on the mark: ${who}`,
	typed: { н: "n", о: "o", зач: "z", осв: "os", "н/а": "na" },
	keys: {
		second: "Second mark after a slash",
		comment: "Comment",
		move: "Move to another lesson",
		moveShort: "Move",
		erase: "Erase",
		undo: "Undo",
		fill: "Give to many: everyone but …",
		fillShort: "Everyone but…",
		absent: "absent",
		late: "late",
		point: "a point: work owed",
		passed: "passed",
		exempt: "exempt",
		notAttested: "not attested",
		pick: "Choose a cell",
	},
	comments: {
		title: "Comment on the mark",
		label: "What the parents will read",
		hint: "Up to 500 characters",
		ofFirst: "on the first mark",
		ofSecond: "on the second mark",
	},
};

export default entering;
