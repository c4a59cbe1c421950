/** Which answers count: only our server's, whole, to this very request. */

import { describe, expect, test } from "vitest";
import type { Surroundings } from "../../src/engine/surroundings";
import { ask, readSync } from "../../src/engine/wire";
import type { SyncRequest } from "../../src/generated/messages";
import { answer, judged, news, row } from "../holding";

const REQUEST: SyncRequest = {
	protocol: 1,
	device: "d1",
	clock: 0,
	heard: 0,
	healed: 0,
	held: 2,
	epoch: "e1",
	cursors: {},
	ops: [
		{ n: 1, kind: "mark", key: "k", set: {}, at: 0 },
		{ n: 2, kind: "mark", key: "k", set: {}, at: 0 },
	],
};

const whole = answer({ known: 2, judged: [judged(1, "accepted", 5)], news: [news([row("p1", 5, "5")])] });

describe("readSync", () => {
	test("takes an answer of the right shape", () => {
		expect(readSync(JSON.parse(JSON.stringify(whole)), REQUEST, "32")).toEqual(whole);
	});

	const wrong: [string, object][] = [
		["another protocol", { protocol: 2 }],
		["another school", { school: "33" }],
		["no epoch", { epoch: "" }],
		["a known that is no number", { known: "2" }],
		["a negative known", { known: -1 }],
		["a verdict on an op that was not sent", { judged: [judged(3, "accepted", 5)] }],
		["a verdict that does not exist", { judged: [judged(1, "granted", 5)] }],
		["a verdict cut short", { judged: [[1, "accepted"]] }],
		["taken numbers that were not sent", { taken: [9] }],
		["no list of news", { news: null }],
		["news without rows", { news: [{ ...whole.news[0], tables: { mark: { cells: ["value"] } } }] }],
		["a row of another width", { news: [news([["k", 5, "5"]])] }],
		["news that go backwards", { news: [news([], { after: 9, upto: 3 })] }],
		["a digest of one number", { news: [{ ...whole.news[0], total: [1] }] }],
		["lost scopes that are no names", { lost: [1] }],
		["no server time", { server_time: null }],
		["no durable seq", { durable_seq: undefined }],
	];
	test.each(wrong)("refuses %s", (_, part) => {
		expect(readSync({ ...whole, ...part }, REQUEST, "32")).toBeNull();
	});

	test.each([null, [], "ok", 1, {}])("refuses %j", (body) => {
		expect(readSync(body, REQUEST, "32")).toBeNull();
	});
});

function answering(status: number, body: string, headers: Record<string, string> = {}) {
	const fetch = async () => new Response(body, { status, headers });
	return ask({ base: "", fetch, later: () => () => undefined } as unknown as Surroundings, "/api/hello");
}

describe("ask", () => {
	test.each([
		[200, "<html>", "not_our_server", false],
		[200, "", "not_our_server", false],
		[200, "[]", "not_our_server", false],
		[200, '{"known": 1', "not_our_server", false],
		[302, "", "not_our_server", false],
		[401, "<html>", "not_our_server", false],
		[401, '{"error":"signed_out"}', "signed_out", true],
		[403, '{"error":"rather not"}', "not_our_server", false],
		[413, "too large", "too_large", false],
		[413, '{"error":"too_large"}', "too_large", true],
		[429, "", "overloaded", false],
		[502, "<html>", "overloaded", false],
		[302, "", "not_our_server", false],
		[511, "<html>", "not_our_server", false],
		[507, '{"error":"disk_full"}', "disk_full", true],
	])("%i %s is %s", async (status, body, trouble, told) => {
		expect(await answering(status, body)).toMatchObject({ ok: false, trouble, told, status });
	});

	test("honours Retry-After, the server's own word first", async () => {
		expect(await answering(503, "", { "retry-after": "17" })).toMatchObject({ retryAfter: 17 });
		expect(await answering(503, '{"error":"overloaded","retry_after":3}', { "retry-after": "17" })).toMatchObject({
			retryAfter: 3,
		});
		expect(await answering(503, "", { "retry-after": "soon" })).toMatchObject({ retryAfter: null });
	});

	test("no answer is offline", async () => {
		const fetch = async () => {
			throw new TypeError("failed");
		};
		const found = await ask({ base: "", fetch, later: () => () => undefined } as unknown as Surroundings, "/x");
		expect(found).toMatchObject({ ok: false, trouble: "offline", status: 0 });
	});
});

describe("a packed body", () => {
	async function sent(packed: boolean, text: string): Promise<[coding: string | null, body: unknown]> {
		let found: [string | null, unknown] = [null, null];
		const fetch = async (_: string, init: RequestInit) => {
			const headers = new Headers(init.headers);
			const coding = headers.get("content-encoding");
			const whole = new Response(init.body).body ?? new ReadableStream();
			const plain = coding ? whole.pipeThrough(new DecompressionStream("gzip")) : whole;
			found = [coding, await new Response(plain).json()];
			return new Response("{}", { headers: { "accept-encoding": "gzip" } });
		};
		const around = { base: "", fetch, later: () => () => undefined } as unknown as Surroundings;
		expect(await ask(around, "/x", { text }, { packed })).toMatchObject({ ok: true, takesGzip: true });
		return found;
	}

	test("goes only where the server has said that it unpacks, and where it is worth it", async () => {
		const long = "запись ".repeat(400);
		expect(await sent(true, long)).toEqual(["gzip", { text: long }]);
		expect(await sent(false, long)).toEqual([null, { text: long }]);
		expect(await sent(true, "short")).toEqual([null, { text: "short" }]);
	});
});
