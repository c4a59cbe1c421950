/**
 * A reason for the deputy head is written where the tablet already knows that an entry will be held: without a network. It
 * outlives a reload and the lock, goes by itself once the server holds the entry, and is taken back, with a word for it,
 * where the server took the entry after all.
 */

import { expect, type Locator, type Page, test } from "@playwright/test";
import { Pen } from "./hands.ts";
import { School } from "./house.ts";
import { contextOf, type Look, lies, lockUp, MOMENT, pill, teacherIn, unlock } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const OLD = "8b-algebra/2026-11-03/5"; // its marks' fourteen days are over

const plea = (page: Page): Locator => page.getByLabel("Почему нужно исправить");
const draft = (page: Page): Promise<boolean> => lies(page, "t06", "draft pleas");

test("why it should be corrected is said ahead, and goes once the entry is held", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const tablet = await contextOf(browser, LOOK);
		const page = await teacherIn(tablet, school.url);
		await page.evaluate(() => navigator.serviceWorker.ready);
		const correct = async (name: string): Promise<void> => {
			await page.goto(`${school.url}/lesson/${OLD}/marks`);
			const line = page.locator(".mark-row", { hasText: name });
			await line.getByRole("button").click();
			await page.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
			await expect(line).toHaveClass(/\blocal\b/);
			await page.goto(`${school.url}/attention`);
		};

		await test.step("without a network it is written, and outlives a reload and the lock", async () => {
			await tablet.setOffline(true);
			await correct("Абрамов Илья");
			await expect(page.locator("article.held")).toContainText("Ждёт связи, чтобы прийти к завучу.");
			await expect(page.locator("article.held .values")).toContainText(/3.*сейчас в журнале.*5.*ваше исправление/);
			await plea(page).fill("Ошибка при");
			await expect.poll(() => draft(page)).toBe(true);
			await page.reload();
			await expect(plea(page)).toHaveValue("Ошибка при");
			await plea(page).fill("Ошибка при переносе");
			await page.screenshot({ path: "../screenshots/plea-ahead.png", fullPage: true });
			await lockUp(page);
			await unlock(page, "zvonok-petrova");
			await expect(plea(page)).toHaveValue("Ошибка при переносе");
			await expect(pill(page)).toContainText("только на этом планшете");
		});

		await test.step("with one it goes by itself, and can be changed as any other", async () => {
			await tablet.setOffline(false);
			await page.reload();
			await expect.poll(() => draft(page)).toBe(false);
			await expect(pill(page)).toHaveText("Всё отправлено и в копии · ждёт решения завуча: 1");
			await expect(plea(page)).toHaveValue("Ошибка при переносе");
		});

		await test.step("the server took the entry: it is said that the reason was not wanted", async () => {
			await tablet.setOffline(true);
			await correct("Барсукова Алина");
			await plea(page).first().fill("Работа переписана");
			await expect.poll(() => draft(page)).toBe(true);
			const admin = await Pen.open(await (await browser.newContext()).newPage(), school.url, school.now, "karpov");
			await admin.write([{ kind: "school", key: "32", set: { window_days: 60 } }]);
			await tablet.setOffline(false);
			await page.reload();
			await expect(page.getByText("Пояснение для завуча не понадобилось")).toBeVisible();
			await expect.poll(() => draft(page)).toBe(false);
			await expect(pill(page)).toContainText("Всё отправлено");
		});

		await school.stop();
		const mine = (await school.ledger()).filter(({ person }) => person === "t06");
		expect(mine.map(({ kind, set, verdict }) => [kind, set, verdict])).toEqual([
			["mark", { value: "5" }, "held"],
			["matter", { plea: "Ошибка при переносе" }, "accepted"],
			["mark", { value: "5" }, "accepted"],
		]);
	} finally {
		await school.remove();
	}
});
