/**
 * What the screens see of the engine: views of records, the outbox, the status, and the engine itself.
 *
 * Holds always:
 * 1. A view is confirmed rows overlaid with this tablet's own entries; a download never hides an unsent entry.
 * 2. `status().unsent` counts the entries without a receipt of the server. Only 0 may be shown as "all sent".
 * 3. An entry that was held, refused or lost stays in `pending()` until it is settled.
 * Not here: how any of it is done.
 */

import type { Head, Hello, Op, Reason, SignedIn, TroubleCode, Verdict } from "../generated/messages";
import type { KindName, Kinds } from "../generated/model";
import type { Deadline } from "../rules/deadlines";
import type { LessonPlace } from "../rules/timetable";
import type { Drafts } from "./drafts";
import type { Room } from "./storage";
import type { Gap } from "./tally";

export type { Deadline, Gap, LessonPlace, Room };

/**
 * State of one cell.
 * safe: the backup has it, no sign · applied: the server has it · local: only on this tablet · held: an own entry
 * waits for the deputy head, the confirmed value shows · conflict: two heads, the better shows · lost: an own entry
 * lost to a better one.
 */
export type CellState = "safe" | "applied" | "local" | "held" | "conflict" | "lost";

/** What the author was looking at: epoch and seq of the scope when the editor opened. Opaque to screens. */
export type Seen = readonly [epoch: string, seq: number];

/** One record as the screen shows it. `seq` 0: the record is only on this tablet. Cells that were never set are null. */
export interface View<K extends KindName> {
	readonly key: string;
	/** The key's parts by name: {journal: "j8b-alg", date: "2026-11-03", …}. */
	readonly parts: Readonly<Record<string, string>>;
	readonly seq: number;
	readonly values: Readonly<Kinds[K]>;
	/** State of each cell that was ever set. */
	readonly states: Readonly<Partial<Record<keyof Kinds[K], CellState>>>;
	/** Cells in conflict with all their heads, the better first; null when none is. */
	readonly heads: Readonly<Record<string, readonly Head[]>> | null;
}

/** What a screen writes: cells of one record. null clears a cell; an absent cell is left alone. */
export interface Entry {
	readonly kind: KindName;
	readonly key: string;
	readonly set: Readonly<Record<string, unknown>>;
}

/**
 * An entry in the outbox that still matters: not sent, not durable, or not settled.
 * `before`: what the cells showed when it was written. `settled`: the matter it became has an outcome.
 * `stuck`: too large for the server to take; it stays here and can be exported.
 */
export interface Pending {
	readonly n: number;
	readonly op: Op;
	readonly entry: Entry;
	readonly state: "local" | "sent" | Verdict;
	readonly reason: Reason;
	readonly detail: Readonly<Record<string, unknown>>;
	/** Seq at which the server decided it; 0 while it has not. */
	readonly seq: number;
	readonly durable: boolean;
	/** Tablet's wall clock when it was written. */
	readonly at: number;
	readonly before: Readonly<Record<string, unknown>>;
	readonly settled: boolean;
	readonly stuck: boolean;
}

