/** English: the own page. */

import { count } from "../plural";
import type { MeWords } from "../ru/me";

const entries = count("en", { one: "entry", other: "entries" });

const me: MeWords = {
	title: "Me",
	language: "Language",
	theme: "Look",
	themes: { auto: "As the device", light: "Light", dark: "Dark" },
	tablet: "This tablet",
	unsent: "Only on this tablet",
	unsentNone: "nothing: all is sent",
	unsentCount: (n, since) => `${entries(n)}, the oldest of ${since}`,
	backup: "In the backup",
	backupAll: "everything that was sent",
	backupBehind: (n) => `catching up: ${entries(n)}`,
	contact: "Last contact with the server",
	never: "none yet",
	now: (when) => `${when}, connected`,
	live: "News arrive at once",
	liveYes: "yes",
	liveNo: "no, they are looked up from time to time",
	clock: "Clock of the tablet",
	clockRight: "is right",
	clockAhead: (span) => `${span} fast`,
	clockBehind: (span) => `${span} slow`,
	clockNote: "No entry gets lost by that, but set the clock right: it decides where a deadline is close.",
	storage: "Storage",
	storageSafe: "the browser promises not to erase the entries",
	storageUnsafe:
		"the browser may erase the site's data when space runs out. Send often, and add the journal to the home screen",
	storageUnknown: "the browser does not say whether it is reliable",
	lacking: "This browser lacks some features: tabs may update late. A recent Chrome is better.",
	forked:
		"The tablet found out that it is an old copy of itself (its data was restored) and took a new identity. Unsent entries are kept.",
	healed: "The tablet's data differed from the server's and was loaded anew; your entries were not touched.",
	rulesBehind: "The server has newer rules: warnings on this tablet may be behind. Update the app.",
	keys: "Keys of the journal",
	keyList: [
		["5, 4, 3, 2, n, o", "a mark, absent, late; o12 is 12 minutes late; 5/4 are two marks"],
		["Enter, Tab", "next pupil, next lesson"],
		["F2, Delete", "edit the cell, erase it"],
		["Shift+F2", "comment, on the mark given just now, too"],
		["Ctrl+Z, Ctrl+Y", "undo, redo"],
		["Shift+↑↓, Ctrl+D", "select, fill down"],
		["Ctrl+C, Ctrl+V", "a column to a spreadsheet and from it"],
		["Ctrl+K", "find a pupil or a journal"],
		["Ctrl+P", "print the journal"],
		["Ctrl+Shift+L", "lock the journals"],
	],
	send: "Send now",
	sending: "Sending…",
	sendFailed: "The server does not answer yet. The entries are still on the tablet.",
	sendDone: "All sent",
	signInAgain: "Sign in again",
	signOut: "Sign out",
	signOutTitle: "Sign out of this tablet?",
	signOutUnsent: (n) =>
		`${entries(n)} not sent yet. They stay on the tablet, sealed, and leave by themselves once there is a connection; you see the verdicts after you sign in. Better send them first.`,
	signOutClean: "All is sent. The journals leave this tablet; to sign in again you need a connection.",
	signOutAnyway: "Sign out anyway",
	roles: "Roles",
};

export default me;
