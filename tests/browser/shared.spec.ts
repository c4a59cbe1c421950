/**
 * Two people on one tablet: what the first has not sent leaves sealed while the second works; back at the tablet, a PIN is
 * enough, and news comes without a sign-in. Who sits there can't ask the server in the other's name, though the other's
 * cookie lies in the same browser.
 */

import { type Browser, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { LESSON, MOMENT, pill } from "./screens.ts";

const SUBSTITUTED = "8a-geometry/2026-11-24/3";
const PIN = "470915";

const row = (page: Page, pupil: string) => page.locator("li", { hasText: pupil });
const closed = (page: Page) => page.getByRole("heading", { name: "Журнал закрыт" });

async function fresh(browser: Browser): Promise<Page> {
	return (await browser.newContext({ viewport: { width: 800, height: 1280 }, locale: "ru-RU" })).newPage();
}

async function fillIn(page: Page, login: string): Promise<void> {
	await page.getByRole("textbox", { name: "Логин" }).fill(login);
	await page.getByRole("textbox", { name: "Пароль" }).fill(`zvonok-${login}`);
	await page.getByRole("button", { name: "Войти", exact: true }).click();
	await expect(page.locator("nav").first()).toBeVisible();
}

async function giveMark(page: Page, pupil: string, mark: string): Promise<void> {
	await row(page, pupil).getByRole("button").first().click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
	await expect(row(page, pupil).locator(".marks")).toHaveText(mark);
}

async function lock(page: Page): Promise<void> {
	await page.keyboard.press("Control+Shift+L");
	await expect(closed(page)).toBeVisible();
}

/** Devices whose cookies lie in the browser. */
async function devicesIn(page: Page): Promise<string[]> {
	const cookies = await page.context().cookies();
	return cookies.flatMap(({ name, httpOnly, sameSite }) => {
		const device = /^zvonok-(d[a-z2-7]{10})$/.exec(name)?.[1];
		if (device) expect({ httpOnly, sameSite }).toEqual({ httpOnly: true, sameSite: "Strict" });
		return device ? [device] : [];
	});
}

test("two people share a tablet, each stays signed in", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const tablet = await fresh(browser);
		const phone = await fresh(browser);
		await tablet.goto(school.url);
		await fillIn(tablet, "petrova");
		await tablet.evaluate(() => navigator.serviceWorker.ready);
		const [hers = ""] = await devicesIn(tablet);
		await phone.goto(school.url);
		await fillIn(phone, "petrova");

		await test.step("she sets a PIN, enters without a network, and locks", async () => {
			await tablet.goto(`${school.url}/today`);
			await tablet.getByRole("button", { name: "Задать ПИН-код" }).click();
			await tablet.getByLabel("ПИН-код, от 6 цифр").fill(PIN);
			await tablet.getByLabel("Ещё раз").fill(PIN);
			await tablet.getByRole("button", { name: "Задать", exact: true }).click();
			await expect(tablet.getByText("ПИН-код задан")).toBeVisible();
			await tablet.goto(`${school.url}/lesson/${LESSON}/marks`);
			await expect(pill(tablet)).toContainText("Всё отправлено");
			await tablet.context().setOffline(true);
			await giveMark(tablet, "Абрамов Илья", "5");
			await lock(tablet);
			await tablet.context().setOffline(false);
		});

		await test.step("he signs in and works; hers arrives meanwhile", async () => {
			// A list of one person would be no choice: what is meant is one tap away, and named so.
			await expect(tablet.getByRole("button", { name: "Сменить" })).toHaveCount(0);
			await tablet.getByRole("button", { name: "Войти другому по логину" }).click();
			await tablet.getByRole("button", { name: "Назад" }).click();
			await expect(tablet.locator(".holder")).toContainText("Петрова");
			await tablet.getByRole("button", { name: "Войти другому по логину" }).click();
			await expect(tablet.getByRole("textbox", { name: "Логин" })).toHaveValue("");
			await expect(tablet.getByText("ключ из памяти убран")).toHaveCount(0);
			await fillIn(tablet, "orlov");
			await expect(tablet, "her lesson is not where he begins").toHaveURL(`${school.url}/today`);
			await tablet.goto(`${school.url}/lesson/${SUBSTITUTED}/marks`);
			await tablet.locator("ol.mark-list li button").first().click();
			await tablet.getByRole("toolbar").getByRole("button", { name: "4", exact: true }).click();
			await expect(pill(tablet)).toContainText("Всё отправлено", { timeout: 30_000 });
			await phone.goto(`${school.url}/lesson/${LESSON}/marks`);
			await expect(row(phone, "Абрамов Илья").locator(".marks")).toHaveText("5", { timeout: 30_000 });
		});

		await test.step("he can't read what is hers, though her cookie is there", async () => {
			expect(await devicesIn(tablet)).toHaveLength(2);
			const asked = (headers: Record<string, string>) =>
				tablet.evaluate(async (given) => (await fetch("/api/32/me", { headers: given })).status, headers);
			expect(await asked({})).toBe(401);
			expect(await asked({ "zvonok-device": hers })).toBe(401);
			const heard = await tablet.evaluate(
				(device) =>
					new Promise<string>((resolve) => {
						const line = new WebSocket(`${location.origin.replace("http", "ws")}/api/32/live?device=${device}`);
						line.onmessage = () => resolve("a poke");
						line.onerror = () => resolve("nothing");
					}),
				hers,
			);
			expect(heard).toBe("nothing");
			// Nor does what lies on the tablet open to him: neither by its address nor, on her lock, by his password.
			await tablet.goto(`${school.url}/journal/8b-algebra`);
			await expect(tablet.getByRole("heading", { level: 1 })).toBeVisible();
			await expect(tablet.getByText("Абрамов Илья")).toHaveCount(0);
			await expect(tablet.locator("[role=grid] tbody tr")).toHaveCount(0);
			await lock(tablet);
			await tablet.getByRole("button", { name: "Сменить" }).click();
			await tablet.getByRole("button", { name: /Петрова/ }).click();
			await tablet.getByRole("radio", { name: "Паролем" }).check();
			await tablet.getByLabel("Парольная фраза или пароль").fill("zvonok-orlov");
			await tablet.getByRole("button", { name: "Открыть", exact: true }).click();
			await expect(tablet.getByRole("alert")).toContainText("Не подходит. Осталось: 9");
			await tablet.getByRole("button", { name: "Сменить" }).click();
			await tablet.getByRole("button", { name: /Орлов/ }).click();
			await tablet.getByLabel("Парольная фраза или пароль").fill("zvonok-orlov");
			await tablet.getByRole("button", { name: "Открыть", exact: true }).click();
			await expect(tablet.locator("nav").first()).toBeVisible();
		});

		await test.step("back with her PIN: news without a sign-in", async () => {
			await giveMark(phone, "Ковалёва Дарья", "4");
			await expect(pill(phone)).toContainText("Всё отправлено", { timeout: 30_000 });
			await lock(tablet);
			const began = Date.now();
			await tablet.getByRole("button", { name: "Сменить" }).click();
			await tablet.getByRole("button", { name: /Петрова/ }).click();
			await tablet.keyboard.type(PIN);
			await tablet.keyboard.press("Enter");
			await expect(tablet.locator("nav").first()).toBeVisible();
			const opened = Date.now() - began;
			await expect(pill(tablet)).toContainText("Всё отправлено");
			await tablet.locator(`a[href^="/lesson/${LESSON}"]`).first().click();
			await tablet.getByRole("link", { name: "Отметки", exact: true }).click();
			await expect(row(tablet, "Ковалёва Дарья").locator(".marks")).toHaveText("4");
			console.log(`switch: open after ${opened} ms, news of another device on screen after ${Date.now() - began} ms`);
			await expect(row(tablet, "Абрамов Илья").locator(".marks")).toHaveText("5");
			await giveMark(tablet, "Жуков Максим", "3");
			await expect(pill(tablet)).toContainText("Всё отправлено", { timeout: 30_000 });
			await tablet.screenshot({ path: "../screenshots/shared-back.png" });
			await tablet.goto(`${school.url}/me`);
			await expect(tablet.locator("dl").first()).toBeVisible();
			await expect(tablet.locator('input[name="login"]')).toHaveCount(0);
		});

		await test.step("he comes back by his password alone, and still without a sign-in", async () => {
			await lock(tablet);
			await tablet.getByRole("button", { name: "Сменить" }).click();
			await tablet.getByRole("button", { name: /Орлов/ }).click();
			await tablet.getByLabel("Парольная фраза или пароль").fill("zvonok-orlov");
			await tablet.getByRole("button", { name: "Открыть", exact: true }).click();
			await expect(pill(tablet)).toContainText("Всё отправлено");
		});

		await test.step("hers is revoked: he goes on, and who comes is told without a name", async () => {
			await school.revoke(hers);
			await tablet.reload();
			await expect(pill(tablet)).toContainText("Всё отправлено");
			await lock(tablet);
			await tablet.reload();
			await expect(tablet.getByText("Школа закрыла доступ с этого планшета тому, кто здесь работал")).toBeVisible();
			await expect(tablet.getByText("Орлов").first()).toBeVisible();
			await tablet.screenshot({ path: "../screenshots/shared-revoked.png" });
			await expect(tablet.getByRole("button", { name: "Сменить" })).toHaveCount(0);
			await expect(tablet.getByText("Петрова")).toHaveCount(0);
		});

		await school.stop();
		const entered = (await school.ledger()).filter(({ device, kind }) => device === hers && kind === "mark");
		expect(entered.map(({ n, person, verdict, row: at }) => [n, person, verdict, at?.["value"]])).toEqual([
			[1, "t06", "accepted", "5"],
			[2, "t06", "accepted", "3"],
		]);
	} finally {
		await school.remove();
	}
});
