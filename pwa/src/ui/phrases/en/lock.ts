/** English: the lock. */

import { count } from "../plural";
import type { LockWords } from "../ru/lock";

const entries = count("en", { one: "entry", other: "entries" });
const tries = count("en", { one: "try", other: "tries" });
const seconds = count("en", { one: "second", other: "seconds" });
const minutes = count("en", { one: "minute", other: "minutes" });

const lock: LockWords = {
	title: "The journal is locked",
	because: {
		idle: "Nobody touched the tablet for a while, so the journal locked itself.",
		hidden: "The journal was off the screen for more than a minute and locked itself.",
		asked: "What lies on the tablet is encrypted; the key is out of memory.",
		start: "The app has been started anew: open the journal.",
		lease: "The tablet has not met the server for too long. The journal opens once there is a connection.",
		revoked:
			"The school has closed access from this tablet for somebody who worked here. Their journals are gone. What was unsent leaves sealed for the server and waits there for the deputy head.",
		wiped:
			"Ten wrong tries: the journals are gone from this tablet. Unsent entries are safe and leave for the server. Sign in with the password.",
	},
	who: "Who are you?",
	change: "Change",
	other: "Somebody else, by login",
	signIn: "Sign in with login and password",
	toList: "To the list",
	open: "Open",
	opening: "Opening…",
	pin: "PIN",
	passphrase: "Passphrase or password",
	byPin: "By PIN",
	byPassphrase: "By password",
	passphraseHint: "The one you signed in with, or the passphrase you set for this tablet.",
	digit: (n) => `Digit ${n}`,
	erase: "Erase a digit",
	typed: (n) => `Digits typed: ${n}`,
	wrong: (left) => `Wrong. ${tries(left)} left, then the journals go from this tablet.`,
	wait: (n) => (n >= 90 ? `Wait ${minutes(Math.ceil(n / 60))}.` : `Wait ${seconds(n)}.`),
	lapsed: "A connection to the server is needed: without it the journal opens no more.",
	signInOnly: "Only a sign-in with login and password helps here, with a connection.",
	failed: "It did not open. Try again.",
	forgotten: "Forgotten?",
	forgottenText:
		"Sign in with login and password while there is a connection. The journals are loaded anew. Unsent entries are not lost: they are sealed to the server and leave by themselves, even when they can't be opened here any more. If the password is forgotten too, the school's administrator sets a new one.",
	protects: "What a PIN protects against",
	protectsText:
		"A PIN protects against whoever takes the tablet in their hands: after ten wrong tries the journals go. Six digits do not help against someone who copied the disk and broke into the system: for that there are the passphrase and the device's own lock. After 12 hours the passphrase is asked for.",
	nothingWaits: "The server has every entry",
	waits: (n) => `Waiting to be sent: ${entries(n)}`,
	waitsDelivered: (n) => `Delivered sealed: ${entries(n)}; the verdicts come after you open`,
	waitsPartly: (n, of) => `${n} of ${entries(of)} delivered`,
	offerTitle: "Open with a PIN?",
	offerText: "Six digits in place of the password, for twelve hours. It can be set later, on your own page.",
	offerYes: "Set a PIN",
	offerNo: "Not now",
	setTitle: "New PIN",
	setPin: "PIN, 6 digits or more",
	setAgain: "Once more",
	notSame: "The two are not the same. Type both again.",
	short: "6 to 12 digits are needed.",
	easy: "That is easy to guess: one digit repeated, or digits in a row. Choose another.",
	setPassphrase: "Passphrase, 10 characters or more",
	setPassphraseHint: "It opens the journal after the browser was restarted, without a connection.",
	passphraseShort: "At least 10 characters are needed.",
	phraseNew: "Set a passphrase",
	phraseText:
		"It opens the journal on this tablet without a connection, in place of the password. It never leaves the tablet; you go on signing in at the server with the password, and after such a sign-in the password opens here again.",
	phraseDone: "The passphrase is set",
	set: "Set",
	done: "The PIN is set",
	needTitle: "A passphrase for this tablet",
	needText:
		"Your password is shorter than 10 characters, too short for a lock. Choose a longer phrase: it opens the journal on this tablet without a connection. It does not leave the tablet.",
	protection: "Lock",
	free: "It opens without a password: the key lies on this device. Whoever holds the device sees all that is in it. A PIN locks the journal.",
	closes: (n) => `It locks itself when the tablet is not touched for ${minutes(n)}.`,
	pinUntil: (when) => `The PIN works until ${when}, then the passphrase or password.`,
	noPin: "No PIN: the journal opens with the passphrase or password.",
	pinNew: "Set a PIN",
	pinOther: "Change the PIN",
	lockNow: "Lock now",
};

export default lock;
