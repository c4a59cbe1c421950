/**
 * The journal's grid under real keys, a real clipboard and a finger: what a teacher's hands expect, in real Chromium
 * with the real server. One school, one browser; each promise is a step of its own.
 */

import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { teacherIn } from "./screens.ts";

const TUESDAY = "2026-11-24T13:30:00+03:00";
const TABLET = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 780 };

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

const grid = (): Locator => page.getByRole("grid");
const today = (row: number): Locator => grid().locator("tbody tr").nth(row).locator("td.today");
const marks = (row: number): Locator => today(row).locator(".marks");
const here = (): Promise<string> => page.evaluate(() => (document.activeElement as HTMLElement).dataset["at"] ?? "");

async function press(...keys: string[]): Promise<void> {
	for (const key of keys) await page.keyboard.press(key);
}

async function clipboard(text?: string): Promise<string> {
	if (text !== undefined) await page.evaluate((value) => navigator.clipboard.writeText(value), text);
	return page.evaluate(() => navigator.clipboard.readText());
}

/** Empties today's column: each promise starts from a clean one. */
async function clean(): Promise<void> {
	await today(0).click();
	await press("Shift+Control+End");
	const [, col] = (await today(0).getAttribute("data-at"))?.split(":") ?? [];
	await today(0).click();
	for (let row = 0; row < 7; row += 1) await press("Shift+ArrowDown");
	expect(await here()).toBe(`7:${col}`);
	await press("Delete");
	await expect(grid().locator("td.today .marks")).toHaveCount(0);
	await today(0).click();
}

