/**
 * Through a long term by keys alone: a quarter of ninety lessons, of which the grid renders twenty-four at a time. What
 * holds the focus, what a screen reader is told, and what a block does that reaches past the window.
 */

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { JOURNAL, signInToLong } from "./hands.ts";
import { School } from "./house.ts";
import { MOMENT } from "./screens.ts";

const MOST = 24;
const BESIDE = 3; // name, mean, term mark

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

/** What the grid says of itself, and where the focus is. */
interface Told {
	/** "row:col" of the focused cell; empty: the focus is outside. */
	readonly at: string;
	readonly columns: number;
	/** aria-colindex of the head, left to right. */
	readonly head: readonly number[];
	/** What is wrong with it: empty in a grid by the pattern. */
	readonly wrong: readonly string[];
}

const told = (): Promise<Told> =>
	page.evaluate(() => {
		const grid = document.querySelector('[role="grid"]') as HTMLElement;
		const index = (cell: Element): number => Number(cell.getAttribute("aria-colindex"));
		const rows = [...grid.querySelectorAll("tr")];
		const head = [...(rows[0]?.children ?? [])].map(index);
		const columns = Number(grid.getAttribute("aria-colcount"));
		const wrong: string[] = [];
		if (Number(grid.getAttribute("aria-rowcount")) !== rows.length) wrong.push("aria-rowcount");
		for (const [n, row] of rows.entries()) {
			if (Number(row.getAttribute("aria-rowindex")) !== n + 1) wrong.push(`aria-rowindex of row ${n}`);
			if ([...row.children].map(index).join() !== head.join()) wrong.push(`aria-colindex in row ${n}`);
			const roles = [...row.children].map((c) => c.getAttribute("role") ?? c.getAttribute("scope"));
			const should = n === 0 ? head.map(() => "col") : ["row", ...head.slice(1).map(() => "gridcell")];
			if (roles.join() !== should.join()) wrong.push(`roles in row ${n}: ${roles}`);
		}
		if (head.some((at, i) => i > 0 && at <= (head[i - 1] ?? 0))) wrong.push("order of columns");
		if ((head.at(-1) ?? 0) !== columns) wrong.push("aria-colcount");
		if (grid.querySelectorAll('[tabindex="0"]').length !== 1) wrong.push("one stop of the Tab key");
		const focused = document.activeElement?.closest<HTMLElement>("[data-at]") ?? null;
		const at = focused?.dataset["at"] ?? "";
		const col = Number(at.split(":")[1]);
		if (focused && index(focused) !== col + 2) wrong.push(`aria-colindex of ${at}`);
		if (focused?.tagName === "TD" && focused.getAttribute("aria-selected") !== "true") wrong.push("aria-selected");
		return { at, columns, head, wrong };
	});

async function press(...keys: string[]): Promise<void> {
	for (const key of keys) await page.keyboard.press(key);
}

const cell = (row: number, col: number) => page.locator(`[data-at="${row}:${col}"]`);
const mark = (row: number, col: number) => cell(row, col).locator(".marks");
const stand = async (row: number, col: number): Promise<void> => {
	await press("Control+Home");
	for (let n = 0; n < row; n += 1) await press("ArrowDown");
	for (let n = 0; n < col; n += 1) await press("ArrowRight");
};

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	({ context, page } = await signInToLong(browser, school.url));
	await page.goto(`${school.url}/journal/${JOURNAL}`);
	await page.getByRole("radio", { name: "Весь период" }).check();
	await page.getByRole("grid").locator("td.today").first().click();
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("lesson by lesson through the term and back: the focus is never lost, each cell says its true place", async () => {
	await press("Control+Home");
	const { columns } = await told();
	expect(columns).toBeGreaterThan(90);
	const steps = columns - 2; // from the first lesson to the term mark
	for (const [key, from, by] of [
		["ArrowRight", 0, 1],
		["ArrowLeft", steps, -1],
	] as const) {
		for (let n = 0; n < steps; n += 1) {
			const { at, head, wrong } = await told();
			expect(at).toBe(`0:${from + n * by}`);
			expect(wrong).toEqual([]);
			expect(head.length).toBeLessThanOrEqual(MOST + BESIDE);
			await press(key);
		}
	}
	expect((await told()).at).toBe("0:0");
});

test("Home, End, PageUp, PageDown, with Ctrl too: to the edges and no further", async () => {
	const { columns } = await told();
	const last = columns - 2;
	const bottom = (await page.getByRole("grid").locator("tbody tr").count()) - 1;
	for (const [key, at] of [
		["Control+End", `${bottom}:${last}`],
		["PageDown", `${bottom}:${last}`],
		["PageUp", `${bottom - 10}:${last}`],
		["Home", `${bottom - 10}:0`],
		["PageUp", `${bottom - 20}:0`],
		["PageUp", "0:0"],
		["PageUp", "0:0"],
		["End", `0:${last}`],
		["PageDown", `10:${last}`],
		["Control+Home", "0:0"],
		["ArrowUp", "-1:0"],
		["Control+End", `${bottom}:${last}`],
		["Control+Home", "0:0"],
	] as const) {
		await press(key);
		const now = await told();
		expect(now.at, key).toBe(at);
		expect(now.wrong, key).toEqual([]);
		expect(now.head.length).toBeLessThanOrEqual(MOST + BESIDE);
	}
});

