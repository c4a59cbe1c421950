/** English: the shell. */

import { count } from "../plural";
import type { Shell } from "../ru/shell";

const entries = count("en", { one: "entry", other: "entries" });
const only = (n: number): string => `${entries(n)} only on this tablet`;
const more = count("en", {
	one: "needs attention",
	other: "need attention",
});

const shell: Shell = {
	app: "Zvonok",
	nav: {
		label: "Sections",
		today: "Today",
		journals: "Journals",
		attention: "Attention",
		class: "Class",
		office: "Office",
		deputy: "Deputy",
		admin: "Admin",
		diary: "Diary",
		marks: "Marks",
		me: "Me",
		attentionCount: more,
		lock: "Lock",
		lockWhy: "Lock the journal or let somebody else in (Ctrl+Shift+L)",
		find: "Find a pupil or a journal",
		skip: "Skip to content",
	},
	status: {
		label: "State of the entries",
		only: (n, more) => (more ? `${only(n)} · ${more}` : only(n)),
		askedToSignIn: "the network wants a sign-in",
		sendingCount: (n) => `Sending… ${entries(n)}`,
		safe: "All sent and in the backup",
		copyBehind: "Sent, the backup is catching up",
		notReached: (since) => `Server not reached since ${since}`,
		neverReached: "The server was not reached yet",
		signInAgain: "Sign in again",
		signInAgainCount: (n) => `Sign in again · ${only(n)}`,
		loading: "Loading…",
		asking: "Contacting the server…",
		stranger: "Not our server: the network wants a sign-in",
		attention: (said, n) => `${said} · ${more(n)}`,
		deputy: (said, n) => `${said} · waiting for the deputy head: ${n}`,
		storeTrouble: "The tablet could not keep an entry",
	},
	words: {
		cancel: "Cancel",
		save: "Save",
		close: "Close",
		undo: "Undo",
		back: "Back",
		loading: "Loading…",
		notHere: "Not on this tablet yet",
		notHereText: "It will load as soon as the server is reached.",
		nothingToUndo: "Nothing to undo",
		notDone: "Not done: the app was still loading. Do it again.",
		unsaid: "The explanation did not load: look at what stands in the cell",
		unasked: "Your explanation was not needed: the entry does not wait for the deputy head.",
		takenUp: "Written: what you were typing when the page closed",
	},
	roles: {
		director: "director",
		admin: "admin",
		deputy_head: "deputy head",
		class_teacher: "class teacher",
		teacher: "teacher",
		observer: "observer",
		substitute: "substitute teacher",
		parent: "parent",
		pupil: "pupil",
	},
	notKept: "Not kept: the tablet's storage is closed or full. Reload the page and do it again.",
	failed: {
		title: "The page did not open",
		text: "The entries are safe. Reload the page; if it happens again, tell the admin.",
		reload: "Reload",
	},
};

export default shell;
