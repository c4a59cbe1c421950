/**
 * The session at the server ends while somebody is at work: sending pauses and says so, entering goes on, also through a
 * reload, and one sign-in brings everything.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { LESSON, MOMENT, pill, signIn } from "./screens.ts";

const row = (page: Page, pupil: string) => page.locator("li", { hasText: pupil });

async function giveMark(page: Page, pupil: string, mark: string): Promise<void> {
	await row(page, pupil).getByRole("button").first().click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
	await expect(row(page, pupil).locator(".marks")).toHaveText(mark);
}

test("401 pauses sending and nothing else", async ({ page, context }) => {
	const school = await School.make(MOMENT);
	try {
		await signIn(page, school.url, "teacher");
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.goto(`${school.url}/lesson/${LESSON}/marks`);
		await expect(pill(page)).toContainText("Всё отправлено");
		const told: number[] = [];
		page.on("response", (answer) => {
			if (answer.url().endsWith("/sync")) told.push(answer.status());
		});

		await test.step("it is said, and asked no further", async () => {
			await context.clearCookies({ name: /^zvonok-d/ });
			await giveMark(page, "Абрамов Илья", "5");
			await expect(pill(page)).toContainText("Нужно войти снова");
			await giveMark(page, "Ковалёва Дарья", "4");
			await page.reload();
			await expect(row(page, "Ковалёва Дарья").locator(".marks")).toHaveText("4");
			await expect(pill(page)).toContainText("Нужно войти снова");
			await giveMark(page, "Жуков Максим", "3");
			await page.screenshot({ path: "../screenshots/session-ended.png" });
			// Once for the entry, once at the start of the reloaded page.
			await expect.poll(() => told.slice(told.indexOf(401))).toEqual([401, 401]);
		});

		await test.step("what waits says why, and one sign-in sends it", async () => {
			await page.goto(`${school.url}/attention`);
			await expect(page.getByText("Записывать можно дальше: всё хранится здесь (3 записи)")).toBeVisible();
			await page.goto(`${school.url}/me`);
			await page.locator('input[name="login"]').fill("petrova");
			await page.locator('input[name="password"]').fill("zvonok-petrova");
			await page.locator('form button[type="submit"]').first().click();
			await expect(pill(page)).toContainText("Всё отправлено", { timeout: 30_000 });
			await expect(page.locator('input[name="login"]')).toHaveCount(0);
		});

		await school.stop();
		const entered = (await school.ledger()).filter(({ kind, person }) => kind === "mark" && person === "t06");
		expect(entered.map(({ n, verdict, row: at }) => [n, verdict, at?.["value"]])).toEqual([
			[1, "accepted", "5"],
			[2, "accepted", "4"],
			[3, "accepted", "3"],
		]);
	} finally {
		await school.remove();
	}
});
