/**
 * Session: who is signed in on this tablet, and the plain list of who was.
 *
 * The server's session lives in a cookie of this person's device, which no script can read. Here lies what the server said at sign-in, so that
 * the tablet opens without a network. One sealed store per person; signing in again finds it, with what is unsent.
 */

import { type Hello, PROTOCOL } from "../generated/messages";
import { Case } from "./case";
import { Holding } from "./holding";
import type { Keys } from "./keys";
import type { Pass } from "./pass";
import { answer, ended } from "./requests";
import { Store } from "./store";
import type { Surroundings } from "./surroundings";
import type { Tally } from "./tally";
import { EngineError, type KnownPerson, type Session } from "./types";

/** Whose store. */
export interface Current {
	readonly school: string;
	readonly person: string;
}

/** `people`: who signed in here, by school and person. `current`: who sits here, and a note that rights have ended. */
type Lists = "people" | "current";

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
	private list: Promise<IDBDatabase> | null = null;

	/** `closed`: the store was taken away (a newer version in another tab, the site cleared). `heard`: another tab. */
	constructor(around: Surroundings, tally: Tally, closed: () => void, heard: (said: Said) => void) {
		this.around = around;
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
		const people: KnownPerson[] = await answer((await this.of("people")).getAll());
		return people.sort((a, b) => b.last - a.last);
	}

	/** Who sits at the tablet, or sat there when it was locked. */
	async current(): Promise<KnownPerson | null> {
		const current: Current | undefined = await answer((await this.of("current")).get("current"));
		return current ? ((await this.people()).find((person) => isSame(person, current)) ?? null) : null;
	}

	async setCurrent(who: Current | null): Promise<void> {
		if (who) await this.put("current", "current", { school: who.school, person: who.person });
		else await this.drop("current", "current");
	}

	/** Nothing of this person is here any more. */
	async forget(who: Current): Promise<void> {
		await this.drop("people", `${who.school}/${who.person}`);
	}

	/** Somebody's rights here have ended: whoever comes finds out why there is nothing, until the next sign-in. */
	async noteRevoked({ school }: Current): Promise<void> {
		await this.put("current", "revoked", { school, person: "" });
	}

	async wasRevoked(): Promise<boolean> {
		return Boolean(await answer((await this.of("current")).get("revoked")));
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
		const { ask } = await import("./line");
		const answer = await ask(this.around, "/api/hello");
		if (!answer.ok) throw new EngineError(answer.trouble, answer.retryAfter);
		const { protocol, schools } = answer.body as Partial<Hello>;
		if (protocol !== PROTOCOL || !Array.isArray(schools)) throw new EngineError("not_our_server");
		return answer.body as Hello;
	}

	/** Signs in at the server and opens the person's store. Throws EngineError. */
	async signIn(login: string, password: string, school: string, mine: Mine): Promise<Opened> {
		// Not on the way to the lesson: who signs in has the network, and a moment.
		const { signIn } = await import("./sign-in");
		const opened = await signIn(this.around, this.tally, this, { login, password, school }, mine);
		const { person, name } = opened.session;
		await this.put("people", `${school}/${person}`, { school, person, name, login, last: opened.session.since });
		await this.setCurrent({ school, person });
		await this.drop("current", "revoked");
		this.announce("changed");
		return opened;
	}

	/** Gives up the rows and the PIN; the outbox stays. */
	async signOut(held: Holding): Promise<void> {
		await this.setCurrent(null);
		await held.dropRows();
		this.announce("changed");
	}

	/** Tells the server, when it can be reached. */
	async endAtServer(school: string, pass: Pass | null): Promise<void> {
		const { ask } = await import("./line");
		await ask(this.around, `/api/${school}/sign-out`, {}, { pass });
	}

	async close(): Promise<void> {
		this.channel?.close();
		(await this.list)?.close();
		this.list = null;
	}

	/** What lies in the person's store, opened. */
	async hold(store: Store, { school, person }: Current, keys: Keys): Promise<Holding> {
		const { crypto } = this.around;
		if (!crypto) throw new EngineError("closed");
		const held = new Holding(store, new Case(crypto, keys.data, nameOf({ school, person })), school, person);
		await held.open();
		return held;
	}

	private async of(name: Lists, mode?: "readwrite"): Promise<IDBObjectStore> {
		this.list ??= openList(this.around.indexedDB);
		return (await this.list).transaction(name, mode).objectStore(name);
	}

	private async put(name: Lists, key: string, value: KnownPerson | Current): Promise<void> {
		const store = await this.of(name, "readwrite");
		store.put(value, key);
		await ended(store.transaction);
	}

	private async drop(name: Lists, key: string): Promise<void> {
		const store = await this.of(name, "readwrite");
		store.delete(key);
		await ended(store.transaction);
	}
}

async function openList(factory: IDBFactory): Promise<IDBDatabase> {
	const request = factory.open("zvonok-people", 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore("people");
		request.result.createObjectStore("current");
	};
	const db = await answer(request);
	db.addEventListener("versionchange", () => db.close());
	return db;
}

/** As what is sealed is bound to its owner. */
export function nameOf({ school, person }: Current): string {
	return `${school}|${person}`;
}

export function isSame(one: Current, other: Current): boolean {
	return one.school === other.school && one.person === other.person;
}
