/** The clipboard of spreadsheets: rows and cells as they come, and a block looked through before it is written. */

import { describe, expect, it } from "vitest";
import type { Decision, Entry } from "../../src/engine/types";
import { type Found, type Wish, weigh, wishesOf } from "../../src/ui/journal/bulk";
import { rowsOf, textOfRows } from "../../src/ui/journal/clipboard";

describe("a block of a spreadsheet", () => {
	it.each([
		["5\r\n4\r\n\r\n3\r\n", [["5"], ["4"], [""], ["3"]]],
		[
			"5\t4\n\t3",
			[
				["5", "4"],
				["", "3"],
			],
		],
		[
			"5\t\n4\t",
			[
				["5", ""],
				["4", ""],
			],
		],
		['"5\n4"\t3', [["5\n4", "3"]]],
		['"он сказал ""да"""', [['он сказал "да"']]],
		['"5', [['"5']]],
		["5", [["5"]]],
		["", []],
	])("%j", (text, rows) => {
		expect(rowsOf(text)).toEqual(rows);
	});

	it("comes back as it was copied", () => {
		const rows = [
			["5/4", "н", ""],
			["о12 5", "осв", 'с "кавычками"\tи табуляцией'],
		];
		expect(rowsOf(textOfRows(rows))).toEqual(rows);
	});
});

describe("a block before it is written", () => {
	const accepted: Decision = { verdict: "accepted", reason: "", detail: {} };
	const refused: Decision = { verdict: "refused", reason: "not_enrolled", detail: {} };
	const held: Decision = { verdict: "held", reason: "window_closed", detail: {} };
	const entry = (row: number): Entry => ({ kind: "mark", key: `p${row}`, set: { value: "5" } });
	const find = ({ at, text }: Wish): Found => ({
		entries: text === "7" ? [] : [entry(at.row)],
		replaces: at.row === 0,
		trouble: text === "7" ? "unread" : "",
	});
	const check = ({ key }: Entry): Decision => (key === "p2" ? refused : key === "p3" ? held : accepted);
	const column = (...texts: string[]): Wish[] =>
		wishesOf(
			texts.map((text) => [text]),
			{ top: 0, left: 0, bottom: 0, right: 0 },
		);

	it("tells of each cell that can't go in why, and keeps the rest as one step", () => {
		const bulk = weigh(column("5", "7", "5", "5", "5"), find, check, (d) => d.reason);
		expect(bulk.refused.map(({ wish, why }) => [wish.at.row, why])).toEqual([
			[1, "unread"],
			[2, "not_enrolled"],
		]);
		expect(bulk.held.map(({ wish }) => wish.at.row)).toEqual([3]);
		expect(bulk.entries.map((e) => e.key)).toEqual(["p0", "p3", "p4"]);
		expect([bulk.changes, bulk.replaced]).toEqual([3, 1]);
	});

	it("lets blank cells be: blank never means delete", () => {
		expect(weigh(column("", ""), find, check, () => "").entries).toEqual([]);
	});

	it("lays one value over the whole block, and a block from its corner", () => {
		const area = { top: 1, left: 2, bottom: 2, right: 3 };
		expect(wishesOf([["5"]], area).map(({ at }) => [at.row, at.col])).toEqual([
			[1, 2],
			[1, 3],
			[2, 2],
			[2, 3],
		]);
		expect(wishesOf([["5", "4"], ["3"]], area).map(({ at, text }) => [at.row, at.col, text])).toEqual([
			[1, 2, "5"],
			[1, 3, "4"],
			[2, 2, "3"],
		]);
	});
});
