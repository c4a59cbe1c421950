/**
 * Session: who is signed in on this tablet, and the plain list of who was.
 *
 * The server's session lives in a cookie that no script can read. Here lies what the server said at sign-in, so that
 * the tablet opens without a network. One sealed store per person; signing in again finds it, with what is unsent.
 */

import { type DBSchema, type IDBPDatabase, wrap } from "idb";
import { type Hello, PROTOCOL } from "../generated/messages";
import { Case } from "./case";
import { Holding } from "./holding";
import type { Keys } from "./keys";
import { Store } from "./store";
import type { Surroundings } from "./surroundings";
import type { Tally } from "./tally";
import { EngineError, type KnownPerson, type Session } from "./types";
import { ask, isRecord } from "./wire";

/** Whose store. */
export interface Current {
	readonly school: string;
	readonly person: string;
}

interface Schema extends DBSchema {
	people: { key: string; value: KnownPerson };
	current: { key: string; value: Current };
}

/** A store opened for a person who is signed in here, and the key it is open with. */
export interface Opened {
	readonly held: Holding;
	readonly session: Session;
	readonly keys: Keys;
}

/** The key in memory of this tab or another, when this is who sits here. */
export type Mine = (who: Current) => Promise<Keys | null>;

/** What the tabs tell each other: somebody else sits here now, or the tablet is locked. */
export type Said = "changed" | "lock";

export class Sessions {
	private readonly around: Surroundings;
	private readonly tally: Tally;
	private readonly closed: () => void;
	private readonly channel: BroadcastChannel | null;
	private list: Promise<IDBPDatabase<Schema>> | null = null;

	/** `closed`: the store was taken away (a newer version in another tab, the site cleared). `heard`: another tab. */
	constructor(around: Surroundings, tally: Tally, closed: () => void, heard: (said: Said) => void) {
		this.around = around;
		this.tally = tally;
		this.tally = tally;
		this.closed = closed;
		this.channel = around.BroadcastChannel ? new around.BroadcastChannel("zvonok-people") : null;
		if (this.channel) this.channel.onmessage = (event) => heard(event.data as Said);
	}

	/** Tells the other tabs. */
	announce(said: Said): void {
		this.channel?.postMessage(said);
	}

	async people(): Promise<KnownPerson[]> {
		return (await (await this.db()).getAll("people")).sort((a, b) => b.last - a.last);
	}

	/** Who sits at the tablet, or sat there when it was locked. */
	async current(): Promise<KnownPerson | null> {
		const current = await (await this.db()).get("current", "current");
		return current ? ((await this.people()).find((person) => isSame(person, current)) ?? null) : null;
	}

	async setCurrent(who: Current | null): Promise<void> {
		const db = await this.db();
		if (who) await db.put("current", { school: who.school, person: who.person }, "current");
		else await db.delete("current", "current");
	}

	/** Nothing of this person is here any more. */
	async forget(who: Current): Promise<void> {
		await (await this.db()).delete("people", `${who.school}/${who.person}`);
	}

	/** The person's store; the caller closes it. */
	store({ school, person }: Current): Promise<Store> {
		return Store.open(this.around, `zvonok-${school}-${person}`, this.closed);
	}

	/** Works with the person's store, and closes it. */
	async within<T>(who: Current, work: (store: Store) => Promise<T>): Promise<T> {
		const store = await this.store(who);
		try {
			return await work(store);
		} finally {
			store.close();
		}
	}

	/** The person's store with what is sealed in it; null, and closed, when nobody is signed in there. */
	async open(who: Current, keys: Keys): Promise<Opened | null> {
		const store = await this.store(who);
		const held = await this.hold(store, who, keys);
		const { session } = held;
		if (session) return { held, session, keys };
		store.close();
		return null;
	}

	async hello(): Promise<Hello> {
		const answer = await ask(this.around, "/api/hello");
		if (!answer.ok) throw new EngineError(answer.trouble, answer.retryAfter);
		const { protocol, schools } = answer.body as Partial<Hello>;
		if (protocol !== PROTOCOL || !Array.isArray(schools)) throw new EngineError("not_our_server");
		return answer.body as Hello;
	}

