/** English beside Russian: never half of it, and without Russian keys. */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { MOMENT, pill, signIn } from "./screens.ts";

let school: School;
let page: Page;

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	page = await browser.newPage({ locale: "ru-RU", viewport: { width: 1024, height: 768 } });
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toContainText("Всё отправлено");
	await page.evaluate(() => navigator.serviceWorker.ready);
});
test.afterAll(async () => {
	await page?.context().close();
	await school?.remove();
});

test("English is taken whole or not at all: without its books it waits for the network, and says so", async () => {
	const choice = page.getByRole("radiogroup", { name: "Язык / Language" });
	await page.goto(`${school.url}/me`);
	await page.context().setOffline(true);
	await choice
		.getByRole("radio", { name: "English" })
		.check({ force: true })
		.catch(() => undefined);
	await expect(page.getByText("English is fetched once, and that needs the network.")).toBeVisible();
	await expect(choice.getByRole("radio", { name: "Русский" })).toBeChecked();
	await expect(page.locator("nav")).toContainText("Журналы");
	await page.context().setOffline(false);
	await choice.getByRole("radio", { name: "English" }).check();
	await expect(page.locator("nav")).toContainText("Journals");
	const kept = () => page.evaluate(async () => Boolean(await caches.match("/kept/english")));
	await expect.poll(kept).toBe(true);
	await page.context().setOffline(true);
	for (const [path, words] of [
		["/journal/8b-algebra", ["Whole term", "Term II", "Pupil"]],
		["/lesson/8b-algebra/2026-11-24/5", ["Roll call", "Thematic plan|Choose from the plan", "Test"]],
		["/terms/8b-algebra", ["Term marks"]],
		["/me", ["English", "Sign out"]],
	] as const) {
		await page.goto(`${school.url}${path}`);
		await page.locator("main").getByText(/\w/).first().waitFor();
		for (const word of words) await expect(page.locator(".page")).toContainText(new RegExp(word));
		await expect(page.locator(".page")).not.toContainText(/Весь период|четверть|Перекличка|Контрольная|Выйти/);
	}
});

test("an English keyboard enters what has Russian names, and the strip says by which key", async () => {
	await page.goto(`${school.url}/journal/8b-algebra`);
	const cells = page.locator("td.today");
	for (const [i, [typed, means, key]] of (
		[
			["n", "н", "н: absent"],
			["o", "о", "о: late"],
			["z", "зач", "зач: passed"],
			["os", "осв", "осв: exempt"],
			["na", "н/а", "н/а: not attested"],
		] as const
	).entries()) {
		await cells.nth(i).click();
		await page.keyboard.type(typed);
		await page.keyboard.press("Enter");
		await expect(cells.nth(i)).toContainText(means);
		await expect(page.getByRole("toolbar").getByRole("button", { name: key })).toHaveText(`${means}${typed}`);
	}
});