/** What the status line says. Counts are of entries; moments are UTC ms. */
export interface Status {
	readonly person: string;
	/** Entries without a receipt. Green is `unsent === 0`, nothing else. */
	readonly unsent: number;
	/** When the oldest of them was written. */
	readonly oldestUnsent: number | null;
	readonly sending: boolean;
	/** Did our server answer the last attempt? null: none made yet. A captive portal, or a 502 before it, is not its answer. */
	readonly reachable: boolean | null;
	/** Last trusted answer of the server, by its clock. */
	readonly lastContact: number | null;
	/** When the diary was last published, by the server's clock; null: never. */
	readonly published: number | null;
	/** The server wants a new sign-in; entering goes on. */
	readonly signedOut: boolean;
	/** Why the last attempt failed; null when it did not. */
	readonly trouble: TroubleCode | "offline" | "not_our_server" | null;
	/** Server's clock minus the tablet's, ms. */
	readonly skew: number;
	/** Entries with a receipt that the backup has not yet. */
	readonly notDurable: number;
	/** Own entries held, refused, lost or stuck and not settled, plus own cells in conflict. */
	readonly attention: number;
	/** Of them, those that wait for the deputy head's decision. */
	readonly held: number;
	/** Some scope is not complete yet. */
	readonly loading: boolean;
	/** The tablet found itself to be an old copy and took a new identity. */
	readonly forked: boolean;
	/** Scopes whose digest did not match and that healed themselves, since the start. */
	readonly healed: number;
	/** May the browser throw the store away? null: it does not say. */
	readonly persisted: boolean | null;
	/** Is this the tab that syncs? */
	readonly leading: boolean;
	/** Is the live channel open, and has a sync succeeded since? */
	readonly live: boolean;
	/** APIs this browser lacks ("locks", "broadcast", …): what follows is said by the screen. */
	readonly lacking: readonly string[];
	/** The last thing the tablet's own store refused ("quota", "closed", …); the entry was not written. */
	readonly storeTrouble: string | null;
	/** How much room the store has, by the browser; null: it does not say. */
	readonly room: Room | null;
	/** A private window: what is here goes when it closes. null: the browser does not say. */
	readonly fleeting: boolean | null;
	/** Entries that were on this tablet and went with its store before the server had them. */
	readonly lost: readonly Gap[];
	/** Rules of the server are newer than the tablet's: warnings here may be behind. */
	readonly rulesBehind: boolean;
	/** When this tablet stops opening what it holds unless it meets the server before, by the server's clock. */
	readonly leaseEnds: number | null;
}

/** Someone on this tablet, as the screen of the lock shows them. Moments are of the tablet's clock. */
export interface Keyholder extends KnownPerson {
	/** How their case opens now, without a network. `free`: by a tap, nothing is asked (families). Neither of the
	 * three: only a sign-in at the server opens a new one. */
	readonly opens: { readonly pin: boolean; readonly passphrase: boolean; readonly free: boolean };
	/** Wrong tries so far; at 10 the journals go from the tablet, what is unsent stays. */
	readonly tries: number;
	/** Before this moment no try counts; 0: at once. */
	readonly waitUntil: number;
	/** The offline lease is over: the case opens only together with a contact. */
	readonly lapsed: boolean;
	/** Entries without a receipt; `delivered` of them have reached the server as sealed parcels. */
	readonly waiting: number;
	readonly delivered: number;
}

/** The tablet is locked: nobody's data is in memory. `current`: who sat here last, if their case can be opened here. */
export interface Locked {
	readonly people: readonly Keyholder[];
	readonly current: Keyholder | null;
	/** Why it locked, where the screen should say so. */
	readonly because: "idle" | "hidden" | "asked" | "start" | "lease" | "revoked" | "wiped";
}

/** How the case of the person at work is protected. */
export interface Protection {
	/** The case opens without a secret: the key lies on the tablet (families, until they set a PIN). */
	readonly free: boolean;
	readonly passphrase: boolean;
	/** Until when the PIN opens; null: none is set. */
	readonly pinUntil: number | null;
	readonly lockMinutes: number;
}

/** The case and its locks: the part of the engine that works without anybody's data. */
export interface Locking {
	/** null while somebody is at work, and on a tablet that nobody uses, unless it was revoked (then with no people). */
	readonly locked: Locked | null;
	/** null while nobody is at work. */
	readonly protection: Protection | null;
	/** Drops the key in every tab; open editors are committed before it. */
	lock(): Promise<void>;
	/**
	 * Opens the case of `who` (default: the current one) with a PIN or a passphrase. Throws EngineError: "wrong_secret",
	 * "too_many_tries" (with the seconds to wait), "wiped" (the tenth wrong try), "lapsed" (needs a contact and did not
	 * get one), "no_session" (only a sign-in helps).
	 */
	unlock(secret: string, who?: KnownPerson): Promise<void>;
	/** Locks, and lets the screen of the lock show this person. One whose case is free opens at once. */
	switchTo(who: KnownPerson): Promise<void>;
	/** At least 6 digits, lawful for 12 hours. `passphrase`: where the case has none yet. Throws "needs_passphrase". */
	setPin(pin: string, passphrase?: string): Promise<void>;
	/** At least 10 characters. */
	setPassphrase(passphrase: string): Promise<void>;
	/** Called before each lock, in every tab: commits the open editor. */
	beforeLock(commit: () => Promise<void>): void;
	/** What the server has not got, sealed, as the text of a *.zvonok file; null when there is nothing. Locked or not. */
	exportParcels(who?: KnownPerson): Promise<string | null>;
	/** Brings such a file to the server. Throws EngineError: "bad_file", or what the network did. */
	importParcels(text: string): Promise<Brought>;
}

