/**
 * Sign-in: who asks is proved at the server, and the person's store on this tablet opens: the one they had, with what is
 * unsent, or a new one.
 *
 * Staff whose password is no passphrase get a case that nothing opens after the next lock, until they choose one.
 */

import { admit } from "./admit";
import type { Holding } from "./holding";
import { newcomer } from "./pass";
import type { Current, Mine, Opened, Sessions } from "./session";
import type { Surroundings } from "./surroundings";
import type { Tally } from "./tally";
import { EngineError, type Session } from "./types";
import { goneFrom, ownUp } from "./wiped";
import { ask, isRecord } from "./wire";

// Fetched together: apart they would weigh more.
export { enclose } from "./admit";

export class SignIn {
	private readonly around: Surroundings;
	private readonly tally: Tally;
	private readonly sessions: Sessions;

	constructor(around: Surroundings, tally: Tally, sessions: Sessions) {
		this.around = around;
		this.tally = tally;
		this.sessions = sessions;
	}

	/** Throws EngineError. */
	async go(login: string, password: string, school: string, mine: Mine): Promise<Opened> {
		if (!this.around.crypto) throw new EngineError("closed");
		const people = await this.sessions.people();
		const known = people.find((p) => p.school === school && same(p.login, login));
		const gone = known ? null : goneFrom(this.tally);
		const device = known ? await this.deviceOf(known) : (gone?.device ?? "");
		let session = await this.prove(login, password, school, device);
		if (gone && session.device === gone.device) {
			await ownUp(this.around, this.tally, session, gone);
			session = await this.prove(login, password, school, "");
		}
		const who = { school, person: session.person };
		const store = await this.sessions.store(who);
		// A login that this tablet did not know, of a person whose store it has: the identity is in there.
		const own = (await store.meta("counter"))?.device ?? "";
		if (own && own !== device) session = await this.prove(login, password, school, own);
		const keys = await admit(this.around, store, session, password, await mine(who));
		const held = await this.sessions.hold(store, who, keys);
		await settleIdentity(held, session);
		await held.signedIn(session);
		return { held, session, keys };
	}

	private async prove(login: string, password: string, school: string, device: string): Promise<Session> {
		const clock = Math.round(this.around.now());
		const asked = { login, password, clock, device, name: this.around.name };
		const answer = await ask(this.around, `/api/${school}/sign-in`, asked, { pass: newcomer(device) });
		if (!answer.ok) throw new EngineError(answer.trouble, answer.retryAfter);
		if (!isSignedIn(answer.body, school)) throw new EngineError("not_our_server");
		return { ...answer.body, since: clock };
	}

	private deviceOf(who: Current): Promise<string> {
		return this.sessions.within(who, async (store) => (await store.meta("counter"))?.device ?? "");
	}
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

function same(login: string, other: string): boolean {
	return login.trim().toLowerCase() === other.trim().toLowerCase();
}

function isSignedIn(body: unknown, school: string): body is Omit<Session, "since"> {
	if (!isRecord(body) || body.school !== school) return false;
	const names = ["person", "name", "device", "epoch", "school_name", "seal", "mac"];
	if (!names.every((name) => typeof body[name] === "string")) return false;
	return body.device !== "" && Array.isArray(body.roles) && typeof body.known === "number";
}
