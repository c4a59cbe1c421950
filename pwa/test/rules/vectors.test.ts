/** The vectors in tests/vectors, run against the law in TypeScript. The server runs the same files. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { approves } from "../../src/rules/approvals";
import { Facts, type Values } from "../../src/rules/facts";
import { form, type Written } from "../../src/rules/form";
import { floorOf, proposal, type Settings, weightedMean } from "../../src/rules/marks";
import { judge } from "../../src/rules/rules";

function load<T>(name: string): T {
	const place = new URL(`../../../tests/vectors/${name}.json`, import.meta.url);
	return JSON.parse(readFileSync(place, "utf8")) as T;
}

type Record = readonly [kind: string, key: string, values: Values];

interface RuleVector {
	says: string;
	case: Written & {
		person: string;
		values: Values;
		after: number;
		before: number;
		written: number;
		consistent: boolean;
		arrived: number;
		facts?: Record[];
		matters?: { [key: string]: Values };
	};
	verdict: string;
	reason: string;
	authority?: number;
}

const rules = load<{ facts: Record[]; cases: RuleVector[] }>("rules");

describe("rules", () => {
	test.each([...rules.cases, ...load<RuleVector[]>("edges")])("$says", ({ case: given, ...expected }) => {
		const facts = new Facts();
		for (const [kind, key, values] of [...rules.facts, ...(given.facts ?? [])]) facts.put(kind, key, values);
		const found = form({ kind: given.kind, key: given.key, set: given.set });
		if (typeof found === "string") throw new Error(found);
		const { person, values, arrived } = given;
		const op = { kind: given.kind, key: given.key, set: given.set };
		const target = approves(op.kind, op.set, values, (key) => given.matters?.[key] ?? {});
		const decision = judge({ op, ...found, person, values, arrived, approves: target }, facts, given);
		expect([decision.verdict, decision.reason]).toEqual([expected.verdict, expected.reason]);
		if (expected.authority !== undefined) expect(decision.authority).toBe(expected.authority);
	});
});

describe("form", () => {
	test.each(load<{ says: string; case: Written; reason: string }[]>("form"))("$says", ({ case: given, reason }) => {
		const found = form(given);
		expect(typeof found === "string" ? found : "").toBe(reason);
	});
});

interface MarkVector {
	says: string;
	case: [string, number][];
	thresholds?: Settings;
	mean: [number, number] | null;
	proposal: number | null;
}

describe("marks", () => {
	test.each(load<MarkVector[]>("marks"))("$says", (vector) => {
		const mean = weightedMean(vector.case.map(([value, weight]) => ({ value, weight })));
		expect(mean && [mean.over, mean.under]).toEqual(vector.mean);
		expect(mean && proposal(mean, vector.thresholds)).toBe(vector.proposal);
	});
});

interface FloorVector {
	says: string;
	case: { hours: number | null; floors?: Settings };
	least: number;
}

describe("floors of marks", () => {
	test.each(load<FloorVector[]>("floors"))("$says", ({ case: { hours, floors }, least }) => {
		expect(floorOf(hours, floors)).toBe(least);
	});
});
