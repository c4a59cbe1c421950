/** The strip under the grid: what of it does nothing in the cell one is in says so. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, expect, it } from "vitest";
import { GridTable } from "../../src/ui/journal/GridTable";
import { createGrid, type Grid } from "../../src/ui/journal/grid";
import { useJournal } from "../../src/ui/journal/model";
import GridStrip from "../../src/ui/journal/Strip";
import { writesEnded } from "../../src/ui/writing";
import { JOURNAL, paperTablet, show } from "./paper";

const engine = await paperTablet();
let grid: Grid;
const screen = show(engine, () => {
	const model = useJournal(() => JOURNAL);
	grid = createGrid(model, () => ({ day: "2026-11-20" }));
	return (
		<>
			<GridTable grid={grid} />
			<GridStrip grid={grid} />
		</>
	);
});
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("erases where something stands: a mark, an absence, a term mark, whatever of a block", async () => {
	const col = (date: string): number => grid.columns().findIndex((lesson) => lesson.date === date);
	const erase = (): HTMLElement => screen.getByRole("button", { name: "Стереть" });
	const off = (row: number, at: number): boolean => {
		grid.goTo({ row, col: at });
		return erase().getAttribute("aria-disabled") === "true";
	};
	const [lesson, term] = [col("2026-11-18"), grid.lastCol()];
	expect(grid.targetAt({ row: 0, col: term })?.kind).toBe("term");
	expect([off(0, lesson), off(2, lesson), off(0, term), off(0, term - 1)]).toEqual([false, true, true, true]);
	await engine.write([{ kind: "term_mark", key: `${JOURNAL}/q2/p1`, set: { value: "5" } }]);
	await engine.write([{ kind: "attendance", key: `${JOURNAL}/2026-11-18/3/p3`, set: { presence: "absent" } }]);
	expect([off(0, term), off(2, lesson), off(1, term)]).toEqual([false, false, true]);
	grid.goTo({ row: 2, col: term }, true);
	expect(erase().getAttribute("aria-disabled"), "a block").toBeNull();
	expect(off(0, lesson)).toBe(false);
	fireEvent.click(erase());
	await writesEnded();
	expect(erase().getAttribute("aria-disabled")).toBe("true");
});