/** What became of a file of parcels. */
export interface Brought {
	readonly tablet: string;
	readonly parcels: number;
	/** Numbers that the server could not open. */
	readonly refused: readonly number[];
	/** A gap after this number: what follows waits for the tablet itself; 0: none. */
	readonly missing: number;
}

/** The forms whose drafts are kept. */
export type DraftName = "decisions" | "substitution" | "settings" | "term" | "year" | "reopen" | "revoke" | "pleas";

/** What changed: views of these scopes, and/or pending, matters and status. */
export interface Change {
	readonly scopes: ReadonlySet<string>;
	readonly status: boolean;
	/** The session began or ended (also in another tab). */
	readonly session: boolean;
	/** What was being typed when a page went has been written now. */
	readonly takenUp?: boolean;
	/** A reason written ahead was not wanted: its entry does not wait for the deputy head. */
	readonly unasked?: boolean;
}

/** Who is signed in, as the server said; survives reload and offline. `since`: moment of sign-in, tablet's clock. */
export interface Session extends SignedIn {
	readonly since: number;
}

/** Someone who signed in on this tablet before, from the plain list beside the sealed stores. */
export interface KnownPerson {
	readonly school: string;
	readonly person: string;
	readonly name: string;
	readonly login: string;
	readonly last: number;
}

/** What the rules on the tablet say of an entry, were it written now. The server alone decides. */
export interface Decision {
	readonly verdict: Verdict;
	readonly reason: Reason;
	/** `since`, `until` (UTC ms), `by` (person id), `cell`: what the phrase book needs. */
	readonly detail: Readonly<Record<string, unknown>>;
}

/** What became of an undo or a redo. */
export interface Undone {
	/** The entries of the step that was turned back or on, as they were made: where it happened. */
	readonly step: readonly Entry[];
	/** What was written, as new entries; a correction on hold is withdrawn instead. */
	readonly written: readonly Entry[];
	/** The worst the rules say of what was written: "held" means that it waits for the deputy head. */
	readonly decision: Decision | null;
	/** The first thing the rules refuse: it was not written, and the cell stays as it is. */
	readonly refused: Decision | null;
	/** Cells in which something else has been written since; they stay as they are. */
	readonly moved: number;
}

/** Why a call of the engine failed. "offline": no answer; "not_our_server": somebody else answered. */
export type EngineTrouble =
	| TroubleCode
	| "offline"
	| "not_our_server"
	| "quota"
	| "closed"
	| "no_session"
	/** The secret opens nothing here. */
	| "wrong_secret"
	/** The tenth wrong try: the journals are gone from this tablet, what is unsent is kept sealed. */
	| "wiped"
	/** Too long without a contact: the case opens only with one. */
	| "lapsed"
	/** A PIN alone does not carry over a restart: a passphrase must be there first. */
	| "needs_passphrase"
	/** Not a file of parcels. */
	| "bad_file";

export class EngineError extends Error {
	readonly code: EngineTrouble;
	/** Seconds to wait, where the server said so. */
	readonly retryAfter: number | null;

	constructor(code: EngineTrouble, retryAfter: number | null = null) {
		super(code);
		this.name = "EngineError";
		this.code = code;
		this.retryAfter = retryAfter;
	}
}

