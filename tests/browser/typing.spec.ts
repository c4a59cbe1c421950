/**
 * What is typed and not entered outlives its page, whichever way that goes: reloaded, left for another site, closed, its
 * browser closed. Nothing of it can be read on the disk meanwhile. What was given up stays given up.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Locator, type Page, test } from "@playwright/test";
import { dumpOf, filesWith } from "./dump.ts";
import { School } from "./house.ts";
import { LESSON, lies, MOMENT, pill, signIn, unlock } from "./screens.ts";

const COMMENT = "Недописанный кварцевый намёк";

const today = (page: Page, row: number): Locator =>
	page.getByRole("grid").locator("tbody tr").nth(row).locator("td.today");
const marks = (page: Page, row: number): Locator => today(page, row).locator(".marks");
const editor = (page: Page): Locator => page.locator(".cell-editor");
const homework = (page: Page): Locator => page.getByLabel("Домашнее задание");
const told = (page: Page): Locator => page.getByText("Записано то, что вы набирали, когда страница закрылась");

async function type(page: Page, row: number, mark: string): Promise<void> {
	await today(page, row).click();
	await page.keyboard.press(mark);
	await expect(editor(page)).toHaveValue(mark);
	await expect.poll(() => lies(page)).toBe(true);
}

test("what is typed and not entered outlives its page", async ({ launchOptions }) => {
	const school = await School.make(MOMENT);
	const profile = await mkdtemp(join(tmpdir(), "zvonok-typing-"));
	const viewport = { width: 1280, height: 800 };
	const open = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, { ...launchOptions, viewport, locale: "ru-RU" });
	let tablet = await open();
	const journal = `${school.url}/journal/8b-algebra`;
	try {
		let page = tablet.pages()[0] ?? (await tablet.newPage());
		await signIn(page, school.url, "teacher");
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.goto(journal);

		await test.step("a mark, by a reload, and it can be undone", async () => {
			await type(page, 0, "4");
			await page.reload();
			await expect(marks(page, 0)).toHaveText("4");
			await expect(told(page)).toBeVisible();
			await page.locator(".toast").getByRole("button", { name: "Отменить" }).click();
			await expect(marks(page, 0)).toHaveCount(0);
		});

		await test.step("a mark, when the page is left for another site", async () => {
			await type(page, 1, "5");
			await page.goto("about:blank");
			await page.goto(journal);
			await expect(marks(page, 1)).toHaveText("5");
		});

		await test.step("a mark, when its tab is closed", async () => {
			const other = await tablet.newPage();
			await other.goto(`${school.url}/today`);
			await page.bringToFront();
			await type(page, 2, "3");
			await page.close();
			page = other;
			// Entered as the closing tab lost the focus, or taken up after it: the one excludes the other.
			await page.goto(journal);
			await expect(marks(page, 2)).toHaveText("3");
		});

		await test.step("what was given up stays given up", async () => {
			await type(page, 3, "2");
			await page.keyboard.press("Escape");
			await expect.poll(() => lies(page)).toBe(false);
			await page.reload();
			await expect(marks(page, 2)).toHaveText("3");
			await expect(marks(page, 3)).toHaveCount(0);
		});

		await test.step("before it is on the disk the page asks, and stays if so told", async () => {
			await today(page, 3).click();
			await page.evaluate(() => {
				const opened = new MutationObserver(() => {
					if (document.querySelector(".cell-editor") === null) return;
					opened.disconnect();
					location.reload();
				});
				opened.observe(document.body, { subtree: true, childList: true });
			});
			const asked = page.waitForEvent("dialog");
			const pressed = page.keyboard.press("4");
			const dialog = await asked;
			expect(dialog.type()).toBe("beforeunload");
			await dialog.dismiss();
			await pressed;
			await expect(editor(page)).toHaveValue("4");
			await page.keyboard.press("Enter");
			await expect(marks(page, 3)).toHaveText("4");
			await expect.poll(() => lies(page)).toBe(false);
		});

		await test.step("homework, by a reload", async () => {
			await page.goto(`${school.url}/lesson/${LESSON}`);
			await homework(page).fill("§ 18, только начато");
			await expect.poll(() => lies(page)).toBe(true);
			await page.reload();
			await expect(homework(page)).toHaveValue("§ 18, только начато");
		});

		await test.step("why a term mark differs, by a reload: the mark and its reason", async () => {
			await page.goto(`${school.url}/terms/8b-algebra`);
			const line = page.locator("li.term-line").first();
			await line.getByRole("button").first().click();
			await page.getByRole("toolbar").getByRole("button", { name: "2", exact: true }).click();
			await page.getByLabel("Своими словами").fill("Работы нет с октября");
			await expect.poll(() => lies(page)).toBe(true);
			await page.reload();
			await expect(line.locator(".because")).toContainText("Работы нет с октября");
			await expect(line.locator(".given")).toContainText("2");
			await page.locator(".toast").getByRole("button", { name: "Отменить" }).click();
			await expect(line.locator(".because")).toHaveCount(0);
		});

		await test.step("a comment not saved yet, by a lock and a closed browser; nothing can be read meanwhile", async () => {
			await page.goto(`${school.url}/lesson/${LESSON}/marks`);
			const row = page.locator("li.mark-row").nth(1);
			await expect(row.locator(".marks")).toHaveText("5");
			await row.getByRole("button").first().click();
			await page.getByRole("button", { name: "Комментарий" }).click();
			await page.getByRole("dialog").getByRole("textbox").fill(COMMENT);
			await expect.poll(() => lies(page)).toBe(true);
			await page.keyboard.press("Control+Shift+L");
			await expect(page.getByRole("heading", { name: "Журнал закрыт" })).toBeVisible();
			expect(await lies(page)).toBe(true);
			await tablet.close();
			expect(filesWith(await dumpOf(profile), COMMENT)).toEqual([]);
			tablet = await open();
			page = tablet.pages()[0] ?? (await tablet.newPage());
			await page.goto(`${school.url}/lesson/${LESSON}/marks`);
			await unlock(page, "zvonok-petrova");
			await expect(page.locator("li.mark-row").nth(1)).toContainText(COMMENT);
			await expect(told(page)).toBeVisible();
			await page.screenshot({ path: "../screenshots/typing-taken-up.png" });
			await expect.poll(() => lies(page)).toBe(false);
		});

		await expect(pill(page)).toContainText("Всё отправлено");
		await school.stop();
		const mine = (await school.ledger()).filter(({ person }) => person === "t06");
		expect(mine.filter(({ set }) => set["comment"] === COMMENT)).toHaveLength(1);
		expect(mine.filter(({ kind, set }) => kind === "mark" && set["value"] === "2")).toEqual([]);
		expect(mine.map(({ n }) => n)).toEqual(mine.map((_, i) => i + 1));
	} finally {
		await tablet.close().catch(() => undefined);
		await school.remove();
		await rm(profile, { recursive: true, force: true });
	}
});
