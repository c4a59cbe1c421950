/** A grid on paper, and a hand at it: the journal of `paper` on the screen, and keys as the browser sends them. */

import { fireEvent } from "@solidjs/testing-library";
import type { Engine } from "../../src/engine/types";
import { GridTable } from "../../src/ui/journal/GridTable";
import { createGrid, type Grid } from "../../src/ui/journal/grid";
import { useJournal } from "../../src/ui/journal/model";
import { writesEnded } from "../../src/ui/writing";
import { JOURNAL, paperTablet, show } from "./paper";

export let engine: Engine;
export let grid: Grid;
export let screen: ReturnType<typeof show>;

/** Before the code for blocks is here: `grid.blocks` brings it, as the strip does. */
export async function openGrid(): Promise<void> {
	engine = await paperTablet();
	screen = show(engine, () => {
		const model = useJournal(() => JOURNAL);
		grid = createGrid(model, () => ({ day: "2026-11-20" }));
		return <GridTable grid={grid} />;
	});
}

export async function closeGrid(): Promise<void> {
	screen.unmount();
	await engine.stop();
}

export const table = (): HTMLElement => screen.getByRole("grid");
export const here = (): HTMLElement => table().querySelector('[tabindex="0"]') as HTMLElement;
export const cell = (row: number, date: string): HTMLElement => {
	const col = grid.columns().findIndex((l) => l.date === date);
	return screen.container.querySelector(`[data-at="${row}:${col}"]`) as HTMLElement;
};
export const text = (element: HTMLElement): string =>
	(element.querySelector(".marks") as HTMLElement | null)?.textContent ?? "";
export const stand = (row: number, date: string): void => {
	fireEvent.click(cell(row, date));
};

/** A key as the browser sends it: to the editor when one is open, which then has the letter. */
export async function key(name: string, more: KeyboardEventInit = {}): Promise<void> {
	const editor = table().querySelector("input");
	const target = editor ?? here();
	const kept = fireEvent.keyDown(target, { key: name, bubbles: true, cancelable: true, ...more });
	if (kept && editor !== null && [...name].length === 1)
		fireEvent.input(editor, { target: { value: editor.value + name } });
	await writesEnded();
	await new Promise((next) => setTimeout(next, 0));
}

export async function keys(...names: string[]): Promise<void> {
	for (const name of names) await key(name);
}
