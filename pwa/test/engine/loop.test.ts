/** When to sync: full jitter from a second to five minutes, the server's word, and the hand that always works. */

import { expect, test } from "vitest";
import { Loop } from "../../src/engine/loop";
import type { Surroundings } from "../../src/engine/surroundings";
import type { Ended } from "../../src/engine/sync";

const FINE: Ended = { ok: true, trouble: null, retryAfter: null, rest: false };
const OFFLINE: Ended = { ok: false, trouble: "offline", retryAfter: null, rest: false };

/** A loop on a clock that a test moves. `end`: how each attempt ends. */
function loop(end: () => Ended, luck = 1) {
	let now = 0;
	const timers: { at: number; work: () => void }[] = [];
	const attempts: number[] = [];
	const around = {
		ticks: () => now,
		random: () => luck,
		later(work: () => void, ms: number) {
			const timer = { at: now + ms, work };
			timers.push(timer);
			return () => timers.splice(timers.indexOf(timer), 1);
		},
	} as unknown as Surroundings;
	const made = new Loop(
		around,
		async () => {
			attempts.push(now);
			return end();
		},
		() => false,
	);
	const pass = async (ms: number) => {
		const until = now + ms;
		for (;;) {
			await new Promise((next) => setImmediate(next));
			const next = timers.filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0];
			if (!next) break;
			timers.splice(timers.indexOf(next), 1);
			now = Math.max(now, next.at);
			next.work();
		}
		now = until;
	};
	return { made, attempts, pass };
}

test("backs off from one second to five minutes, with full jitter", async () => {
	const { made, attempts, pass } = loop(() => OFFLINE);
	made.start();
	await pass(2_000_000);
	const gaps = attempts.slice(1).map((at, i) => at - (attempts[i] ?? 0));
	expect(gaps.slice(0, 10)).toEqual([1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 128e3, 256e3, 300e3]);
	const lucky = loop(() => OFFLINE, 0.1);
	lucky.made.start();
	await lucky.pass(60_000);
	expect(lucky.attempts[1]).toBe(250);
});

test("after success polls within a minute and a quarter", async () => {
	const { made, attempts, pass } = loop(() => FINE);
	made.start();
	await pass(80_000);
	expect(attempts).toEqual([0, 75_000]);
});

test("never asks before the server said, but by hand", async () => {
	const { made, attempts, pass } = loop(() => ({ ...OFFLINE, trouble: "overloaded", retryAfter: 30 }));
	made.start();
	await pass(1_000);
	made.awake();
	made.soon();
	await pass(20_000);
	expect(attempts).toEqual([0]);
	await made.now();
	expect(attempts).toEqual([0, 21_000]);
});

test("a focus or a network that came ends the back-off", async () => {
	const { made, attempts, pass } = loop(() => OFFLINE);
	made.start();
	await pass(10_000);
	const before = attempts.length;
	made.awake();
	await pass(10);
	expect(attempts.length).toBe(before + 1);
});

test("who asks during an attempt gets another one after it, one at a time", async () => {
	let open: () => void = () => undefined;
	let running = 0;
	let most = 0;
	let count = 0;
	const around = {
		ticks: () => 0,
		random: () => 1,
		later: (work: () => void) => {
			setImmediate(work);
			return () => undefined;
		},
	} as unknown as Surroundings;
	const made: Loop = new Loop(
		around,
		async () => {
			most = Math.max(most, ++running);
			count++;
			await new Promise<void>((resolve) => {
				open = resolve;
			});
			running--;
			if (count === 2) made.stop();
			return FINE;
		},
		() => false,
	);
	made.start();
	await new Promise((next) => setTimeout(next, 5));
	made.soon();
	made.soon();
	open();
	await new Promise((next) => setTimeout(next, 5));
	open();
	expect([count, most]).toEqual([2, 1]);
});

test("rests after a 401 until somebody asks by hand", async () => {
	const { made, attempts, pass } = loop(() => ({ ...OFFLINE, trouble: "signed_out", rest: true }));
	made.start();
	await pass(500_000);
	made.awake();
	made.soon();
	await pass(500_000);
	expect(attempts).toHaveLength(1);
	await made.now();
	expect(attempts).toHaveLength(2);
});