test.beforeAll(async ({ browser }) => {
	school = await School.make(TUESDAY);
	context = await browser.newContext({ viewport: TABLET, permissions: ["clipboard-read", "clipboard-write"] });
	page = await teacherIn(context, school.url);
	await page.goto(`${school.url}/journal/8b-algebra`);
	await expect(grid()).toBeVisible();
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("keys do as in a spreadsheet: typing overwrites, Enter down, Tab right, F2, Esc, Delete, undo", async () => {
	await today(0).click();
	const start = await here();
	const [row = 0, col = 0] = start.split(":").map(Number);
	await press("5", "Enter", "4", "Tab");
	await expect.poll(here).toBe(`${row + 1}:${col + 1}`);
	await expect(marks(0)).toHaveText("5");
	await expect(marks(1)).toHaveText("4");
	await today(0).click();
	await press("3", "Escape");
	await expect(marks(0)).toHaveText("5");
	await press("F2", "/", "4", "Enter");
	await expect(marks(0)).toHaveText("5/4");
	await today(0).click();
	await press("Delete");
	await expect(marks(0)).toHaveCount(0);
	await press("Control+z");
	await expect(marks(0)).toHaveText("5/4");
	await press("Control+y");
	await expect(marks(0)).toHaveCount(0);
	await press("Control+Home");
	expect(await here()).toBe("0:0");
	await press("PageDown", "End", "Home");
	expect(await here()).toBe("10:0");
	await clean();
});

test("a column goes in from a spreadsheet at once, comes back the same, and is one undo step", async () => {
	await clipboard("5\r\n4/3\r\nн\r\nо12\r\n");
	await press("Control+v");
	await expect(marks(1)).toHaveText("4/3");
	await expect(today(2).locator(".presence")).toHaveText("н");
	await expect(today(3).locator(".presence")).toHaveText("о12′");
	await today(0).click();
	await press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+c");
	expect(await clipboard()).toBe("5\n4/3\nн\nо12");
	await press("Control+z");
	await expect(grid().locator("td.today .marks")).toHaveCount(0);
	await expect(grid().locator("td.today .presence")).toHaveCount(0);
});

test("a block that is copied before the code for blocks is here is on the clipboard once it has come", async ({
	browser,
}) => {
	const permissions = ["clipboard-read", "clipboard-write"];
	const slow = await browser.newContext({ viewport: TABLET, permissions, serviceWorkers: "block" });
	let release = (): void => undefined;
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	const first = await teacherIn(slow, school.url);
	// Where no worker keeps the key through a reload, another tab hands it over.
	const tab = await slow.newPage();
	await tab.route(/\/assets\/after-[^/]*\.js$/, async (route) => {
		await held;
		await route.continue();
	});
	await tab.goto(`${school.url}/journal/8b-algebra`);
	await tab.evaluate(() => navigator.clipboard.writeText("was there"));
	const cell = tab.getByRole("grid").locator("tbody tr").first().locator("td.today");
	await cell.click();
	await tab.keyboard.press("5");
	await tab.keyboard.press("Enter");
	await cell.click();
	await tab.keyboard.press("Control+c");
	const lies = (): Promise<string> => tab.evaluate(() => navigator.clipboard.readText());
	expect(await lies()).toBe("was there");
	release();
	await expect.poll(lies).toBe("5");
	await cell.click();
	await tab.keyboard.press("Delete");
	await expect(cell.locator(".marks")).toHaveCount(0);
	await first.close();
	await slow.close();
});

test("a mark that is pasted beside «н» replaces nothing; what it is written over is counted", async () => {
	for (const [column, told] of [
		["н\nн", "Вставлено: 2 клетки"],
		["4\n5\n3", "Вставлено: 3 клетки"],
		["3\n5", "Вставлено: 1 клетка, прежнее заменено: 1"],
	] as const) {
		await today(0).click();
		await clipboard(column);
		await press("Control+v");
		await expect(page.locator(".toast").getByText(told, { exact: true })).toBeVisible();
	}
	await clean();
});

test("what can't go in is shown with its reason before anything is written", async () => {
	await today(0).click();
	await clipboard("5\nпять\n4");
	await press("Control+v");
	const dialog = page.getByRole("dialog");
	await expect(dialog.locator(".why-not li")).toHaveCount(1);
	await expect(dialog.locator(".why-not li")).toContainText("пять");
	await expect(dialog.locator(".why-not li")).toContainText("не записать");
	await expect(grid().locator("td.today .marks")).toHaveCount(0);
	await context.setOffline(true);
	await dialog.getByRole("button", { name: "Записать 2 клетки" }).click();
	await expect(marks(0)).toHaveText("5");
	await expect(marks(2)).toHaveText("4");
	// The dialog's stylesheet is here now: a mark that waits looks like any other.
	await expect(today(0)).toHaveClass(/\btold\b/);
	const look = (of: Locator): Promise<string> =>
		of.first().evaluate((mark) => [getComputedStyle(mark).fontSize, getComputedStyle(mark).color].join(" "));
	expect(await look(marks(0))).toBe(
		await look(grid().locator("td.mark.safe:not(.told, .pair, .edited, .barred) .marks")),
	);
	await context.setOffline(false);
	await clean();
});

test("typing replaces what stands; a block goes out and comes in as it was, whole or not at all, in one step", async () => {
	const cell = (row: number, col: number): Locator => page.locator(`[data-at="${row}:${col}"]`);
	await today(0).click();
	await press("4", "Enter");
	await expect(marks(0)).toHaveText("4");
	await today(0).click();
	await press("5", "Enter");
	await expect(marks(0)).toHaveText("5");
	await clean();

	const col = Number((await here()).split(":")[1]);
	const present = await page
		.locator(`tbody [data-at$=":${col - 1}"]`)
		.evaluateAll((all) => all.map((td) => td.querySelector(".presence") === null));
	const row = present.findIndex((is, n) => is && present[n + 1] === true);
	const texts = (): Promise<string[][]> =>
		Promise.all(
			[row, row + 1].flatMap((of) =>
				[col - 1, col].map((at) => cell(of, at).locator(".marks, .presence").allTextContents()),
			),
		);
	const before = await texts();
	await cell(row, col - 1).click();
	await clipboard("4\t5\r\n3\t4/5\r\n");
	await press("Control+v");
	await expect(marks(row + 1)).toHaveText("4/5");
	await cell(row, col - 1).click();
	await press("Shift+ArrowDown", "Shift+ArrowRight", "Control+c");
	expect(await clipboard()).toBe("4\t5\n3\t4/5");
	await press("Control+z");
	await expect.poll(texts).toEqual(before);

	// What goes in after the look at what can't is one step as well.
	await today(0).click();
	await clipboard("5\nпять\n4\n3");
	await press("Control+v");
	await page.getByRole("dialog").getByRole("button", { name: "Записать 3 клетки" }).click();
	await expect(marks(3)).toHaveText("3");
	// The dialog's button has given the focus back: the hands go on where they were.
	expect(await here()).toBe(await today(0).getAttribute("data-at"));
	await press("Control+z");
	await expect(grid().locator("td.today .marks")).toHaveCount(0);
	await press("Control+y");
	for (const [n, mark] of ["5", "", "4", "3"].entries())
		await expect(today(n).locator(".marks")).toHaveText(mark === "" ? [] : [mark]);
	await clean();
});

test("undo goes back through a reload and without a network", async () => {
	await press("5", "Enter");
	await expect(marks(0)).toHaveText("5");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await context.setOffline(true);
	await page.reload();
	await expect(marks(0)).toHaveText("5");
	await expect(page.getByRole("button", { name: "Отменить" })).toBeEnabled();
	await today(0).click();
	await press("Control+z");
	await expect(marks(0)).toHaveCount(0);
	await context.setOffline(false);
});

test("at most 24 lessons are rendered, the rest is a key away, and positions are told", async () => {
	await page.getByRole("radio", { name: "Весь период" }).check();
	const total = Number(await grid().getAttribute("aria-colcount"));
	expect(await grid().locator("thead th").count()).toBeLessThanOrEqual(24 + 3);
	await today(0).click();
	await press("Home");
	expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-colindex"))).toBe("2");
	await press("End");
	expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-colindex"))).toBe(String(total));
	// However far from the end one stands, what the marks come to is in sight.
	for (const keys of ["Control+Home", "Control+End"]) {
		await press(keys);
		for (const column of ["mean", "term"]) {
			const seen = await grid()
				.locator(`td.${column}`)
				.evaluateAll(
					(all) =>
						all.filter((td) => {
							const { left, top, width, height } = td.getBoundingClientRect();
							return td.contains(document.elementFromPoint(left + width / 2, top + height / 2));
						}).length,
				);
			expect(seen, `${column} after ${keys}`).toBeGreaterThan(5);
		}
	}
	await page.getByRole("radio", { name: "Ноябрь" }).check();
});

test("a column's head says the kind of work and what it weighs, to the eye and to a screen reader", async () => {
	const control = grid()
		.locator("thead a", { has: page.locator("i", { hasText: "×3" }) })
		.first();
	await expect(control).toBeVisible();
	await expect(control).toHaveAccessibleName(/Контрольная работа, вес 3/);
	const plain = grid().locator("thead a:not(:has(i))").first();
	await expect(plain).not.toHaveAccessibleName(/вес/);
});

test("on a tablet the journal's tools stand in one row, also in the autumn with its long months", async () => {
	await page.setViewportSize({ width: 1180, height: 820 });
	const term = page.getByLabel("Период").first();
	await term.selectOption({ label: "I четверть" });
	await expect(page.getByText("Сентябрь", { exact: true })).toBeVisible();
	const tops = await page
		.locator(".page-tools > *")
		.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().y));
	expect(tops.length).toBe(4);
	expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(20);
	await term.selectOption({ label: "II четверть" });
});

