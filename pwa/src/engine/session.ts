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
import { Store } from "./store";
import type { Surroundings } from "./surroundings";
import type { Tally } from "./tally";
import { EngineError, type KnownPerson, type Session } from "./types";
import { goneFrom, ownUp } from "./wiped";
import { ask, isRecord } from "./wire";

/** Who is at the tablet now. */
interface Current {
	readonly school: string;
	readonly person: string;
}

interface Schema extends DBSchema {
	people: { key: string; value: KnownPerson };
	current: { key: string; value: Current };
}

/** A store opened for a person. */
export interface Opened {
	readonly held: Holding;
	readonly session: Session | null;
}

export class Sessions {
	private readonly around: Surroundings;
	private readonly tally: Tally;
	private readonly closed: () => void;
	private readonly channel: BroadcastChannel | null;
	private list: Promise<IDBPDatabase<Schema>> | null = null;

	/**
	 * `closed`: the store was taken away (a newer version in another tab, the site cleared). `changed`: somebody signed
	 * in or out in another tab.
	 */
	constructor(around: Surroundings, tally: Tally, closed: () => void, changed: () => void) {
		this.around = around;
		this.tally = tally;
		this.closed = closed;
		this.channel = around.BroadcastChannel ? new around.BroadcastChannel("zvonok-people") : null;
		if (this.channel) this.channel.onmessage = changed;
	}

	/** Tells the other tabs that somebody else sits here now. */
	announce(): void {
		this.channel?.postMessage("changed");
	}

	async people(): Promise<KnownPerson[]> {
		return (await (await this.db()).getAll("people")).sort((a, b) => b.last - a.last);
	}

	/** The person at the tablet, with the store open; null when there is none. */
	async current(): Promise<Opened | null> {
		if (!this.around.crypto) return null;
		const current = await (await this.db()).get("current", "current");
		if (!current) return null;
		const opened = await this.open(current.school, current.person);
		if (opened.session) return opened;
		opened.held.store.close();
		return null;
	}

	async hello(): Promise<Hello> {
		const answer = await ask(this.around, "/api/hello");
		if (!answer.ok) throw new EngineError(answer.trouble, answer.retryAfter);
		const { protocol, schools } = answer.body as Partial<Hello>;
		if (protocol !== PROTOCOL || !Array.isArray(schools)) throw new EngineError("not_our_server");
		return answer.body as Hello;
	}

	/** Signs in at the server and opens the person's store. */
	async signIn(login: string, password: string, school: string): Promise<Opened & { session: Session }> {
		if (!this.around.crypto) throw new EngineError("closed");
		const known = (await this.people()).find((p) => p.school === school && same(p.login, login));
		const gone = known ? null : goneFrom(this.tally);
		const device = known ? await this.deviceOf(known) : (gone?.device ?? "");
		let session = await this.prove(login, password, school, device);
		if (gone && session.device === gone.device) {
			await ownUp(this.around, this.tally, session, gone);
			session = await this.prove(login, password, school, "");
		}
		const { held } = await this.open(school, session.person);
		// A login that this tablet did not know, of a person whose store it has: the identity is in there.
		const own = held.outbox.counter.device;
		if (own && own !== device) session = await this.prove(login, password, school, own);
		await settleIdentity(held, session);
		const sealed = await held.lock.seal("meta", "session", session);
		await held.store.write((tx) => tx.setMeta({ session: sealed }));
		const { person, name } = session;
		await this.remember({ school, person, name, login, last: session.since });
		this.announce();
		return { held, session };
	}

	private async prove(login: string, password: string, school: string, device: string): Promise<Session> {
		const clock = Math.round(this.around.now());
		const asked = { login, password, clock, device, name: this.around.name };
		const answer = await ask(this.around, `/api/${school}/sign-in`, asked);
		if (!answer.ok) throw new EngineError(answer.trouble, answer.retryAfter);
		if (!isSignedIn(answer.body, school)) throw new EngineError("not_our_server");
		return { ...answer.body, since: clock };
	}

	/** Gives up the rows; the outbox stays. The server is told when it can be reached. */
	async signOut(held: Holding): Promise<void> {
		await (await this.db()).delete("current", "current");
		await held.dropRows();
		this.announce();
		await ask(this.around, `/api/${held.school}/sign-out`, {});
	}

	async close(): Promise<void> {
		this.channel?.close();
		(await this.list)?.close();
		this.list = null;
	}

	private async remember(person: KnownPerson): Promise<void> {
		const db = await this.db();
		const tx = db.transaction(["people", "current"], "readwrite");
		void tx.objectStore("people").put(person, `${person.school}/${person.person}`);
		void tx.objectStore("current").put({ school: person.school, person: person.person }, "current");
		await tx.done;
	}

	private async deviceOf({ school, person }: KnownPerson): Promise<string> {
		const { held } = await this.open(school, person);
		held.store.close();
		return held.outbox.counter.device;
	}

	private async open(school: string, person: string): Promise<Opened> {
		const { crypto } = this.around;
		if (!crypto) throw new EngineError("closed");
		const store = await Store.open(this.around, `zvonok-${school}-${person}`, this.closed);
		const fresh = await Case.makeKey(crypto);
		const key = await store.write(async (tx) => {
			const stands = await tx.meta("key");
			if (!stands) tx.setMeta({ key: fresh });
			return stands ?? fresh;
		});
		const lock = new Case(crypto, key, `${school}|${person}`);
		const held = new Holding(store, lock, school, person);
		await held.open();
		const sealed = await store.meta("session");
		const session = sealed ? await lock.open<Session>("meta", "session", sealed).catch(() => null) : null;
		return { held, session };
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
async function settleIdentity(held: Holding, { device, known, epoch }: Session): Promise<void> {
	const { counter } = held.outbox;
	if (counter.device && counter.device !== device && counter.n > 0) {
		const forgotten = held.server.epoch !== "" && held.server.epoch !== epoch;
		await held.outbox.fork(device, forgotten ? "all" : new Set(), () => undefined);
		await held.say({ known, forked: true });
	} else if (counter.device !== device) {
		await held.store.write((tx) => tx.setMeta({ counter: { device, n: 0 } }));
		await held.outbox.open();
		await held.say({ known });
	}
	await held.say({ epoch: held.server.epoch || epoch, signedOut: false });
}

function same(login: string, other: string): boolean {
	return login.trim().toLowerCase() === other.trim().toLowerCase();
}

function isSignedIn(body: unknown, school: string): body is Omit<Session, "since"> {
	if (!isRecord(body) || body.school !== school) return false;
	const texts = ["person", "name", "device", "epoch", "school_name"].every((name) => typeof body[name] === "string");
	return texts && body.device !== "" && Array.isArray(body.roles) && typeof body.known === "number";
}
