/** The real engine, the real server, and a network that cuts, doubles, truncates and lies: nothing lost, nothing twice. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine";
import type { Engine } from "../../src/engine/types";
import { MAX_OPS } from "../../src/generated/messages";
import { Browser, until } from "../tablet";
import { type Fault, Network } from "./network";
import { Server } from "./server";

const SEEDS = Number(process.env.ZVONOK_SEEDS ?? 200);
const FAULTS: readonly Fault[] = [
	"cut before",
	"cut after",
	"late",
	"slow",
	"half",
	"truncated",
	"twice",
	"twice, second",
	"twice at once",
	"portal",
	"stranger",
	"413",
	"429",
	"401 by a stranger",
	"502",
	"503",
	"507",
	"pass",
	"pass",
];

let server: Server;
let network: Network;

beforeAll(async () => {
	server = await Server.start();
	network = await Network.before(server.port);
});

afterAll(async () => {
	await network.close();
	await server.end();
});

/** The same numbers for the same seed (mulberry32). */
function dice(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const PUPILS = ["p1", "p3", "p4"];
const DAYS = ["2026-11-13", "2026-11-16", "2026-11-20"];

/** Waits for the end of an attempt, whichever started it. */
/** [number, key] of each entry that the server has of this tablet, in order. */
async function received(engine: Engine, after = 0): Promise<[number, string][]> {
	const device = engine.session?.device;
	return (await server.entries(after)).filter((e) => e[0] === device).map((e) => [e[1], e[3]]);
}

/** A teacher's hour on a bad line: what is written must arrive, once, and green must never be said before it has. */
async function hour(seed: number): Promise<void> {
	const roll = dice(seed);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
	network.next = () => "pass";
	const browser = new Browser(network.base, server.world);
	let engine = await browser.signedIn();
	const since = await server.head();
	const written: string[] = [];
	const last = new Map<string, string>();
	const green = async () => {
		if (engine.status().unsent > 0) return;
		const there = await received(engine, since);
		expect(there.length, "all is said to be sent").toBeGreaterThanOrEqual(written.length);
	};
	for (let turn = 0; turn < 6; turn++) {
		const count = 1 + Math.floor(roll() * 5);
		const entries = Array.from({ length: count }, () => {
			const key = `8b-alg/${pick(DAYS)}/2/${pick(PUPILS)}/1`;
			const value = pick(["5", "4", "3", "2"]);
			return { kind: "mark" as const, key, set: { value } };
		});
		for (const { key, set } of entries) {
			written.push(key);
			last.set(key, set.value);
		}
		const fault = pick(FAULTS);
		network.next = () => (roll() < 0.7 ? fault : "pass");
		await engine.write(entries);
		await engine.syncNow();
		network.next = () => "pass";
		await green();
		if (roll() < 0.2) {
			await browser.close();
			engine = await browser.reopened("t1-secret-word");
			await green();
		}
	}
	await engine.syncNow();
	await until(engine, (s) => s.unsent === 0);
	await network.arrive();
	expect(await received(engine, since), "nothing lost, nothing doubled").toEqual(written.map((key, i) => [i + 1, key]));
	for (const [key, value] of last) {
		expect(engine.row("mark", key)?.values.value).toBe(value);
		expect((await server.row("mark", key))?.value).toBe(value);
	}
	expect(engine.status()).toMatchObject({ healed: 0, attention: 0, forked: false });
	await browser.close();
}

describe("with seeded faults", () => {
	test.each(Array.from({ length: SEEDS }, (_, seed) => seed))("seed %i", hour);
});

describe("what is not our server", () => {
	const lies: Fault[] = ["portal", "stranger", "truncated", "401 by a stranger", "502", "413"];
	test.each(lies)("%s marks nothing as sent and signs nobody out", async (lie) => {
		network.next = () => "pass";
		const browser = new Browser(network.base, server.world);
		const engine = await browser.signedIn();
		network.next = () => lie;
		await engine.write([{ kind: "lesson", key: "8b-alg/2026-11-20/2", set: { homework: `№ ${lie}` } }]);
		await engine.syncNow();
		expect(engine.status()).toMatchObject({ unsent: 1, signedOut: false, sending: false });
		expect(engine.status().reachable).toBe(lie === "413");
		expect(engine.pending()[0]).toMatchObject({ state: "local", stuck: false });
		network.next = () => "pass";
		await engine.syncNow();
		expect(engine.status().unsent).toBe(0);
		await browser.close();
	});
});

test("sign-in tells a wrong password from no network and from a captive portal", async () => {
	const browser = new Browser(server.base, server.world);
	const engine = await browser.tab();
	await expect(engine.signIn("t1", "no", "32")).rejects.toMatchObject({ code: "wrong_sign_in" });
	browser.radio = false;
	await expect(engine.signIn("t1", "t1-secret-word", "32")).rejects.toMatchObject({ code: "offline" });
	const portal = createEngine({
		...browser.surroundings(),
		fetch: async () => new Response("<html>Wi-Fi</html>", { status: 200 }),
	});
	await expect(portal.signIn("t1", "t1-secret-word", "32")).rejects.toMatchObject({ code: "not_our_server" });
	expect(engine.session).toBeNull();
	await portal.stop();
	await browser.close();
});

test("five thousand entries of a month offline go up in batches, each once", async () => {
	network.next = () => "pass";
	const browser = new Browser(network.base, server.world);
	let engine = await browser.signedIn();
	browser.radio = false;
	for (let i = 0; i < 50; i++) {
		const entries = Array.from({ length: 100 }, (_, j) => ({
			kind: "mark" as const,
			key: `8b-alg/2026-11-20/${1 + (j % 9)}/p${j % 2 ? 1 : 3}/${1 + (i % 2)}`,
			set: { value: "4", comment: `работа ${i}` },
		}));
		await engine.write(entries);
	}
	await browser.close();
	engine = await browser.reopened("t1-secret-word");
	expect(engine.status().unsent).toBe(5000);
	const [from, asked] = [network.seen.length, network.offered.length];
	let [calls, cuts] = [0, 0];
	network.next = () => {
		if (++calls % 3 !== 0 || cuts === 50) return "pass";
		return ++cuts % 2 ? "cut after" : "cut before";
	};
	browser.radio = true;
	for (let i = 0; engine.status().unsent && i < 20; i++) await engine.syncNow();
	network.next = () => "pass";
	expect(engine.status().unsent).toBe(0);
	expect((await received(engine)).map(([n]) => n)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
	expect(network.seen.slice(from).filter((f) => f === "pass").length).toBeLessThan(25);
	// An interruption costs one batch at the most, and nothing goes back.
	const batches = network.offered.slice(asked).filter((batch) => batch.length > 0);
	let sent = 0;
	for (const batch of batches) {
		const [first = 0] = batch;
		expect(sent - first + 1, "sent again").toBeLessThanOrEqual(MAX_OPS);
		expect(batch).toEqual(batch.map((_, i) => first + i));
		sent = Math.max(sent, batch[batch.length - 1] ?? 0);
	}
	const firsts = batches.map(([first = 0]) => first);
	expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
	expect(batches.flat().length).toBeLessThanOrEqual(5000 + cuts * MAX_OPS);
	await browser.close();
});
