/**
 * «Заполнение» tells of how many of the school's journals it speaks. The rest come by one button: they wait for the
 * network, go on after a reload, stop when told, and are there without a network afterwards.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };

const told = (page: Page) => page.locator(".loaded");
const button = (page: Page, name: string) => told(page).getByRole("button", { name });

/** [loaded, of how many] */
async function counts(page: Page): Promise<[here: number, all: number]> {
	const text = (await told(page).getByRole("status").textContent()) ?? "";
	const [here = Number.NaN, all = Number.NaN] = (text.match(/\d+/g) ?? []).map(Number);
	return [here, all];
}

const here = async (page: Page): Promise<number> => (await counts(page))[0];

test("all journals of the school by one button, with what is missing said and a way to stop", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const tablet = await contextOf(browser, LOOK);
		const page = await tablet.newPage();
		await signIn(page, school.url, "deputy_head");
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.goto(`${school.url}/office/unfilled`);
		await expect(told(page)).toContainText(/Загружено журналов: \d+ из \d+/);
		await expect(pill(page)).toContainText("Всё отправлено");
		const [own, all] = await counts(page);
		expect(all).toBeGreaterThan(80);
		expect(own).toBeLessThan(all / 2);
		await expect(told(page)).toContainText(/Не загружены журналы классов: .*8 «Б»/);

		await test.step("without a network: said, remembered, taken back", async () => {
			await tablet.setOffline(true);
			await button(page, "Загрузить все").click();
			await expect(told(page)).toContainText("Нет связи с сервером: журналы загрузятся, как только она появится.");
			await expect(told(page).getByRole("progressbar")).toBeVisible();
			await page.reload();
			await expect(told(page)).toContainText("Нет связи с сервером");
			await button(page, "Остановить").click();
			await expect(button(page, "Загрузить все")).toBeVisible();
			await tablet.setOffline(false);
			await page.reload();
			await expect(pill(page)).toContainText("Всё отправлено");
			expect(await here(page)).toBe(own);
		});

		// Each answer waits until the test lets it go: what comes in between is seen.
		let asked = 0;
		let waits = true;
		let release: () => void = () => undefined;
		await page.route("**/api/32/sync", async (route) => {
			const answer = await route.fetch();
			const going = new Promise<void>((resolve) => {
				release = resolve;
			});
			asked += 1;
			if (waits) await going;
			await route.fulfill({ response: answer });
		});

		await test.step("they come in portions, and no more of them when told to stop", async () => {
			await button(page, "Загрузить все").click();
			await expect.poll(() => asked).toBe(1);
			release();
			await expect.poll(() => asked).toBe(2);
			await expect.poll(() => here(page)).toBeGreaterThan(own);
			const first = await here(page);
			expect(first).toBeLessThan(all);
			await page.screenshot({ path: "../screenshots/unfilled-loading.png", fullPage: true });
			await button(page, "Остановить").click();
			await expect(button(page, "Загрузить все")).toBeVisible();
			waits = false;
			release(); // what was on its way when it was told
			await expect(pill(page)).toContainText("Всё отправлено");
			const kept = await here(page);
			expect(kept).toBeGreaterThanOrEqual(first);
			expect(kept).toBeLessThan(all);
			await page.reload();
			await expect.poll(() => here(page)).toBe(kept);
		});

		await test.step("all, and then all is looked through; without a network too", async () => {
			await button(page, "Загрузить все").click();
			await expect.poll(() => here(page), { timeout: 30_000 }).toBe(all);
			await expect(told(page).getByRole("button")).toHaveCount(0);
			await expect(told(page)).not.toContainText("Не загружены");
			const teachers = page.locator(".gaps details");
			const found = await teachers.count();
			expect(found).toBeGreaterThan(0);
			await page.screenshot({ path: "../screenshots/unfilled-all.png", fullPage: true });
			await page.unrouteAll({ behavior: "wait" });
			await tablet.setOffline(true);
			await page.reload();
			await expect.poll(() => here(page)).toBe(all);
			await expect(teachers).toHaveCount(found);
		});
	} finally {
		await school.remove();
	}
});
