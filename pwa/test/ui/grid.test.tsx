/** The journal's grid: what keys do, where one stands, and what a cell tells. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import { GridTable } from "../../src/ui/journal/GridTable";
import { createGrid, type Grid } from "../../src/ui/journal/grid";
import { useJournal } from "../../src/ui/journal/model";
import { writesEnded } from "../../src/ui/writing";
import { JOURNAL, paperTablet, show } from "./paper";

let engine: Engine;
let grid: Grid;
let screen: ReturnType<typeof show>;

beforeEach(async () => {
	engine = await paperTablet();
	screen = show(engine, () => {
		const model = useJournal(() => JOURNAL);
		grid = createGrid(model, () => ({ day: "2026-11-20" }));
		return <GridTable grid={grid} />;
	});
	await grid.blocks(); // the app has them once the strip stands
});
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

const table = (): HTMLElement => screen.getByRole("grid");
const here = (): HTMLElement => table().querySelector('[tabindex="0"]') as HTMLElement;
const cell = (row: number, date: string): HTMLElement => {
	const col = grid.columns().findIndex((l) => l.date === date);
	return screen.container.querySelector(`[data-at="${row}:${col}"]`) as HTMLElement;
};
const text = (element: HTMLElement): string =>
	(element.querySelector(".marks") as HTMLElement | null)?.textContent ?? "";
const stand = (row: number, date: string): void => {
	fireEvent.click(cell(row, date));
};

/** A key as the browser sends it: to the editor when one is open, which then has the letter. */
async function key(name: string, more: KeyboardEventInit = {}): Promise<void> {
	const editor = table().querySelector("input");
	const target = editor ?? here();
	const kept = fireEvent.keyDown(target, { key: name, bubbles: true, cancelable: true, ...more });
	if (kept && editor !== null && [...name].length === 1)
		fireEvent.input(editor, { target: { value: editor.value + name } });
	await writesEnded();
	await new Promise((next) => setTimeout(next, 0));
}

async function keys(...names: string[]): Promise<void> {
	for (const name of names) await key(name);
}

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

describe("blocks", () => {
	const clip = (type: "copy" | "paste", text = ""): string => {
		const data = new DataTransfer();
		if (text) data.setData("text/plain", text);
		fireEvent(here(), new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }));
		return data.getData("text/plain");
	};
	const settled = async (): Promise<void> => {
		await writesEnded();
		await new Promise((next) => setTimeout(next, 0));
	};

	it("grow by Shift and arrows, end by a plain move, and copy as a spreadsheet reads them", async () => {
		stand(0, "2026-11-18");
		await key("ArrowDown", { shiftKey: true });
		await key("ArrowRight", { shiftKey: true });
		expect(table().querySelectorAll('[aria-selected="true"]')).toHaveLength(4);
		expect(clip("copy")).toBe("5\t\n2\t");
		await key("ArrowDown");
		expect(grid.block()).toBeNull();
		expect(table().querySelectorAll('[aria-selected="true"]')).toHaveLength(1);
	});

	it("take a column that fits in at once, as one undo step", async () => {
		stand(0, "2026-11-20");
		clip("paste", "5\r\n4/3\r\nо12\r\n");
		await settled();
		expect([0, 1, 2].map((row) => text(cell(row, "2026-11-20")))).toEqual(["5", "4/3", ""]);
		expect(cell(2, "2026-11-20").querySelector(".presence")?.textContent).toBe("о12′");
		await key("z", { code: "KeyZ", ctrlKey: true });
		expect([0, 1].map((row) => text(cell(row, "2026-11-20")))).toEqual(["", ""]);
		expect(cell(2, "2026-11-20").querySelector(".presence")).toBeNull();
	});

	it("show what can't go in with the reason, and write nothing of it before the word is given", async () => {
		stand(0, "2026-11-20");
		clip("paste", "5\n7\n4\n4\n3");
		await settled();
		expect(engine.pending()).toHaveLength(0);
		const asked = grid.asked();
		if (asked === null) throw new Error("nothing was asked");
		expect(asked.bulk.refused.map(({ wish, why }) => [wish.text, why])).toEqual([
			["7", expect.stringContaining("не записать")],
			["4", expect.stringContaining("не числился")], // Фёдор left before the 16th
			["3", expect.stringContaining("кончается")],
		]);
		await (await grid.blocks()).write(asked);
		expect([0, 1, 2].map((row) => text(cell(row, "2026-11-20")))).toEqual(["5", "", "4"]);
	});

	it("are filled down from their first row, and emptied by Delete, each as one step", async () => {
		stand(0, "2026-11-20");
		await keys("4", "Enter");
		stand(0, "2026-11-20");
		await key("ArrowDown", { shiftKey: true });
		await key("ArrowDown", { shiftKey: true });
		await key("в", { code: "KeyD", ctrlKey: true });
		await settled();
		expect([0, 1, 2].map((row) => text(cell(row, "2026-11-20")))).toEqual(["4", "4", "4"]);
		await key("Delete");
		await settled();
		expect([0, 1, 2].map((row) => text(cell(row, "2026-11-20")))).toEqual(["", "", ""]);
		await grid.entering.undo();
		expect([0, 1, 2].map((row) => text(cell(row, "2026-11-20")))).toEqual(["4", "4", "4"]);
	});

	it("take what is typed into every cell by Ctrl+Enter", async () => {
		stand(0, "2026-11-20");
		await key("ArrowDown", { shiftKey: true });
		await key("5");
		await key("Enter", { ctrlKey: true });
		await settled();
		expect([0, 1].map((row) => text(cell(row, "2026-11-20")))).toEqual(["5", "5"]);
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
