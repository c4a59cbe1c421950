/**
 * The law in two languages says the same of cases that nobody thought of: drawn at random in Python, judged in both.
 *
 * `make parity` draws 100,000, the nightly size; PARITY_SEED is another draw.
 */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import rules from "../../../tests/vectors/rules.json";
import { approves } from "../../src/rules/approvals";
import { Facts, type Values } from "../../src/rules/facts";
import { form } from "../../src/rules/form";
import { type Interval, judge } from "../../src/rules/rules";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const COUNT = process.env["PARITY"] ?? "5000";
const SEED = process.env["PARITY_SEED"] ?? "1";

type Fact = [kind: string, key: string, values: Values];
type Drawn = Interval & {
	facts: Fact[];
	person: string;
	kind: string;
	key: string;
	set: Values;
	values: Values;
	arrived: number;
	told: [string, string, Values, number];
};

test(`both languages judge ${COUNT} drawn cases alike`, { timeout: 600_000 }, async () => {
	const child = spawn(`${ROOT}/.venv/bin/python`, ["-m", "tests.parity", COUNT, SEED], { cwd: ROOT });
	const reached = new Set<string>();
	let judged = 0;
	for await (const line of createInterface({ input: child.stdout })) {
		const drawn = JSON.parse(line) as Drawn;
		const facts = new Facts();
		for (const [kind, key, values] of [...(rules.facts as unknown as Fact[]), ...drawn.facts])
			facts.put(kind, key, values);
		const op = { kind: drawn.kind, key: drawn.key, set: drawn.set };
		const found = form(op);
		if (typeof found === "string") throw new Error(`${found}: ${line}`);
		const { person, values, arrived } = drawn;
		const target = approves(op.kind, op.set, values, () => ({}));
		const said = judge({ op, ...found, person, values, arrived, approves: target }, facts, drawn);
		expect([said.verdict, said.reason, said.detail, said.authority], line).toEqual(drawn.told);
		reached.add(`${said.verdict} ${said.reason}`);
		judged++;
	}
	expect(judged).toBe(Number(COUNT));
	// A handful of cases need not meet every rung.
	if (judged >= 5000) expect(reached.size, "most rungs are reached").toBeGreaterThan(18);
});