for (const [name, size] of [
	["tablet", TABLET],
	["phone", PHONE],
] as const) {
	test(`the cell one stands in is never under what is sticky (${name})`, async () => {
		await page.setViewportSize(size);
		await today(0).click();
		for (const keys of [
			["Control+Home"],
			["Control+End"],
			["Home"],
			["PageUp", "PageUp"],
			["ArrowDown", "End", "ArrowLeft"],
		]) {
			await press(...keys);
			const covered = await page.evaluate(() => {
				const cell = document.activeElement as HTMLElement;
				const { left, right, top, bottom } = cell.getBoundingClientRect();
				const corners: [number, number][] = [
					[left + 3, top + 3],
					[right - 3, top + 3],
					[left + 3, bottom - 3],
					[right - 3, bottom - 3],
				];
				return corners.filter(([x, y]) => !cell.contains(document.elementFromPoint(x, y))).length;
			});
			expect(covered, `${keys.join(" ")} at ${await here()}`).toBe(0);
		}
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(wide).toBe(0);
	});
}

test("a finger enters by the strip without the system keyboard, and gives everyone a five but some", async ({
	browser,
}) => {
	const hand = await browser.newContext({
		viewport: PHONE,
		hasTouch: true,
		isMobile: true,
		storageState: await context.storageState(),
	});
	const touch = await hand.newPage();
	await touch.goto(school.url);
	await touch.getByRole("textbox", { name: "Логин" }).fill("petrova");
	await touch.getByRole("textbox", { name: "Пароль" }).fill("zvonok-petrova");
	await touch.getByRole("button", { name: "Войти", exact: true }).tap();
	await touch.locator("nav").first().waitFor();
	await touch.goto(`${school.url}/journal/8b-algebra`);
	const cell = (row: number): Locator => touch.getByRole("grid").locator("tbody tr").nth(row).locator("td.today");
	await cell(0).tap();
	const strip = touch.getByRole("toolbar");
	for (const button of await strip.getByRole("button").all()) {
		const box = await button.boundingBox();
		expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(40);
	}
	await strip.getByRole("button", { name: "4", exact: true }).tap();
	await expect(cell(0).locator(".marks")).toHaveText("4");
	expect(await touch.evaluate(() => document.activeElement?.tagName)).not.toBe("INPUT");
	await strip.getByRole("button", { name: /Поставить многим/ }).tap();
	const dialog = touch.getByRole("dialog");
	const boxes = dialog.getByRole("checkbox");
	await expect(boxes.first()).not.toBeChecked(); // has a mark already
	await boxes.nth(2).uncheck();
	await dialog.getByRole("button", { name: /^Поставить 5/ }).tap();
	await expect(cell(1).locator(".marks")).toHaveText("5");
	await expect(cell(2).locator(".marks")).toHaveCount(0);
	await expect(cell(0).locator(".marks")).toHaveText("4");
	await strip.getByRole("button", { name: "Отменить" }).tap();
	await expect(cell(1).locator(".marks")).toHaveCount(0);
	await hand.close();
});

