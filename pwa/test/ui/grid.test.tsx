/** The journal's grid: what keys do, where one stands, and what a cell tells. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writesEnded } from "../../src/ui/writing";
import { cell, closeGrid, engine, grid, here, key, keys, openGrid, screen, stand, table, text } from "./hand";
import { JOURNAL } from "./paper";

beforeEach(async () => {
	await openGrid();
	await grid.blocks(); // the app has them once the strip stands
});
afterEach(closeGrid);

describe("where one stands", () => {
	it("opens at the last lesson up to today, with one cell in the tab order", () => {
		expect(here().dataset["at"]).toBe(cell(0, "2026-11-20").dataset["at"]);
		expect(table().querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
	});

	it("tells rows and columns by number, the head being the first", () => {
		expect(table().getAttribute("aria-rowcount")).toBe("5");
		expect(table().getAttribute("aria-colcount")).toBe(String(grid.columns().length + 3));
		expect(here().getAttribute("aria-colindex")).toBe(String(grid.at().col + 2));
		expect(here().closest("tr")?.getAttribute("aria-rowindex")).toBe("2");
	});

	it("moves by arrows, to the ends by Home and End, and never out of the table", async () => {
		stand(0, "2026-11-20");
		await keys("ArrowDown", "ArrowLeft");
		expect(here().dataset["at"]).toBe(cell(1, "2026-11-18").dataset["at"]);
		await key("Home");
		expect(grid.at()).toEqual({ row: 1, col: 0 });
		await keys("ArrowLeft", "ArrowUp", "ArrowUp", "ArrowUp");
		expect(grid.at()).toEqual({ row: -1, col: 0 });
		await key("End", { ctrlKey: true });
		expect(grid.at()).toEqual({ row: 3, col: grid.columns().length + 1 });
	});

	it("leaves the grid by Tab at its last column, so that nobody is caught", async () => {
		stand(0, "2026-11-20");
		await key("End");
		const leaves = fireEvent.keyDown(here(), { key: "Tab", bubbles: true, cancelable: true });
		expect(leaves).toBe(true);
	});
});

describe("typing", () => {
	it("overwrites, and Enter goes down", async () => {
		stand(0, "2026-11-20");
		await keys("4", "Enter");
		expect(text(cell(0, "2026-11-20"))).toBe("4");
		expect(grid.at().row).toBe(1);
		stand(0, "2026-11-20");
		await keys("5", "Enter");
		expect(text(cell(0, "2026-11-20"))).toBe("5");
	});

	it("goes right by Tab", async () => {
		stand(0, "2026-11-18");
		await keys("4", "Tab");
		expect(text(cell(0, "2026-11-18"))).toBe("4");
		expect(here().dataset["at"]).toBe(cell(0, "2026-11-20").dataset["at"]);
	});

	it("takes two marks in one cell, with a stroke or without", async () => {
		stand(0, "2026-11-20");
		await keys("5", "4", "Enter", "4", "/", "3", "Enter");
		expect(text(cell(0, "2026-11-20"))).toBe("5/4");
		expect(text(cell(1, "2026-11-20"))).toBe("4/3");
	});

	it.each([
		["н", "absent"],
		["y", "absent"],
		["Y", "absent"],
		["о", "late"],
		["j", "late"],
	])("reads %s as presence on either layout", async (letter, presence) => {
		stand(0, "2026-11-20");
		await keys(letter, "Enter");
		const row = engine.row("attendance", `${JOURNAL}/2026-11-20/3/p1`);
		expect(row?.values.presence).toBe(presence);
	});

	it("leaves presence alone when a mark is typed, and the mark when presence is", async () => {
		stand(0, "2026-11-18");
		await keys("о", "Enter");
		expect(text(cell(0, "2026-11-18"))).toBe("5");
		expect(cell(0, "2026-11-18").querySelector(".presence")?.textContent).toBe("о");
	});

	it("is given up by Escape", async () => {
		stand(0, "2026-11-18");
		await keys("2", "Escape");
		expect(text(cell(0, "2026-11-18"))).toBe("5");
		expect(engine.pending()).toHaveLength(0);
	});

	it("keeps the editor open when the text can't be read", async () => {
		stand(0, "2026-11-20");
		await keys("5", "5", "5", "Enter");
		expect(table().querySelector("input")).not.toBeNull();
		expect(engine.pending()).toHaveLength(0);
	});

	it("takes minutes after the letter of lateness", async () => {
		stand(0, "2026-11-20");
		await keys("о", "1", "2", "Enter");
		const row = engine.row("attendance", `${JOURNAL}/2026-11-20/3/p1`);
		expect(row?.values).toMatchObject({ presence: "late", minutes: 12 });
		expect(text(cell(0, "2026-11-20"))).toBe("");
	});

	it("says why it does not take a character or a number, and writes nothing", async () => {
		stand(0, "2026-11-20");
		await key("7");
		expect(grid.note()).toContain("«7»");
		expect(table().querySelector("input")).toBeNull();
		await keys("1");
		expect(grid.note()).toBe("");
		await keys("2", "Enter");
		expect(grid.note()).toContain("«12»");
		expect(table().querySelector("input")).not.toBeNull();
		await key("Escape");
		expect(grid.note()).toBe("");
		expect(engine.pending()).toHaveLength(0);
	});

	it("commits when the editor loses its focus", async () => {
		stand(0, "2026-11-20");
		await keys("4");
		fireEvent.blur(table().querySelector("input") as HTMLInputElement);
		await writesEnded();
		expect(text(cell(0, "2026-11-20"))).toBe("4");
	});
});

describe("F2, Delete and undo", () => {
	it("edits the whole text by F2; what is taken out of it is cleared", async () => {
		stand(0, "2026-11-18");
		await keys("о", "Enter");
		stand(0, "2026-11-18");
		await key("F2");
		const editor = table().querySelector("input") as HTMLInputElement;
		expect(editor.value).toBe("о 5");
		fireEvent.input(editor, { target: { value: "4" } });
		await key("Enter");
		expect(text(cell(0, "2026-11-18"))).toBe("4");
		expect(cell(0, "2026-11-18").querySelector(".presence")).toBeNull();
	});

	it("empties by Delete, the comment with the mark", async () => {
		stand(1, "2026-11-18");
		await key("Delete");
		expect(text(cell(1, "2026-11-18"))).toBe("");
		expect(engine.row("mark", `${JOURNAL}/2026-11-18/3/p2/1`)?.values).toMatchObject({ value: null, comment: null });
	});

	it("undoes a step with Ctrl+Z on either layout and does it again with Ctrl+Y", async () => {
		stand(0, "2026-11-20");
		await keys("5", "4", "Enter");
		await key("я", { code: "KeyZ", ctrlKey: true });
		expect(text(cell(0, "2026-11-20"))).toBe("");
		await key("y", { code: "KeyY", ctrlKey: true });
		expect(text(cell(0, "2026-11-20"))).toBe("5/4");
	});
});

describe("the key strip", () => {
	it("writes at once and opens the next pupil; a stroke goes back for the second mark", async () => {
		stand(0, "2026-11-20");
		await grid.press("5");
		expect(grid.at().row).toBe(1);
		grid.pressSecond();
		expect(grid.at().row).toBe(0);
		await grid.press("4");
		expect(text(cell(0, "2026-11-20"))).toBe("5/4");
	});

	it("goes back to the first cell of what is undone, and of what is redone", async () => {
		stand(1, "2026-11-20");
		await grid.press("5");
		stand(0, "2026-11-18");
		await grid.undo();
		expect(here().dataset["at"]).toBe(cell(1, "2026-11-20").dataset["at"]);
		await grid.press("4");
		expect([0, 1, 2].map((row) => text(cell(row, "2026-11-20")))).toEqual(["", "4", ""]);
		grid.goTo({ row: 0, col: grid.termCol() });
		await grid.press("5");
		await key("я", { code: "KeyZ", ctrlKey: true });
		await new Promise((next) => setTimeout(next, 0));
		expect(grid.at()).toEqual({ row: 0, col: grid.termCol() });
		await grid.undo();
		await grid.redo();
		expect(here().dataset["at"]).toBe(cell(1, "2026-11-20").dataset["at"]);
		// A topic has no cell to go to, and no month to open where its day is in sight.
		grid.choosePart(grid.parts().find(({ month }) => month === null)?.id ?? "");
		await engine.write([{ kind: "lesson", key: `${JOURNAL}/2026-11-20/3`, set: { topic: "Корни" } }]);
		await grid.undo();
		expect(grid.part()?.month).toBeNull();
	});

	it("opens the month in which the undone entry stands", async () => {
		stand(1, "2026-11-20");
		await grid.press("4");
		const [november, december] = grid.parts();
		grid.choosePart(december?.id ?? "");
		expect(grid.columns().some((l) => l.date === "2026-11-20")).toBe(false);
		await grid.undo();
		expect(grid.part()?.id).toBe(november?.id);
		expect(here()).toBe(cell(1, "2026-11-20"));
		grid.choosePart(december?.id ?? "");
		await grid.redo();
		expect(here()).toBe(cell(1, "2026-11-20"));
		expect(text(here())).toBe("4");
	});

	it("undoes what is still being typed, and loses nothing of it", async () => {
		stand(0, "2026-11-20");
		await key("4");
		await grid.undo();
		expect([text(cell(0, "2026-11-20")), grid.at().row]).toEqual(["", 0]);
		await grid.redo();
		expect(text(cell(0, "2026-11-20"))).toBe("4");
	});

	it("gives the term mark in its column", async () => {
		grid.goTo({ row: 0, col: grid.termCol() });
		await grid.press("5");
		expect(engine.row("term_mark", `${JOURNAL}/q2/p1`)?.values.value).toBe("5");
	});
});

describe("what a cell tells", () => {
	it("says in words that an entry is only on this tablet", async () => {
		stand(0, "2026-11-20");
		await keys("4", "Enter");
		expect(cell(0, "2026-11-20").querySelector(".sign.local")).not.toBeNull();
		expect(cell(0, "2026-11-20").textContent).toContain("только на этом планшете");
	});

	it("carries no sign when the backup has it, and names a comment", () => {
		expect(cell(1, "2026-11-18").querySelector(".sign")).toBeNull();
		expect(cell(1, "2026-11-18").className).toContain("commented");
		expect(cell(1, "2026-11-18").textContent).toContain("Переписать");
	});

	it("greys out days on which the pupil was not enrolled, and writes nothing there", async () => {
		expect(cell(2, "2026-11-04").className).toContain("out");
		expect(cell(2, "2026-11-11").className).not.toContain("out");
		expect(cell(3, "2026-11-13").className).not.toContain("out");
		expect(cell(3, "2026-11-16").className).toContain("out");
		stand(3, "2026-11-18");
		await keys("5", "Enter");
		expect(engine.pending()).toHaveLength(0);
	});

	it("greys out a mark whose time for corrections is over, and still takes the entry for the deputy head", async () => {
		expect(cell(0, "2026-11-02").className).toContain("barred");
		stand(0, "2026-11-02");
		await keys("4", "Enter");
		expect(engine.pending()).toHaveLength(1);
	});

	it("says what a mean is made of: confirmed marks, and those that only this tablet has", async () => {
		const mean = screen.container.querySelector(`[data-at="0:${grid.meanCol()}"]`) as HTMLElement;
		expect(mean.querySelector(".sign")).toBeNull();
		stand(0, "2026-11-20");
		await keys("5", "Enter");
		expect(mean.querySelector(".sign.local")).not.toBeNull();
		expect(mean.textContent).toContain("подтверждено 2, ещё не отправлено 1");
	});

	it("tells how late in the cell and in words", async () => {
		stand(0, "2026-11-20");
		await keys("о", "1", "2", "Enter");
		expect(cell(0, "2026-11-20").querySelector(".presence")?.textContent).toBe("о12′");
		expect(cell(0, "2026-11-20").textContent).toContain("опоздание, 12");
	});

	it("shows kind and weight of the work over its column, and says them", () => {
		const head = screen.container.querySelector(
			`[data-at="-1:${grid.columns().findIndex((l) => l.date === "2026-11-18")}"]`,
		) as HTMLElement;
		expect(head.querySelector("i")?.textContent).toBe("к/р×3");
		expect(head.querySelector("a")?.getAttribute("aria-label")).toContain("Контрольная работа, вес 3");
	});

	it("shows the exact weighted mean with a decimal comma", () => {
		const mean = screen.container.querySelector(`[data-at="0:${grid.meanCol()}"]`) as HTMLElement;
		expect(mean.textContent).toBe("4,502 отм."); // (5·3 + 3·1) / 4, two marks
	});
});
