/** The text of a cell: what can be read, on which keyboard, and which entries it makes. */

import { describe, expect, it } from "vitest";
import type { View } from "../../src/engine/types";
import {
	clearing,
	EMPTY,
	entriesOf,
	letterOf,
	type Place,
	read,
	type Standing,
	textOf,
} from "../../src/ui/journal/cell";

const PLACE: Place = { journal: "j", date: "2026-11-20", number: 3, pupil: "p" };

function mark(value: string | null, comment: string | null = null): View<"mark"> {
	const values = { value, comment, given: null };
	return { key: "", parts: {}, seq: 1, values, states: {}, heads: null };
}

function presence(value: string, minutes: number | null = null): View<"attendance"> {
	const values = { presence: value, minutes, reason: null };
	return { key: "", parts: {}, seq: 1, values, states: {}, heads: null };
}

describe("reading", () => {
	it.each([
		["5", { marks: ["5"] }],
		["54", { marks: ["5", "4"] }],
		["5/4", { marks: ["5", "4"] }],
		["5 4", { marks: ["5", "4"] }],
		["н", { presence: "absent" }],
		["Н", { presence: "absent" }],
		["о 5", { presence: "late", marks: ["5"] }],
		["о5", { presence: "late", marks: ["5"] }],
		["о12", { presence: "late", minutes: 12 }],
		["о 12", { presence: "late", minutes: 12 }],
		["j05 5/4", { presence: "late", minutes: 5, marks: ["5", "4"] }],
		["о 5/4", { presence: "late", marks: ["5", "4"] }],
		["1", { marks: ["1"] }],
		["1/2", { marks: ["1", "2"] }],
		["осв", { marks: ["осв"] }],
		["ос", { marks: ["осв"] }],
		["зач", { marks: ["зач"] }],
		["з", { marks: ["зач"] }],
		["нз", { marks: ["незач"] }],
		["н/а", { marks: ["н/а"] }],
		["на", { marks: ["н/а"] }],
		[".", { marks: ["."] }],
		["ю", { marks: ["."] }],
		["jcd", { marks: ["осв"] }],
		["pfx", { marks: ["зач"] }],
		["y/f", { marks: ["н/а"] }],
		["", {}],
	])("reads %j", (text, typed) => {
		expect(read(text)).toEqual(typed);
	});

	it.each(["6", "555", "нн", "но", "пять", "10", "12", "51", "7", "57", "н12", "о60", "о00", "о123"])(
		"does not read %j",
		(text) => {
			expect(read(text)).toBeNull();
		},
	);

	it.each([
		["5", "5"],
		["y", "н"],
		["Y", "н"],
		["о", "о"],
		["j", "о"],
		["p", "з"],
		["ю", "."],
		["\\", "/"],
		["q", null],
		["Enter", null],
	])("takes the key %j as %j", (key, letter) => {
		expect(letterOf(key)).toBe(letter);
	});
});

describe("entries", () => {
	const standing: Standing = { first: mark("5"), second: mark("4"), attendance: presence("late", 7) };

	it("are told as a text that reads as the same: presence with its minutes, then marks", () => {
		expect(textOf(standing)).toBe("о07 5/4");
		expect(read(textOf(standing))).toEqual({ presence: "late", minutes: 7, marks: ["5", "4"] });
		expect(entriesOf(PLACE, standing, { presence: "late", minutes: 7, marks: ["5", "4"] }, true)).toEqual([]);
	});

	it("are made only for cells that change", () => {
		expect(entriesOf(PLACE, standing, { marks: ["5", "3"] })).toEqual([
			{ kind: "mark", key: "j/2026-11-20/3/p/2", set: { value: "3" } },
		]);
		expect(entriesOf(PLACE, standing, { marks: ["5", "4"] })).toEqual([]);
	});

	it("clear the second mark when one is typed over two", () => {
		expect(entriesOf(PLACE, standing, { marks: ["5"] })).toEqual([
			{ kind: "mark", key: "j/2026-11-20/3/p/2", set: { value: null } },
		]);
	});

	it("take the minutes away with the lateness", () => {
		expect(entriesOf(PLACE, standing, { presence: "absent" })).toEqual([
			{ kind: "attendance", key: "j/2026-11-20/3/p", set: { presence: "absent", minutes: null } },
		]);
	});

	it("keep the minutes under the same letter, and change them when they are typed", () => {
		expect(entriesOf(PLACE, standing, { presence: "late" })).toEqual([]);
		expect(entriesOf(PLACE, standing, { presence: "late", minutes: 12 })).toEqual([
			{ kind: "attendance", key: "j/2026-11-20/3/p", set: { minutes: 12 } },
		]);
	});

	it("clear what the whole text does not name", () => {
		expect(entriesOf(PLACE, standing, { marks: ["5", "4"] }, true)).toEqual([
			{ kind: "attendance", key: "j/2026-11-20/3/p", set: { presence: null, minutes: null } },
		]);
	});

	it("take the comment away with the mark, also where only a comment stands", () => {
		expect(clearing(PLACE, { ...EMPTY, first: mark("5", "Молодец") })).toEqual([
			{ kind: "mark", key: "j/2026-11-20/3/p/1", set: { value: null, comment: null } },
		]);
		expect(clearing(PLACE, { ...EMPTY, first: mark(null, "Молодец") })).toEqual([
			{ kind: "mark", key: "j/2026-11-20/3/p/1", set: { comment: null } },
		]);
		expect(clearing(PLACE, EMPTY)).toEqual([]);
	});
});
