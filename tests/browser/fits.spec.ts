/**
 * Nothing runs off the page: names of seventy letters without a space, a phone of 360 pixels, a page at 200 %, a tablet
 * turned with an editor open; and the journal on paper.
 */

import { mkdir } from "node:fs/promises";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Pen } from "./hands.ts";
import { School } from "./house.ts";
import { LESSON, MOMENT, teacherIn } from "./screens.ts";

const PICTURES = process.env["FITS"] ?? ""; // a folder, for somebody who wants to look
const LONG = "Абдурахмангаджиева-Константинопольская-Рождественская-Преображенская";
const WORD = "Достопримечательностьдостопримечательностьдостопримечательность";

let school: School;
let context: BrowserContext;
let page: Page;

const shoot = async (name: string): Promise<void> => {
	if (PICTURES !== "") await page.screenshot({ path: `${PICTURES}/${name}.png` });
};

test.beforeAll(async ({ browser }) => {
	if (PICTURES !== "") await mkdir(PICTURES, { recursive: true });
	school = await School.make(MOMENT);
	const office = await browser.newContext();
	const admin = await Pen.open(await office.newPage(), school.url, MOMENT, "karpov");
	await admin.write([
		{ kind: "enrolment", key: "8b/p2301/2026-09-01", set: { name: `${LONG} Александра` } },
		{ kind: "enrolment", key: "8b/p2303/2026-09-01", set: { name: `${WORD} Я` } },
	]);
	await office.close();
	const other = await browser.newContext();
	const teacher = await Pen.open(await other.newPage(), school.url, MOMENT);
	await teacher.write([
		{ kind: "lesson", key: LESSON, set: { topic: `${WORD} и ещё слово`, homework: `https://school.example/${WORD}` } },
		{ kind: "mark", key: `${LESSON}/p2301/1`, set: { value: "5" } },
		{ kind: "mark", key: `${LESSON}/p2301/1`, set: { comment: WORD } },
	]);
	await other.close();
	context = await browser.newContext({ viewport: { width: 1180, height: 820 }, hasTouch: true });
	page = await teacherIn(context, school.url);
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

/** What sticks out to the side: nothing may but what scrolls in a box of its own. */
const stickingOut = (): Promise<string[]> =>
	page.evaluate(() => {
		const wide = document.documentElement.clientWidth;
		const found: string[] = [];
		if (document.documentElement.scrollWidth > wide) found.push(`page ${document.documentElement.scrollWidth}`);
		for (const element of document.querySelectorAll<HTMLElement>("body *")) {
			const { left, right, width } = element.getBoundingClientRect();
			if (width === 0 || element.closest(".sr, .skip, svg")) continue;
			if (right <= wide + 1 && left >= -1) continue;
			let box = element.parentElement;
			while (box && !/auto|scroll|hidden/.test(getComputedStyle(box).overflowX)) box = box.parentElement;
			if (box && box !== document.body) continue;
			found.push(`${element.tagName}.${element.className} ${Math.round(left)}–${Math.round(right)}`);
		}
		return found;
	});

const PLACES = {
	today: "/today",
	lesson: `/lesson/${LESSON}`,
	marks: `/lesson/${LESSON}/marks`,
	journal: "/journal/8b-algebra",
	terms: "/terms/8b-algebra",
	pupil: "/pupil/p2301/8b-algebra/q2",
	attention: "/attention",
	me: "/me",
} as const;

/** Is every corner of it, so many pixels inwards, in the window, with nothing over it? */
const covered = (selector: string, inset = 3): Promise<string[]> =>
	page.evaluate(
		([asked, by]) => {
			const element = document.querySelector<HTMLElement>(asked);
			if (element === null) return ["not there"];
			const { left, right, top, bottom } = element.getBoundingClientRect();
			const corners = [left + by, right - by].flatMap((x) => [top + by, bottom - by].map((y) => [x, y] as const));
			return corners
				.map(([x, y]) => document.elementFromPoint(x, y))
				.filter((over) => !element.contains(over))
				.map((over) => `${over?.tagName}.${over?.className}`);
		},
		[selector, inset] as const,
	);

for (const [name, size] of [
	["a phone", { width: 360, height: 740 }],
	["a tablet", { width: 820, height: 1180 }],
	["a page at 200 %", { width: 590, height: 410 }],
	["a phone on its side", { width: 740, height: 360 }],
] as const) {
	test(`on ${name} no screen is wider than the page, however long the names are, and the status line is in sight`, async () => {
		await page.setViewportSize(size);
		for (const [screen, path] of Object.entries(PLACES)) {
			await page.goto(`${school.url}${path}`);
			await expect(page.locator("main").getByText(/\p{L}/u).first()).toBeVisible();
			if (!["today", "attention", "me"].includes(screen))
				await expect(page.getByText(LONG).or(page.getByText("Достопримечательность")).first()).toBeVisible();
			await shoot(`${size.width}-${screen}`);
			expect(await stickingOut(), screen).toEqual([]);
			// How things stand is said always, also at a long page's end.
			for (const end of [0, 100_000]) {
				await page.evaluate((to) => scrollTo(0, to), end);
				expect(await covered("a.status", 16), `the status line on ${screen} scrolled to ${end}`).toEqual([]);
			}
			await shoot(`${size.width}-${screen}-end`);
		}
	});
}

for (const [name, size] of [
	["a phone", { width: 360, height: 740 }],
	["a page at 200 %", { width: 590, height: 410 }],
	["a phone on its side", { width: 740, height: 360 }],
] as const) {
	test(`on ${name} who is entered for is in sight, pupil after pupil, and named`, async () => {
		await page.setViewportSize(size);
		await page.goto(`${school.url}${PLACES.journal}`);
		await page.locator('[role="grid"] td.today').first().click();
		for (let n = 0; n < 14; n += 1) {
			await page.keyboard.press(n === 5 ? "Home" : "ArrowDown");
			const at = await page.evaluate(() => (document.activeElement as HTMLElement).dataset["at"] ?? "");
			expect(await covered(`[data-at="${at}"]`), `cell ${at}`).toEqual([]);
			const who = page.locator(`tr:has([data-at="${at}"]) .who`);
			await expect(who).toBeInViewport();
			const box = await who.boundingBox();
			expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
			expect(await covered(`tr:has([data-at="${at}"]) th.name`), `name of ${at}`).toEqual([]);
			if (n === 3) await shoot(`${size.width}-row`);
		}
		await page.goto(`${school.url}${PLACES.marks}`);
		await page.locator(".mark-row.active").waitFor();
		for (let n = 0; n < 14; n += 1) {
			await page.keyboard.press("ArrowDown");
			await expect(page.locator(".mark-row").nth(n + 1)).toHaveClass(/active/);
			expect(await covered(".mark-row.active"), `row ${n + 1}`).toEqual([]);
		}
		for (let n = 13; n > 0; n -= 1) {
			await page.keyboard.press("ArrowUp");
			await expect(page.locator(".mark-row").nth(n)).toHaveClass(/active/);
			expect(await covered(".mark-row.active"), `row ${n}, back`).toEqual([]);
		}
		await shoot(`${size.width}-line`);
	});
}

test("a tablet turned with an editor open keeps what is typed, in a cell, a field and a comment", async () => {
	const across = { width: 1180, height: 820 };
	const upright = { width: 820, height: 1180 };
	await page.setViewportSize(across);
	await page.goto(`${school.url}${PLACES.journal}`);
	const cell = page.locator('[role="grid"] tbody tr', { hasText: "Барсукова Алина" }).locator("td.today");
	await cell.click();
	await page.keyboard.press("4");
	const editor = page.locator("input.cell-editor");
	await expect(editor).toHaveValue("4");
	for (const size of [upright, across]) {
		await page.setViewportSize(size);
		await expect(editor).toHaveValue("4");
		await expect(editor).toBeFocused();
		expect(await covered("input.cell-editor")).toEqual([]);
		expect(await stickingOut()).toEqual([]);
	}
	await page.keyboard.press("/");
	await page.keyboard.press("3");
	await page.setViewportSize(upright);
	await page.keyboard.press("Enter");
	await expect(cell.locator(".marks")).toHaveText("4/3");

	await cell.click();
	await page.keyboard.press("Shift+F2");
	const comment = page.getByRole("dialog").getByRole("textbox").first();
	await comment.fill("Повернули планшет");
	await page.setViewportSize(across);
	await expect(comment).toHaveValue("Повернули планшет");
	await page.getByRole("dialog").getByRole("button", { name: "Сохранить" }).click();
	await expect(cell).toContainText("Повернули планшет");

	await page.goto(`${school.url}${PLACES.lesson}`);
	const homework = page.getByLabel("Домашнее задание");
	await homework.fill("§ 18, № 305");
	await page.setViewportSize(upright);
	await expect(homework).toHaveValue("§ 18, № 305");
	await expect(homework).toBeFocused();
	await page.getByRole("link", { name: "Отметки", exact: true }).click();
	await page.getByRole("link", { name: "Урок", exact: true }).click();
	await expect(homework).toHaveValue("§ 18, № 305");
});

test("on paper the journal is whole, A4 across, also from the browser's own menu; no name runs into the marks", async () => {
	await page.setViewportSize({ width: 1062, height: 726 }); // what the margins leave of A4
	await page.goto(`${school.url}${PLACES.journal}`);
	await page.getByRole("radio", { name: "Весь период" }).check();
	const sheets = page.locator(".paper-sheet");
	// The menu asks nobody first, so the pages are fetched once the grid has stood for a while.
	await expect
		.poll(async () => {
			await page.evaluate(() => void dispatchEvent(new Event("beforeprint")));
			return sheets.count();
		})
		.toBe(3);
	await page.emulateMedia({ media: "print" });
	const wrong = await sheets.evaluateAll((all) =>
		all.flatMap((sheet, n) => {
			const { width, height } = sheet.getBoundingClientRect();
			const out = [...sheet.querySelectorAll("td, th")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1);
			const told = out.map((cell) => `sheet ${n + 1}: ${cell.textContent}`);
			return width > 1062 || height > 726 ? [...told, `sheet ${n + 1}: ${width} × ${height}`] : told;
		}),
	);
	expect(wrong).toEqual([]);
	await expect(sheets.first()).toContainText(LONG);
	await expect(sheets.last().locator(".left-page thead")).toContainText("итог");
	await page.emulateMedia({ media: null });
	await page.evaluate(() => void dispatchEvent(new Event("afterprint")));
	await expect(sheets).toHaveCount(0);

	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
	const pages = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [Number(w), Number(h)]);
	expect(pages).toHaveLength(3);
	for (const [width = 0, height = 0] of pages) {
		expect(width).toBeCloseTo(842, -1);
		expect(height).toBeCloseTo(595, -1);
	}
	if (PICTURES !== "") await page.pdf({ preferCSSPageSize: true, path: `${PICTURES}/journal.pdf` });
});