export interface Engine extends Locking {
	/** Known after `start()` resolved; null: show the sign-in. */
	readonly session: Session | null;
	/** Opens the store and the last session of this tablet; never waits for the network. */
	start(): Promise<void>;
	/** Settles when what lies here for who is at work is in memory. */
	filled(): Promise<void>;
	/** Ends timers, channels and the store's connection. The session stays. */
	stop(): Promise<void>;
	/** Which schools the server keeps, and the demo sign-ins. Throws EngineError. */
	hello(): Promise<Hello>;
	/** Who signed in on this tablet before, latest first. */
	people(): Promise<KnownPerson[]>;
	/** Throws EngineError. After `signedOut` the same person signs in again here and the outbox goes on. */
	signIn(login: string, password: string, school: string): Promise<Session>;
	/** Ends the session here and, when it answers, at the server. The store goes, but for an outbox with unsent work. */
	signOut(): Promise<void>;

	/** Scopes complete on this tablet. */
	scopes(): string[];
	complete(scope: string): boolean;
	/** The moment the scope is complete up to, server's clock; null: not complete. */
	asOf(scope: string): number | null;
	/** Follow further journals or classes (deputy head); they are fetched as soon as may be and kept. Idempotent. */
	follow(...scopes: string[]): void;
	/** No longer, where they have not come yet: what is here stays. */
	unfollow(...scopes: string[]): void;
	/** Is it one of those? */
	follows(scope: string): boolean;
	/** Records of a kind in a scope. Cached: the same map until something of that kind in that scope changes. */
	rows<K extends KindName>(kind: K, scope: string): ReadonlyMap<string, View<K>>;
	/** One record; null when it was never set. Same object until it changes. */
	row<K extends KindName>(kind: K, key: string): View<K> | null;
	/** The scope a record of this kind and key belongs to. */
	scopeOf(kind: KindName, key: string): string;
	/** Lessons of a journal with from <= date < until, in order. */
	lessons(journal: string, from: string, until: string): readonly LessonPlace[];

	/**
	 * Writes the entries, one undo step; resolves when they are safe on this tablet's disk, rejects with EngineError
	 * when they are not (nothing of them is kept then). `seen`: from `seenOf` when the editor opened; default: now.
	 */
	write(entries: readonly Entry[], seen?: Seen): Promise<void>;
	/**
	 * What the open editor would write now: kept sealed, and written by the next page should this one go. No entries: it
	 * was closed. Resolves when it is on the disk.
	 */
	keepTyping(entries: readonly Entry[], seen?: Seen): Promise<void>;
	/** What forms hold that was not sent off. Throws EngineError where nobody is at work. */
	drafts(): Promise<Drafts>;
	/** To pin when an editor opens. */
	seenOf(scope: string): Seen;
	/** Writes back what the cells showed before the last step, inside the rules. Null: nothing to undo. */
	undo(): Promise<Undone | null>;
	redo(): Promise<Undone | null>;
	canUndo(): boolean;
	canRedo(): boolean;
	/** Own entries that still matter, oldest first. */
	pending(): readonly Pending[];
	/** Of the unsent ones: until when each must arrive, by the rules; without those that may take their time. */
	deadlines(): readonly Deadline[];
	/** Matters this person sees: of the office when followed, else of the own inbox. Newest first, settled ones too. */
	matters(): readonly View<"matter">[];
	/** Own cells in conflict, for "needs attention". */
	conflicts(): readonly { kind: KindName; key: string; cell: string }[];
	status(): Status;
	/** The person has read which entries are lost. */
	acknowledgeLost(): void;
	/** The rules on the tablet, at that moment; else at `now()`. */
	check(entry: Entry, at?: number): Decision;

	/** The headers of a request to the server for the person at work. */
	credentials(): Readonly<Record<string, string>>;

	/** One full exchange, whatever the back-off says. Resolves when it ended, well or not: read `status()`. */
	syncNow(): Promise<void>;
	/** The server's time as far as the tablet knows it, UTC ms. */
	now(): number;
	/** Today's date in the school's time zone, by `now()`. */
	today(): string;
	subscribe(listener: (change: Change) => void): () => void;
}
