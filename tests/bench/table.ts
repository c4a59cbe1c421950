/** The tablet's figures in one table at the end of the run, whichever file took them, with the load they were taken under. */

import { loadavg } from "node:os";
import { test } from "@playwright/test";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const FIGURE = "figure";

/** Tells a figure, and what the design promises of it; "" where it promises nothing. */
export function tell(what: string, measured: string, target = ""): void {
	test.info().annotations.push({ type: FIGURE, description: [what, measured, target].join(" | ") });
}

export const ms = (n: number): string => `${n.toFixed(n < 100 ? 1 : 0)} ms`;

/** p50 and the slowest of a few runs. */
export function runs(values: readonly number[]): string {
	const sorted = [...values].sort((a, b) => a - b);
	return `${ms(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)}, slowest of ${sorted.length} ${ms(sorted.at(-1) ?? Number.NaN)}`;
}

export default class Table implements Reporter {
	private readonly lines: string[] = [];

	onTestEnd(_: TestCase, result: TestResult): void {
		const load = (loadavg()[0] ?? 0).toFixed(1);
		for (const { type, description } of result.annotations) {
			if (type === FIGURE) this.lines.push(`| ${description} | ${load} |`);
		}
	}

	onEnd(): void {
		const head = ["", "| what | measured | target | load |", "|---|---|---|---|"];
		process.stdout.write([...head, ...this.lines, "", ""].join("\n"));
	}
}
