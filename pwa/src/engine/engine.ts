/**
 * Engine: the tablet without a screen. It holds what its person may see, takes entries at any time, and brings them to
 * the server when there is one. See `types` for what it promises the screens.
 *
 * ui → engine → rules. Nothing here touches the DOM; everything from outside comes in as `Surroundings`.
 */

import type { Hello, Op } from "../generated/messages";
import type { KindName } from "../generated/model";
import type { Facts } from "../rules/facts";
import { kindOf, scopeOf } from "../rules/record";
import { Almanac } from "./almanac";
import { Desk } from "./desk";
import type { Drafts } from "./drafts";
import { Gate, type House } from "./gate";
import { termsOf } from "./moments";
import { headersOf } from "./pass";
import type { Opened } from "./session";
import { NOBODY } from "./status";
import { ofBrowser, type Surroundings } from "./surroundings";
import { Tally } from "./tally";
import type {
	Brought,
	Change,
	Deadline,
	Decision,
	Engine,
	Entry,
	KnownPerson,
	LessonPlace,
	Locked,
	Pending,
	Protection,
	Seen,
	Session,
	Status,
	Undone,
	View,
} from "./types";
import { EngineError } from "./types";

/** Entries that take back the own matters. */
function withdrawals(matters: readonly string[]): Entry[] {
	return matters.map((key) => ({ kind: "matter", key, set: { outcome: "withdrawn" } }));
}

/** An engine in its surroundings; in a browser there is nothing to say about them. */
export function createEngine(around: Surroundings = ofBrowser()): Engine {
	return new Tablet(around);
}

/** Deadlines as reckoned under these facts, at this moment; null: none is known. */
interface Due {
	readonly facts: Facts | null;
	readonly at: number;
	readonly known: WeakMap<Op, Deadline | null>;
}

class Tablet implements Engine, House {
	private readonly around: Surroundings;
	private readonly gate: Gate;
	private readonly listeners = new Set<(change: Change) => void>();
	private desk: Desk | null = null;
	private almanac: Almanac | null = null;
	private readonly tally: Tally;
	private storeGone = false;
	private due: Due = { facts: null, at: 0, known: new WeakMap() };

	constructor(around: Surroundings) {
		this.around = around;
		this.tally = new Tally(around.keepsakes);
		this.gate = new Gate(around, this.tally, this);
	}

	get session(): Session | null {
		return this.desk?.session ?? null;
	}

	get locked(): Locked | null {
		return this.gate.locked;
	}

	get protection(): Protection | null {
		return this.gate.protection;
	}

	start(): Promise<void> {
		return this.gate.start();
	}

	stop(): Promise<void> {
		return this.gate.stop();
	}

	hello(): Promise<Hello> {
		return this.gate.sessions.hello();
	}

	people(): Promise<KnownPerson[]> {
		return this.gate.sessions.people();
	}

	async signIn(login: string, password: string, school: string): Promise<Session> {
		return (await this.gate.signIn(login, password, school)).session;
	}

	signOut(): Promise<void> {
		return this.gate.signOut();
	}

	lock(): Promise<void> {
		return this.gate.lock();
	}

	unlock(secret: string, who?: KnownPerson): Promise<void> {
		return this.gate.unlock(secret, who);
	}

	switchTo(who: KnownPerson): Promise<void> {
		return this.gate.switchTo(who);
	}

	setPin(pin: string, passphrase?: string): Promise<void> {
		return this.gate.setPin(pin, passphrase);
	}

	setPassphrase(passphrase: string): Promise<void> {
		return this.gate.setPassphrase(passphrase);
	}

	beforeLock(commit: () => Promise<void>): void {
		this.gate.beforeLock(commit);
	}

	exportParcels(who?: KnownPerson): Promise<string | null> {
		return this.gate.exportParcels(who);
	}

	importParcels(text: string): Promise<Brought> {
		return this.gate.importParcels(text);
	}

	scopes(): string[] {
		return Object.keys(this.desk?.held.cursors ?? {});
	}

	complete(scope: string): boolean {
		this.desk?.need(scope);
		return Boolean(this.desk?.held.scope(scope));
	}

	asOf(scope: string): number | null {
		return this.desk?.held.cursors[scope]?.asOf || null;
	}

	follow(...scopes: string[]): void {
		this.desk?.follow(scopes, true);
	}

	unfollow(...scopes: string[]): void {
		this.desk?.follow(scopes, false);
	}

	follows(scope: string): boolean {
		return this.desk?.held.followed.includes(scope) ?? false;
	}

	rows<K extends KindName>(kind: K, scope: string): ReadonlyMap<string, View<K>> {
		this.desk?.need(scope);
		return (this.desk?.shown.rows(kind, scope) ?? new Map()) as ReadonlyMap<string, View<K>>;
	}

	row<K extends KindName>(kind: K, key: string): View<K> | null {
		this.desk?.need(this.scopeOf(kind, key));
		return (this.desk?.shown.row(kind, key) ?? null) as View<K> | null;
	}

	scopeOf(kind: KindName, key: string): string {
		const declared = kindOf(kind);
		return declared ? scopeOf(declared, key) : "";
	}

	lessons(journal: string, from: string, until: string): readonly LessonPlace[] {
		this.desk?.need(`journal:${journal}`);
		return this.almanac?.lessons(journal, from, until) ?? [];
	}

	async write(entries: readonly Entry[], seen?: Seen): Promise<void> {
		if (!entries.length) return;
		const desk = this.atDesk();
		desk.undo.remember(entries, await desk.write(entries, seen));
	}

