/**
 * Sign-in: who asks is proved at the server, and the person's store on this tablet opens: the one they had, with what is
 * unsent, or a new one.
 *
 * Staff whose password is no passphrase get a case that nothing opens after the next lock, until they choose one.
 */

import { admit } from "./admit";
import type { Holding } from "./holding";
import { newcomer } from "./pass";
import type { Mine, Opened, Sessions } from "./session";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import type { Tally } from "./tally";
import { EngineError, type Session } from "./types";
import { goneFrom, ownUp } from "./wiped";
import { ask, isRecord } from "./wire";

// Fetched together: apart they would weigh more.
export { setPassphrase, setPin } from "./secrets";

/** What a person says who wants in. */
interface Said {
	readonly login: string;
	readonly password: string;
	readonly school: string;
}

/** Throws EngineError. */
export async function signIn(
	around: Surroundings,
	tally: Tally,
	sessions: Sessions,
	said: Said,
	mine: Mine,
): Promise<Opened> {
	if (!around.crypto) throw new EngineError("closed");
	const { login, password, school } = said;
	const known = (await sessions.people()).find((p) => p.school === school && same(p.login, login));
	const gone = known ? null : goneFrom(tally);
	const deviceIn = async (store: Store) => (await store.meta("counter"))?.device ?? "";
	const device = known ? await sessions.within(known, deviceIn) : (gone?.device ?? "");
	let session = await prove(around, said, device);
	if (gone && session.device === gone.device) {
		await ownUp(around, tally, session, gone);
		session = await prove(around, said, "");
	}
	const who = { school, person: session.person };
	const store = await sessions.store(who);
	// A login that this tablet did not know, of a person whose store it has: the identity is in there.
	const own = await deviceIn(store);
	if (own && own !== device) session = await prove(around, said, own);
	const keys = await admit(around, store, session, password, await mine(who));
	const held = await sessions.hold(store, who, keys);
	await settleIdentity(held, session);
	await held.signedIn(session);
	return { held, session, keys };
}

async function prove(around: Surroundings, { login, password, school }: Said, device: string): Promise<Session> {
	const clock = Math.round(around.now());
	const asked = { login, password, clock, device, name: around.name };
	const answer = await ask(around, `/api/${school}/sign-in`, asked, { pass: newcomer(device) });
	if (!answer.ok) throw new EngineError(answer.trouble, answer.retryAfter);
	if (!isSignedIn(answer.body, school)) throw new EngineError("not_our_server");
	return { ...answer.body, since: clock };
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