	/**
	 * Signs in at the server and opens the person's store. Staff whose password is no passphrase get a case that nothing
	 * opens after the next lock, until they choose one.
	 */
	async signIn(login: string, password: string, school: string, mine: Mine): Promise<Opened> {
		if (!this.around.crypto) throw new EngineError("closed");
		// Not on the way to the lesson: who signs in has the network, and a moment.
		const [{ admit }, { goneFrom, ownUp }] = await Promise.all([import("./admit"), import("./wiped")]);
		const known = (await this.people()).find((p) => p.school === school && same(p.login, login));
		const gone = known ? null : goneFrom(this.tally);
		const device = known ? await this.deviceOf(known) : (gone?.device ?? "");
		let session = await this.prove(login, password, school, device);
		if (gone && session.device === gone.device) {
			await ownUp(this.around, this.tally, session, gone);
			session = await this.prove(login, password, school, "");
		}
		const { person, name } = session;
		const who = { school, person };
		const store = await this.store(who);
		// A login that this tablet did not know, of a person whose store it has: the identity is in there.
		const own = (await store.meta("counter"))?.device ?? "";
		if (own && own !== device) session = await this.prove(login, password, school, own);
		const keys = await admit(this.around, store, session, password, await mine(who));
		const held = await this.hold(store, who, keys);
		await settleIdentity(held, session);
		await held.signedIn(session);
		await this.remember({ school, person, name, login, last: session.since });
		this.announce("changed");
		return { held, session, keys };
	}

	private async prove(login: string, password: string, school: string, device: string): Promise<Session> {
		const clock = Math.round(this.around.now());
		const asked = { login, password, clock, device, name: this.around.name };
		const answer = await ask(this.around, `/api/${school}/sign-in`, asked);
		if (!answer.ok) throw new EngineError(answer.trouble, answer.retryAfter);
		if (!isSignedIn(answer.body, school)) throw new EngineError("not_our_server");
		return { ...answer.body, since: clock };
	}

	/** Gives up the rows and the PIN; the outbox stays. */
	async signOut(held: Holding): Promise<void> {
		await this.setCurrent(null);
		await held.dropRows();
		this.announce("changed");
	}

	/** Tells the server, when it can be reached. */
	async endAtServer(school: string): Promise<void> {
		await ask(this.around, `/api/${school}/sign-out`, {});
	}

	async close(): Promise<void> {
		this.channel?.close();
		(await this.list)?.close();
		this.list = null;
	}

	private async remember(person: KnownPerson): Promise<void> {
		await (await this.db()).put("people", person, `${person.school}/${person.person}`);
		await this.setCurrent(person);
	}

	private async deviceOf(who: KnownPerson): Promise<string> {
		return this.within(who, async (store) => (await store.meta("counter"))?.device ?? "");
	}

	/** What lies in the person's store, opened. */
	async hold(store: Store, { school, person }: Current, keys: Keys): Promise<Holding> {
		const { crypto } = this.around;
		if (!crypto) throw new EngineError("closed");
		const held = new Holding(store, new Case(crypto, keys.data, nameOf({ school, person })), school, person);
		await held.open();
		return held;
	}

	private db(): Promise<IDBPDatabase<Schema>> {
		this.list ??= openList(this.around.indexedDB);
		return this.list;
	}
}

async function openList(factory: IDBFactory): Promise<IDBPDatabase<Schema>> {
	const request = factory.open("zvonok-people", 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore("people");
		request.result.createObjectStore("current");
	};
	const db = (await wrap(request)) as unknown as IDBPDatabase<Schema>;
	db.addEventListener("versionchange", () => db.close());
	return db;
}

/** The identity that the server gave: the one this store has, its first, or another one (then numbers begin anew). */
async function settleIdentity(held: Holding, session: Session): Promise<void> {
	const { device, known, epoch } = session;
	const { counter } = held.outbox;
	if (counter.device && counter.device !== device && counter.n > 0) {
		const forgotten = held.server.epoch !== "" && held.server.epoch !== epoch;
		const sealer = await held.sealer(session);
		await held.outbox.fork(device, forgotten ? "all" : new Set(), sealer, () => undefined);
		await held.say({ known, forked: true });
	} else if (counter.device !== device) {
		await held.store.write((tx) => tx.setMeta({ counter: { device, n: 0 } }));
		await held.outbox.open();
		await held.say({ known });
	}
	await held.say({ epoch: held.server.epoch || epoch, signedOut: false });
}

/** As what is sealed is bound to its owner. */
export function nameOf({ school, person }: Current): string {
	return `${school}|${person}`;
}

export function isSame(one: Current, other: Current): boolean {
	return one.school === other.school && one.person === other.person;
}

function same(login: string, other: string): boolean {
	return login.trim().toLowerCase() === other.trim().toLowerCase();
}

function isSignedIn(body: unknown, school: string): body is Omit<Session, "since"> {
	if (!isRecord(body) || body.school !== school) return false;
	const names = ["person", "name", "device", "epoch", "school_name", "seal", "mac"];
	if (!names.every((name) => typeof body[name] === "string")) return false;
	return body.device !== "" && Array.isArray(body.roles) && typeof body.known === "number";
}
