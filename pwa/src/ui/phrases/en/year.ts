/** English: the lock of the school year. */

import { count } from "../plural";
import type { YearWords } from "../ru/year";

const days = count("en", { one: "day", other: "days" });
const entries = count("en", { one: "entry", other: "entries" });

const year: YearWords = {
	unnamed: "School year",
	years: "School year",
	states: { open: "open", locked: "locked", archived: "archived" },
	steps: { open: "Unlock the year", locked: "Lock the year", archived: "Archive it" },
	titles: {
		open: (name) => `Unlock “${name}”`,
		locked: (name) => `Lock “${name}”`,
		archived: (name) => `Archive “${name}”`,
	},
	means: {
		open: () => [
			"Teachers can write in this year's journals again, but for locked terms. Marks are still corrected only within the time allowed.",
		],
		locked: (grace) => [
			"After the lock, teachers' corrections in all journals of the year wait for the deputy head, who may change a locked year herself.",
			`Entries made offline before the lock are accepted for ${days(grace)} more.`,
			"The year can be unlocked again: for everybody, or for one teacher until a day.",
		],
		archived: () => [
			"Nobody writes in this year's journals any more: no teacher, no deputy head, nobody for whom the year was opened. They can still be read and printed.",
			"What waits for the deputy head stays with her and its author, but can't be approved any more.",
			"This can't be undone: nobody brings a year back from the archive, nor does the admin.",
		],
	},
	waiting: (n) => `Waiting for the deputy head now: ${entries(n)}. Decide on them first.`,
	sure: "I understand that this can't be undone",
	sureMissing: "Tick that you understand this.",
	isArchived: "This year's journals are closed for good: they can be read and printed, and nobody can write in them.",
	changes: "What was done to the year",
	change: {
		open: (when, who) => `Unlocked ${when}, ${who}.`,
		locked: (when, who) => `Locked ${when}, ${who}.`,
		archived: (when, who) => `Archived ${when}, ${who}.`,
	},
	reopen: "Open for a teacher",
	reopenTitle: (name) => `Open for a teacher: “${name}”`,
	reopenMeans:
		"Until the chosen day the teacher writes in these journals as if the year and its terms were not locked and the time for corrections not over. For all others the year is locked.",
	teacher: "Teacher",
	choose: "Choose",
	teacherMissing: "Choose a teacher.",
	journals: "Which journals",
	journalsMissing: "Choose at least one journal.",
	lastDay: "Last day",
	dayMissing: "A day is needed, today or later.",
	openedFor: "Opened by name",
	opened: (from, until) => `from ${from} to ${until}`,
	close: "End it",
	reopened: (who) => `Opened for ${who}`,
};

export default year;
