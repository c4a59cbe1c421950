/** Warnings come before it is too late, say what to do, and fall silent when there is nothing to say. */

import { describe, expect, it } from "vitest";
import type { Deadline, Status } from "../../src/engine/types";
import { DAY } from "../../src/rules/days";
import { isCounted, type Warning, warningsOf } from "../../src/ui/attention/warnings";
import { wordsOf } from "../../src/ui/attention/words";
import { speak } from "../../src/ui/phrases/book";

const NOW = Date.UTC(2026, 10, 20, 9, 0);
const CALM = {
	unsent: 0,
	oldestUnsent: null,
	room: { used: 1e6, quota: 1e10 },
	leaseEnds: NOW + 14 * DAY,
	lost: [],
	signedOut: false,
	fleeting: null,
	persisted: true,
} as unknown as Status;
const kinds = (more: Partial<Status>, deadlines: Deadline[] = []) =>
	warningsOf({ ...CALM, ...more }, deadlines, NOW).map((w) => w.kind);
const due = (days: number, reason: Deadline["reason"] = "window_closed"): Deadline => ({
	until: NOW + days * DAY,
	reason,
	detail: {},
});

it("says nothing while nothing is wrong", () => {
	expect(kinds({})).toEqual([]);
	expect(kinds({}, [due(4)])).toEqual([]);
});

it("counts no second time what the status line says in its own words", () => {
	const found = warningsOf({ ...CALM, signedOut: true, unsent: 60, leaseEnds: NOW + DAY }, [due(1)], NOW);
	expect(found.map(({ kind }) => kind)).toEqual(["signedOut", "late", "lease", "carry"]);
	expect(found.filter(isCounted).map(({ kind }) => kind)).toEqual(["late", "lease"]);
});

it("warns three days before entries leave their window, once for each rule", () => {
	const [first, second] = warningsOf(CALM, [due(2.5), due(1), due(2, "after_grace"), due(9)], NOW);
	expect(first).toMatchObject({ kind: "late", count: 2, until: NOW + DAY, reason: "window_closed" });
	expect(second).toMatchObject({ kind: "late", count: 1, reason: "after_grace" });
});

it.each<[string, Partial<Status>, Warning["kind"][]]>([
	["the lease ends in three days", { leaseEnds: NOW + 3 * DAY }, ["lease"]],
	["four fifths of the room are used", { room: { used: 8e9, quota: 1e10 } }, ["tight"]],
	["less than 50 MB are free", { room: { used: 1e6, quota: 5e7 } }, ["tight"]],
	["a small quota is nearly unused", { room: { used: 1e6, quota: 1e8 } }, []],
	["the browser does not say how much room there is", { room: null }, []],
	["the window is private", { fleeting: true }, ["fleeting"]],
	["the session ended", { signedOut: true }, ["signedOut"]],
	["fifty entries wait", { unsent: 50, oldestUnsent: NOW }, ["carry"]],
	["an entry has waited for a day", { unsent: 1, oldestUnsent: NOW - DAY }, ["carry"]],
	["entries went with the store", { lost: [{ device: "d1", from: 41, to: 57 }] }, ["lost"]],
])("knows what follows when %s", (_, more, wanted) => {
	expect(kinds(more)).toEqual(wanted);
});

describe.each(["ru", "en"] as const)("in %s", (language) => {
	it("says every warning in whole sentences, with its numbers", async () => {
		await speak(language);
		const all: Warning[] = [
			...(["window_closed", "after_grace", "term_locked", "not_yours", "in_doubt"] as const).map((reason) => {
				return { kind: "late", count: 3, until: NOW + DAY, reason, detail: {} } as const;
			}),
			{ kind: "lease", until: NOW + DAY },
			{ kind: "lost", gaps: [{ device: "d1", from: 41, to: 57 }] },
			{ kind: "signedOut", unsent: 14 },
			{ kind: "fleeting" },
			{ kind: "tight", left: 420e6 },
			{ kind: "carry", unsent: 60, safe: false },
		];
		const said = all.map((warning) => wordsOf(warning, "2026-11-20"));
		for (const { label, title, why } of said) {
			for (const text of [label, title, why]) expect(text).not.toMatch(/undefined|null|NaN|_/);
			expect(why).toMatch(/\.$/);
		}
		expect(said[0]?.title).toMatch(/^3 .*(суббота, 21 ноября|Saturday,? 21 November)/);
		expect(said[6]?.title).toMatch(/^17 /);
		expect(said[6]?.why).toContain("41–57");
		await speak("ru");
	});
});
