/** English: what the tablet says of itself. */

import { count } from "../plural";
import type { TabletWords } from "../ru/tablet";

const entries = count("en", { one: "entry", other: "entries" });
const were = count("en", { one: "entry was", other: "entries were" });
const leave = count("en", { one: "unsent entry leaves its time", other: "unsent entries leave their time" });

const tablet: TabletWords = {
	late: {
		label: "Deadline is near",
		title: (n, day) => `${leave(n)}: ${day}`,
		window_closed: (when) => `They correct marks; without the deputy head that is possible before ${when}.`,
		after_grace: (when) => `The term is locked already; what was made before the lock is taken before ${when}.`,
		term_locked: (when) => `The term locks on ${when}.`,
		not_yours: (when) => `Your right to these journals ends on ${when}.`,
		other: (when) => `After ${when} the deputy head must allow them.`,
		advice: "They are only on this tablet: come near the school's network, or save a sealed file.",
	},
	lease: {
		label: "Long without the server",
		title: (day) => `The tablet will close its journals: ${day}`,
		why: (when) =>
			`Without meeting the school's server the journals open until ${when}. Unsent entries stay, but reading and writing will have to wait for the server.`,
	},
	lost: {
		label: "Entries are gone from the tablet",
		title: (n) => `${were(n)} on this tablet and not sent`,
		numbers: (from, to) => (from === to ? `number ${from}` : `numbers ${from}–${to}`),
		why: (numbers) =>
			`The browser's storage was cleared: ${numbers}. Only you know what they held: look through the last lessons and enter what is missing again. The administrator will see it after you sign in.`,
		understood: "I see",
	},
	signedOut: {
		label: "Sign in again",
		title: "Sending pauses until you sign in",
		why: (n) =>
			`The session at the server has ended. You can go on writing: everything is kept here${n > 0 ? ` (${entries(n)})` : ""} and goes up as soon as you sign in.`,
		enter: "Sign in again",
	},
	fleeting: {
		label: "Private window",
		title: "Entries will be gone when this window closes",
		why: "The browser is in private mode and erases everything when it closes. Open the journal in an ordinary window.",
	},
	tight: {
		label: "Little room",
		title: (left) => `The tablet is running out of room: ${left} left`,
		why: "Send the entries and make room. If the tablet can't keep an entry, it says so at once and leaves it on the screen.",
	},
	carry: {
		label: "Not sent for long",
		title: (n) => `${entries(n)} only on this tablet`,
		why: "If the network is far, save a sealed file: any tablet of the school can send it, only the server can read it.",
		unsafe: "The browser does not promise to keep this site's data: add the journal to the home screen.",
	},
	send: "Send now",
	sending: "Sending…",
	sendFailed: "The server does not answer yet. The entries are still on the tablet.",
	file: {
		save: "Save the entries to a file",
		saved: "The file is saved. Open it on a tablet that has a connection: Me → Send a file of another tablet.",
		nothing: "Nothing to send: the server has everything.",
		failed: "The file could not be saved.",
		qr: "Show a QR code",
		qrTooMuch: "Too many entries for a QR code: save them to a file.",
		qrTitle: "QR code with the entries",
		qrHelp:
			"Read the code with a phone and paste the text on any tablet that has a connection: Me → Send a file of another tablet. Only the server can read the entries.",
		import: "Send a file of another tablet",
		importLead: "Choose a .zvonok file, or paste the text of a QR code. The entries of others stay sealed.",
		choose: "Choose a file",
		paste: "Text of the QR code",
		bring: "Send",
		brought: (n, name) => `Delivered: ${entries(n)}${name ? `, tablet “${name}”` : ""}.`,
		refused: (n) => `The server could not open: ${entries(n)}.`,
		missing: (n) => `After number ${n} entries are missing: they will come from the tablet itself.`,
		bad: "This is no file of Zvonok entries.",
	},
	unkept: {
		title: "Not kept: the tablet has no room",
		closed: "Not kept: the tablet's storage is closed",
		text: "The entry is only on the screen. Make room and keep it again, or save its text to a file.",
		again: "Keep again",
		file: "Save the text",
		drop: "Remove",
		kept: "Kept",
		still: "Not kept this time either: the entry is still only on the screen",
	},
	install: {
		title: "The journal as an app",
		why: "With an icon on the home screen it opens without a network, and the browser keeps the entries more safely.",
		install: "Install",
		later: "Not now",
		how: "How to do it",
		installed: "The journal is installed as an app",
		steps: ["Tap Share in Safari", "Choose Add to Home Screen", "Tap Add"],
		picture:
			"Drawing: the Share button is a square with an arrow up, the list has a line Add to Home Screen with a plus",
	},
	bulk: {
		keepShown: (n) => `Keep what shows, in all (${n})`,
		dismiss: (n) => `Remove all refused (${n})`,
		withdraw: (n) => `Withdraw all that wait (${n})`,
		done: (n) => `Settled: ${entries(n)}`,
	},
	again: "Write it again",
	ask: "Ask the deputy head",
	asking: (what) => `Hello! A correction waits for your decision in Zvonok: ${what}. Section “Deputy”.`,
	asked: "The text is copied: paste it into a message to the deputy head.",
};

export default tablet;
