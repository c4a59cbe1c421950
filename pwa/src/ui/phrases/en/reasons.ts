/** English: why an entry is not simply accepted. */

import { count } from "../plural";
import type { Grounds, Reasons } from "../ru/reasons";

const days = count("en", { one: "day", other: "days" });

// Who before when: a short name ends with a dot of its own.
const byWhom = (g: Grounds): string => `was locked${g.by ? ` by ${g.by}` : ""}${g.since ? ` on ${g.since}` : ""}`;
const closed = (g: Grounds): string => `${g.term ? `The term “${g.term}”` : "The term"} ${byWhom(g)}`;
const shut = (g: Grounds): string => `The school year ${byWhom(g)}`;
const lift = (g: Grounds): string =>
	g.lifter === "" ? "" : g.lifter ? ` The deputy head, ${g.lifter}, can allow it.` : " The deputy head can allow it.";
/** Who can mend what a refusal rests on. */
const appoints = (g: Grounds): string =>
	g.lifter === ""
		? ""
		: ` Lessons and substitutions are given out by the deputy head${g.lifter ? `, ${g.lifter}` : ""}.`;
const LISTS = "The admin keeps the class list.";

const reasons: Reasons = {
	sentences: {
		"": () => "The entry was accepted.",
		on_clock: () => "Accepted: the deadline passed while the tablet was offline, and the tablet's clock decided.",
		in_grace: (g) => `Accepted: written before the lock and arrived within ${days(g.graceDays)} after it.`,
		malformed: () => "The server did not understand this entry. Tell the admin: it looks like a fault of the program.",
		unknown_record: () => "There is no such journal, lesson or field in the school. The journal may have been removed.",
		bad_value: () => "Such a value can't be written here: it is too long or of another kind.",
		not_yours: (g) =>
			`When you wrote this you had no right to it: another teacher gave the lesson, or your appointment had ended.${appoints(g)}`,
		term_locked: (g) => `${closed(g)}: the entry was written after that.${lift(g)}`,
		year_locked: (g) => `${shut(g)}: the entry was written after that.${lift(g)}`,
		year_archived: (g) =>
			`The school year was put into the archive${g.since ? ` on ${g.since}` : ""}: nobody writes in its journals any more, and nothing can be approved into them.`,
		after_grace: (g) =>
			`${closed(g)}. The entry was written before, but arrived more than ${days(g.graceDays)} later.${lift(g)}`,
		window_closed: (g) =>
			`A mark may be corrected for ${days(g.windowDays)} after it was given${g.since ? `: that ended on ${g.since}` : ", and that time is over"}.${lift(g)}`,
		in_doubt: (g) =>
			`The deadline passed while the tablet was offline and its clock was unsteady: nobody can say whether the entry was in time.${lift(g)}`,
		unknown_pupil: () => `This journal's class has no such pupil and never had. ${LISTS}`,
		not_enrolled: () => `On that day the pupil did not belong to the class or the subgroup. ${LISTS}`,
		off_scale: () => "The school's scale has no such mark. The admin sets the scale.",
		no_marks: () => "The first year gets no marks.",
		not_begun: () => "This lesson has not begun: marks and attendance are entered once its day has come.",
		illegal_step: () =>
			"A school year can't go there from where it is: it is locked first, then archived, and does not come back from there.",
		out_of_year: () => "That day is outside the school year.",
		lost: () =>
			"Another entry of this cell stands higher: the deputy head's, or that of whoever gave the lesson. Yours is kept here.",
		already_decided: () => "This was decided before; a decision does not change.",
	},
	names: {
		"": "accepted",
		on_clock: "accepted on the tablet's clock",
		in_grace: "accepted after the lock",
		malformed: "not understood",
		unknown_record: "no such record",
		bad_value: "unfit value",
		not_yours: "no right to it",
		term_locked: "term locked",
		year_locked: "school year locked",
		year_archived: "school year archived",
		after_grace: "arrived too late",
		window_closed: "time for corrections is over",
		in_doubt: "time of writing unclear",
		unknown_pupil: "no such pupil",
		not_enrolled: "pupil not enrolled",
		off_scale: "not on the scale",
		no_marks: "class without marks",
		not_begun: "lesson not begun",
		illegal_step: "step not possible",
		out_of_year: "outside the school year",
		lost: "gave way to another entry",
		already_decided: "already decided",
	},
	now: {
		not_yours: () => "Another teacher gives this lesson: you can only read it.",
		term_locked: (g) =>
			`${closed(g)}. New entries go to the deputy head${g.lifter ? `, ${g.lifter}` : ""}, to be decided.`,
		year_locked: (g) =>
			`${shut(g)}. New entries go to the deputy head${g.lifter ? `, ${g.lifter}` : ""}, to be decided.`,
		after_grace: (g) =>
			`${closed(g)}. New entries go to the deputy head${g.lifter ? `, ${g.lifter}` : ""}, to be decided.`,
	},
	reopened: (g) =>
		`${g.term ? `The term “${g.term}”` : "The term"} has been opened again since, but this entry still waits for the deputy head.`,
};

export default reasons;
