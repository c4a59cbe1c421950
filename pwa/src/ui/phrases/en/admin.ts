/** English: the admin's screens. */

import { count } from "../plural";
import type { AdminWords } from "../ru/admin";

const entries = count("en", { one: "entry", other: "entries" });
const changes = count("en", { one: "change", other: "changes" });
const tablets = count("en", { one: "tablet", other: "tablets" });
const days = count("en", { one: "day", other: "days" });

const admin: AdminWords = {
	title: "Admin",
	views: "Sections of the admin",
	tabs: {
		"": "State",
		terms: "Terms",
		settings: "Settings",
		grants: "Rights",
	},
	notYours: "This section is the admin's",
	notYoursText: "Rights are given by the journal's admin on the director's order.",
	silence: {
		offline: "The server is not reached",
		signed_out: "Sign in again",
		forbidden: "The server does not show this to your role",
		failed: "The server answered with an error",
	},
	knownAt: (when) => `What was known at ${when} is shown`,
	notKnownYet: "Not known yet: the server has not answered.",
	backup: "Backup",
	healthy: "working",
	unhealthy: "not updated",
	lagHead: "Behind by",
	lagNone: "nothing: every entry is in the backup",
	lagShort: (n) => `less than a minute, ${changes(n)} not in it yet`,
	lag: (span, n) => `${span}, ${changes(n)} not in it yet`,
	lagUnknown: (n) => `unknown, ${changes(n)} not in it yet`,
	lastSync: "Last update",
	dailyCopy: "Whole copy of",
	where: "Where it is",
	nowhere: "no backup is set up",
	never: "never yet",
	troubles: {
		disk_full:
			"The server's disk takes no entries: it is full or failing. The entries wait on the tablets. Make room, the rest goes by itself.",
		litestream_down: "The backup program is not running. Restart the server; if that does not help, look at its log.",
		line_lost:
			"The backup broke off and a new one is being begun. Nothing to do if this message disappears in a few minutes.",
		unreachable:
			"The place of the backup does not answer. Check the disk or the network to the storage, and its free space.",
		unrestorable:
			"The school can't be restored from this backup now. Check the files in the storage: some may have been deleted.",
		wal_large: "The backup can't keep up with the entries. Check the disk's free space and speed.",
		daily_failed: "Today's whole copy could not be made. Check the free space of the disk with the copies.",
	},
	troubleUnknown: "The backup is not being updated. See `zvonok status` on the server: it says what to do.",
	tablets: "Tablets",
	reportedToday: (reported, all) => `${reported} of ${tablets(all)} reported today`,
	unsentOn: (n, on) => `${entries(n)} not sent on ${tablets(on)}`,
	unsentNone: "no unsent entries",
	noTablets: "No tablets yet",
	noTabletsText: "A tablet appears here when a member of staff signs in to the journal on it.",
	tabletHeads: ["Person", "Tablet", "Last contact", "Not sent", "Clock"],
	unnamedTablet: "no name",
	justNow: "just now",
	ago: (span) => `${span} ago`,
	unsent: entries,
	unsentZero: "all sent",
	clockRight: "right",
	clockFast: (span) => `${span} fast`,
	clockSlow: (span) => `${span} slow`,
	noTerms: "No terms yet",
	termsNote:
		"A locked term is not corrected any more: new corrections in it wait for the deputy head, who may change it herself.",
	span: (from, to) => `${from} – ${to}`,
	noDates: "no dates set",
	locked: "locked",
	open: "open",
	lock: "Lock the term",
	unlock: "Unlock the term",
	lockTitle: (name) => `Lock “${name}”`,
	unlockTitle: (name) => `Unlock “${name}”`,
	lockMeans: (n) =>
		`After the lock, teachers' corrections in this term wait for the deputy head. Entries made offline before the lock are accepted for ${days(n)} more.`,
	unlockMeans: "Teachers can correct this term again. Marks are still corrected only within the time allowed.",
	reason: "Reason",
	reasonMissing: "Write a reason: it stays in the history.",
	changes: "Who locked and unlocked it",
	change: (locked, when, who) => `${locked ? "Locked" : "Unlocked"} ${when}, ${who}.`,
	because: (reason) => `Reason: ${reason}`,
	waitsToSend: "not sent yet",
	rules: "Rules",
	windowDays: "Days in which a mark may be corrected",
	windowHint: "From the moment it was given. The regulation says 14.",
	graceDays: "Days after a lock in which late entries are accepted",
	graceHint: "Those made before the lock on an offline tablet.",
	holdInDoubt: "Doubtful time goes to the deputy head",
	holdHint:
		"When a deadline passed while the tablet was offline, the entry waits for the deputy head even if the tablet's clock was right.",
	publication: "Publication to the diary",
	live: "At once",
	daily: "Once a day",
	publishAt: "At what time",
	publishHint: "The regulation says not later than 17:00.",
	weights: "Weight of marks by kind of work",
	weightsHint: (most) =>
		`How much heavier a mark is than an answer in class, from 0 to ${most}. Zero keeps it out of the mean. Means change at once.`,
	wholeNumber: (most) => `A whole number from 0 to ${most} is wanted.`,
	timeWanted: "A time is wanted, such as 17:00.",
	save: "Save",
	discard: "Do not save",
	saved: "The settings are written",
	noGrants: "Nobody has been given a right yet",
	grantsNote: "Read only. Teachers keep the journals that the deputy head assigned to them without being on this list.",
	from: (day) => `from ${day}`,
	until: (day) => `until ${day}`,
	noEnd: "without end",
	grantEnded: "ended",
	grantFuture: "not begun yet",
};

export default admin;
