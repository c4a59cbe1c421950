/**
 * The offline lease: fourteen days without the server, and the tablet opens nothing that it holds; it warns three days
 * before; a clock turned back gains no day; what is unsent stays, and leaves at the next contact.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn, unlock } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const DAY = 86_400_000;
const PASSPHRASE = "zvonok-petrova";

const closed = (page: Page) => page.getByRole("heading", { name: "Журнал закрыт" });

/** The tablet is closed, the clock on the wall shows another day, and the tablet is taken up again. */
async function turn(page: Page, to: number): Promise<void> {
	await page.keyboard.press("Control+Shift+L");
	await expect(closed(page)).toBeVisible();
	await page.clock.setSystemTime(to);
	await page.reload();
	await expect(closed(page)).toBeVisible();
}

test("fourteen days without the server", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const tablet = await contextOf(browser, LOOK);
		const page = await tablet.newPage();
		const began = Date.now();
		await page.clock.install({ time: began });
		await signIn(page, school.url, "teacher");
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.goto(`${school.url}/lesson/${LESSON}/marks`);
		await expect(pill(page)).toContainText("Всё отправлено");
		await tablet.setOffline(true);
		const row = page.locator("li", { hasText: "Абрамов Илья" });
		await row.getByRole("button").first().click();
		await page.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
		await expect(row.locator(".marks")).toHaveText("5");

		await test.step("after ten days it opens and says nothing; after twelve it warns", async () => {
			await turn(page, began + 10 * DAY);
			await unlock(page, PASSPHRASE);
			await page.goto(`${school.url}/attention`);
			await expect(page.getByText("1 запись").first()).toBeVisible();
			await expect(page.getByText("Планшет закроет журналы")).toHaveCount(0);
			await turn(page, began + 12 * DAY);
			await unlock(page, PASSPHRASE);
			await page.goto(`${school.url}/attention`);
			await expect(page.getByText("Планшет закроет журналы")).toBeVisible();
		});

		await test.step("a clock turned back by a year and on by three days: the fifteenth day, not the third", async () => {
			await turn(page, began - 365 * DAY);
			await unlock(page, PASSPHRASE);
			await turn(page, began - 362 * DAY);
			await expect(page.getByText("слишком долго не связывался с сервером")).toBeVisible();
			await page.locator('input[name="passphrase"]').fill(PASSPHRASE);
			await page.getByRole("button", { name: "Открыть", exact: true }).click();
			await expect(page.getByRole("alert")).toContainText("Нужна связь с сервером");
			await expect(page.getByText("Ждут отправки: 1 запись")).toBeVisible();
			await expect(page.getByText("Абрамов")).toHaveCount(0);
		});

		await test.step("with the server it opens, and what waited leaves", async () => {
			await page.clock.setSystemTime(began + 15 * DAY);
			await tablet.setOffline(false);
			await unlock(page, PASSPHRASE);
			await expect(pill(page)).toContainText("Всё отправлено", { timeout: 30_000 });
		});

		await tablet.close();
		await school.stop();
		const marks = (await school.ledger()).filter(({ kind, person }) => kind === "mark" && person === "t06");
		expect(marks.map(({ n, row: at }) => [n, at?.["value"]])).toEqual([[1, "5"]]);
	} finally {
		await school.remove();
	}
});