	async keepTyping(entries: readonly Entry[], seen?: Seen): Promise<void> {
		await this.desk?.typing.keep(entries, seen);
	}

	async drafts(): Promise<Drafts> {
		const { Drafts } = await import("./drafts");
		return new Drafts(this.atDesk().held);
	}

	seenOf(scope: string): Seen {
		return this.desk?.seenOf(scope) ?? ["", 0];
	}

	undo(): Promise<Undone | null> {
		return this.turn("back");
	}

	redo(): Promise<Undone | null> {
		return this.turn("again");
	}

	canUndo(): boolean {
		return this.desk?.undo.canUndo ?? false;
	}

	canRedo(): boolean {
		return this.desk?.undo.canRedo ?? false;
	}

	pending(): readonly Pending[] {
		return this.desk?.pending() ?? [];
	}

	matters(): readonly View<"matter">[] {
		if (!this.desk) return [];
		const scope = this.desk.held.cursors.office ? "office" : this.desk.held.inbox;
		const arrived = (view: View<"matter">) => view.values.arrived ?? 0;
		return [...this.rows("matter", scope).values()].sort((a, b) => arrived(b) - arrived(a));
	}

	deadlines(): readonly Deadline[] {
		const { almanac } = this;
		const facts = almanac?.facts ?? null;
		const now = this.now();
		// Thousands may wait, and each change of the outbox asks: what was reckoned of an entry counts for a minute.
		if (this.due.facts !== facts || Math.abs(now - this.due.at) >= 60_000) {
			this.due = { facts, at: now, known: new WeakMap() };
		}
		const { known } = this.due;
		return this.pending().flatMap(({ op, entry, at, state }) => {
			if (state !== "local" && state !== "sent") return [];
			if (!known.has(op)) known.set(op, almanac?.deadline(entry, at, now) ?? null);
			return known.get(op) ?? [];
		});
	}

	conflicts(): readonly { kind: KindName; key: string; cell: string }[] {
		return this.desk?.shown.conflicts() ?? [];
	}

	status(): Status {
		if (!this.desk) {
			return { ...NOBODY, lost: this.tally.gaps(), lacking: this.around.crypto ? [] : ["crypto"] };
		}
		const status: Status = { ...this.desk.status(), leaseEnds: this.gate.leaseEnds };
		return this.storeGone ? { ...status, storeTrouble: "closed" } : status;
	}

	acknowledgeLost(): void {
		this.tally.acknowledge();
		this.changed();
	}

	check(entry: Entry, at = this.now()): Decision {
		const none: Decision = { verdict: "refused", reason: "not_yours", detail: {} };
		return this.almanac?.check(entry, at) ?? none;
	}

	credentials(): Readonly<Record<string, string>> {
		return headersOf(this.desk?.held.pass ?? null);
	}

	async syncNow(): Promise<void> {
		await this.desk?.syncNow();
	}

	now(): number {
		return this.desk?.clock.now() ?? Math.round(this.around.now());
	}

	today(): string {
		return this.almanac?.today(this.now()) ?? new Date(this.now()).toISOString().slice(0, 10);
	}

	subscribe(listener: (change: Change) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** A step back or on: what the rules refuse of it is not written, and a correction on hold is withdrawn. */
	private async turn(way: "back" | "again"): Promise<Undone | null> {
		const desk = this.atDesk();
		let undone: Undone | null = null;
		const stands = (kind: KindName, key: string) =>
			(desk.shown.row(kind, key)?.values ?? {}) as Record<string, unknown>;
		const found = await desk.undo[way](stands, async ({ entries, moved }, step) => {
			const withdrawn = way === "back" ? withdrawals(desk.shown.onHoldOf(step.done)) : [];
			const judged = [...entries, ...withdrawn].map((entry) => ({ entry, decision: this.check(entry) }));
			const lawful = judged.filter(({ decision }) => decision.verdict !== "refused");
			const written = lawful.map(({ entry }) => entry);
			if (written.length > 0) await desk.write(written, undefined, way === "back" || undefined);
			const held = lawful.find(({ decision }) => decision.verdict === "held");
			const refused = judged.find(({ decision }) => decision.verdict === "refused")?.decision ?? null;
			undone = { step: step.done, written, decision: held?.decision ?? lawful[0]?.decision ?? null, refused, moved };
			return written.length > 0;
		});
		return found ? undone : null;
	}

	/** Sits the person down at the tablet. */
	async sit({ held, session }: Opened): Promise<void> {
		this.storeGone = false;
		const desk = new Desk(this.around, held, session, this.tally, (change) => {
			this.almanac?.forget(change.scopes);
			if (change.scopes.has("school")) void this.agree();
			for (const listener of this.listeners) listener(change);
		});
		desk.revoked = () => void this.gate.revoked();
		this.desk = desk;
		this.almanac = new Almanac(held, desk.shown);
		await desk.open();
		await this.agree();
	}

	rise(): void {
		this.desk?.close();
		this.desk = null;
		this.almanac = null;
	}

	changed(): void {
		const change = { scopes: new Set(this.scopes()), status: true, session: true };
		for (const listener of this.listeners) listener(change);
	}

	leave(): void {
		this.desk?.leave();
	}

	closed(): void {
		this.storeGone = true;
		this.changed();
	}

	async filled(): Promise<void> {
		await this.desk?.filled;
	}

	private agree(): Promise<void> {
		const school = this.session?.school ?? "";
		return this.gate.agree(termsOf(this.row("school", school)?.values)).catch(() => undefined);
	}

	private atDesk(): Desk {
		if (!this.desk) throw new EngineError("no_session");
		return this.desk;
	}
}
