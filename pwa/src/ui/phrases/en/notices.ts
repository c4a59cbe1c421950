/** English: a new version, a page that is not there, a store that does not open. */

import type { NoticeWords } from "../ru/notices";

const notices: NoticeWords = {
	update: {
		ready: "A new version is ready",
		apply: "Update",
		later: "Later",
	},
	lost: {
		title: "There is no such page",
		text: "The link is old or mistyped.",
		home: "To the start",
	},
	noStore: {
		title: "The tablet's store did not open",
		text: "Without it an entry could get lost, so the journal stays closed. Private mode and blocked site data are in the way: open the journal in an ordinary window.",
	},
};

export default notices;