test("Delete empties a block that reaches past the window; one Ctrl+Z brings all of it back, Ctrl+Y takes it again", async () => {
	const today = page.getByRole("grid").locator("tbody tr").nth(1).locator("td.today").last();
	await press("Control+Home");
	while ((await today.count()) === 0) await press("ArrowRight");
	await today.click();
	const col = Number((await today.getAttribute("data-at"))?.split(":")[1]);
	const wide = 26;
	const first = col - wide + 1;
	await stand(1, first);
	const row = (text: string): string => Array.from({ length: wide }, () => text).join("\t");
	await page.evaluate(
		(text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData("text/plain", text);
			const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
			document.activeElement?.dispatchEvent(event);
		},
		`${row("5")}\n${row("4")}`,
	);
	await expect(mark(1, first)).toHaveText("5");
	await stand(1, first);
	await press("Shift+ArrowDown");
	for (let n = 1; n < wide; n += 1) await press("Shift+ArrowRight");
	expect((await told()).at).toBe(`2:${col}`);
	const left = cell(1, first);
	await expect(left, "the block's beginning is out of the window").toHaveCount(0);
	const given = async (): Promise<string[]> => {
		const found: string[] = [];
		for (const at of [first, col]) {
			await stand(1, at);
			found.push((await cell(1, at).locator(".marks").allTextContents()).join());
			found.push((await cell(2, at).locator(".marks").allTextContents()).join());
		}
		return found;
	};
	await press("Delete");
	await expect(mark(2, col)).toHaveCount(0);
	expect(await given()).toEqual(["", "", "", ""]);
	await press("Control+z");
	await expect(mark(1, first)).toHaveText("5");
	expect((await told()).at, "where it was undone").toBe(`1:${first}`);
	expect(await given()).toEqual(["5", "4", "5", "4"]);
	await press("Control+y");
	await expect(mark(1, first)).toHaveCount(0);
	expect(await given()).toEqual(["", "", "", ""]);
});

test("F2 edits what stands, Esc leaves it; entries of several cells go back one by one and come again", async () => {
	const last = page.getByRole("grid").locator("tbody tr").nth(4).locator("td.today").last();
	const col = Number((await last.getAttribute("data-at"))?.split(":")[1]);
	await last.click();
	await press("5", "Enter", "4", "Enter", "3", "Enter");
	for (const [n, text] of ["5", "4", "3"].entries()) await expect(mark(4 + n, col)).toHaveText(text);
	await press("ArrowUp", "F2");
	const editor = page.locator("input.cell-editor");
	await expect(editor).toHaveValue("3");
	await press("Backspace", "2", "Escape");
	await expect(editor).toHaveCount(0);
	await expect(mark(6, col)).toHaveText("3");
	expect((await told()).at).toBe(`6:${col}`);
	await press("F2", "/", "5", "Enter");
	await expect(mark(6, col)).toHaveText("3/5");
	const shown = async (): Promise<string> => {
		const texts = [4, 5, 6].map(async (n) => (await mark(n, col).allTextContents()).join());
		return (await Promise.all(texts)).join(" ");
	};
	for (const stands of ["5 4 3", "5 4 ", "5  ", "  "]) {
		await press("Control+z");
		await expect.poll(shown).toBe(stands);
	}
	for (const stands of ["5  ", "5 4 ", "5 4 3", "5 4 3/5"]) {
		await press("Control+y");
		await expect.poll(shown).toBe(stands);
	}
});

test("Ctrl+D fills a block down from its first row, Ctrl+Enter puts what is typed everywhere; each is one undo step", async () => {
	const col = Number((await page.locator("td.today").last().getAttribute("data-at"))?.split(":")[1]);
	const shown = async (): Promise<string> => {
		const texts = [10, 11, 12, 13].map(async (n) => (await mark(n, col).allTextContents()).join());
		return (await Promise.all(texts)).join(" ");
	};
	await cell(10, col).click();
	await press("4", "Enter");
	await expect(mark(10, col)).toHaveText("4");
	await cell(10, col).click();
	await press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d");
	await expect.poll(shown).toBe("4 4 4 4");
	await press("Control+z");
	await expect.poll(shown).toBe("4   ");
	await cell(10, col).click();
	await press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "5", "Control+Enter");
	await expect.poll(shown).toBe("5 5 5 5");
	await press("Control+z");
	await expect.poll(shown).toBe("4   ");
});
