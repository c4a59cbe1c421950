/** Blocks of cells: copied, pasted, filled and emptied, each as one step; and what comes before the code for it. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textOf } from "../../src/ui/journal/cell";
import { hushAll, toasts } from "../../src/ui/parts/toasts";
import { writesEnded } from "../../src/ui/writing";
import { cell, closeGrid, engine, grid, here, key, keys, openGrid, stand, table, text } from "./hand";
import { JOURNAL, settled } from "./paper";

beforeEach(async () => {
	await openGrid();
	hushAll();
});
afterEach(closeGrid);

describe("blocks", () => {
	beforeEach(() => grid.blocks()); // the app has them once the strip stands

	const clip = (type: "copy" | "paste", text = ""): string => {
		const data = new DataTransfer();
		if (text) data.setData("text/plain", text);
		fireEvent(here(), new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }));
		return data.getData("text/plain");
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

	it("read another's table strictly: what the scale has not is told, spaces and case are no matter", async () => {
		const pasted = async (text: string): Promise<string | null> => {
			grid.setAsked(null);
			stand(0, "2026-11-20");
			clip("paste", `${text}\n\t`);
			await settled();
			if (grid.asked() !== null) return null;
			const found = textOf(grid.model.standing({ journal: JOURNAL, date: "2026-11-20", number: 3, pupil: "p1" }));
			if (found !== "") await grid.entering.undo();
			return found;
		};
		const taken = { " 5 ": "5", Н: "н", H: "н", "н/а": "н/а", "4/5": "4/5", "4 5": "4/5", ЗАЧ: "зач", о12: "о12" };
		for (const [text, mark] of Object.entries(taken)) expect(await pasted(text), text).toBe(mark);
		expect(await pasted("н 5/."), "the journal's own").toBe("н 5/.");
		expect(await pasted(" "), "an empty cell asks for nothing").toBe("");
		const strange = ["5-", "-5", "5.", "5,0", "4,5", "45", "5/", "/", "-", "—", "нб", "5+", "зачёт", "10", "б"];
		for (const text of strange) expect(await pasted(text), text).toBeNull();
		expect(engine.row("mark", `${JOURNAL}/2026-11-20/3/p1/1`)?.values.value ?? null).toBeNull();
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

describe("before their code is here", () => {
	const open = (month: string): void => {
		grid.choosePart(grid.parts().find((part) => part.month?.startsWith(month))?.id ?? "");
	};
	const paste = (text: string): void => grid.many((many, area) => many.paste(area, text));

	it("goes where one stood, though one has moved on by then", async () => {
		stand(0, "2026-11-20");
		paste("5\n4");
		stand(2, "2026-11-18");
		expect(engine.pending(), "nothing yet").toHaveLength(0);
		await writesEnded(); // the lock, and a page that reloads, wait for it too
		const marks = ["p1", "p2"].map((pupil) => engine.row("mark", `${JOURNAL}/2026-11-20/3/${pupil}/1`)?.values.value);
		expect(marks).toEqual(["5", "4"]);
		expect(engine.pending()).toHaveLength(2);
	});

	it("is not done to other lessons that bear the same numbers by then, and that is said", async () => {
		open("2026-12");
		grid.goTo({ row: 0, col: 0 });
		paste("5\n4");
		open("2026-11");
		expect(grid.columns()[0]?.date).toMatch(/^2026-11/);
		await writesEnded();
		expect(engine.pending()).toHaveLength(0);
		expect(toasts().map((toast) => toast.text)).toEqual(["Не сделано: приложение ещё загружалось. Повторите."]);
	});
});
