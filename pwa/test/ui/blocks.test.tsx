/** What is done to a block of cells before the code for blocks is here. */

import { afterEach, beforeEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import { GridTable } from "../../src/ui/journal/GridTable";
import { createGrid, type Grid } from "../../src/ui/journal/grid";
import { useJournal } from "../../src/ui/journal/model";
import { hushAll, toasts } from "../../src/ui/parts/toasts";
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
	hushAll();
});
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

const stand = (row: number, date: string): void =>
	grid.goTo({ row, col: grid.columns().findIndex((lesson) => lesson.date === date) });
const open = (month: string): void => {
	grid.choosePart(grid.parts().find((part) => part.month?.startsWith(month))?.id ?? "");
};
const paste = (text: string): void => grid.many((many, area) => many.paste(area, text));
const arrived = async (): Promise<void> => {
	await grid.blocks();
	await new Promise((next) => setTimeout(next, 0));
	await writesEnded();
};

it("goes where one stood, though one has moved on by then", async () => {
	stand(0, "2026-11-20");
	paste("5\n4");
	stand(2, "2026-11-18");
	expect(engine.pending(), "nothing yet").toHaveLength(0);
	await arrived();
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
	await arrived();
	expect(engine.pending()).toHaveLength(0);
	expect(toasts().map((toast) => toast.text)).toEqual(["Не сделано: приложение ещё загружалось. Повторите."]);
});