test("on paper are all pupils and lessons with topics and homework, and numbered sheets", async () => {
	await page.setViewportSize(TABLET);
	// Through the own page, whose style stays: the sheet's cells are its own.
	await page.getByRole("link", { name: "Я", exact: true }).click();
	await expect(page.getByRole("radio", { name: "Русский" })).toBeVisible();
	await page.goBack();
	await expect(grid()).toBeVisible();
	const pupils = await grid().locator("tbody tr").count();
	expect(pupils).toBeGreaterThan(20);
	// Headless Chromium has no print dialog: that the page asked for it is noted instead.
	await page.evaluate(() => {
		window.print = () => dispatchEvent(new Event("beforeprint"));
	});
	await page.keyboard.press("Control+p");
	await expect(page.locator(".paper-sheet").first()).toBeAttached();
	await page.emulateMedia({ media: "print" });
	const sheet = page.locator(".paper-sheet").first();
	await expect(sheet.locator("header")).toContainText("8 «Б» · Алгебра");
	await expect(sheet.locator("header")).toContainText("II четверть");
	await expect(sheet.locator("header")).toContainText("лист 1 из 1");
	expect(await sheet.locator(".left-page tbody tr").count()).toBe(pupils);
	await expect(sheet.locator(".right-page")).toContainText("Контрольная работа");
	// A long name makes its row higher, and is never written over the next one.
	const over = await sheet
		.locator(".left-page .who")
		.evaluateAll((all) =>
			all.filter((cell) => cell.clientHeight < cell.scrollHeight || getComputedStyle(cell).display !== "table-cell"),
		);
	expect(over).toEqual([]);
	await expect(grid()).toBeHidden();
	await page.emulateMedia({ media: "screen" });
	await page.evaluate(() => dispatchEvent(new Event("afterprint")));
	await expect(page.locator(".paper-sheet")).toHaveCount(0);
});
