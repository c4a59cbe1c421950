/**
 * What opens the case: staff whose password is too short for it choose a passphrase, and only that opens from then on; a
 * family's journal opens by itself until they set a PIN.
 */

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const SHORT = "школа-32";
const PHRASE = "синий мел и мокрая тряпка";
const PIN = "470915";
const MINUTE = 60_000;

const closed = (page: Page) => page.getByRole("heading", { name: "Журнал закрыт" });

async function lock(page: Page): Promise<void> {
	await page.keyboard.press("Control+Shift+L");
	await expect(closed(page)).toBeVisible();
}

async function openBy(page: Page, passphrase: string): Promise<void> {
	await page.getByLabel("Парольная фраза или пароль").fill(passphrase);
	await page.getByRole("button", { name: "Открыть", exact: true }).click();
}

/** Under which secrets the case on this tablet is wrapped; "none": the key lies there as it is. */
function wrappedBy(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const { name = "" } = (await indexedDB.databases()).find((one) => one.name?.startsWith("zvonok-32-")) ?? {};
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		const read = (key: string) =>
			new Promise<unknown>((resolve) => {
				const asked = db.transaction("meta").objectStore("meta").get(key);
				asked.onsuccess = () => resolve(asked.result);
			});
		const found = Object.keys(((await read("wraps")) as object | undefined) ?? {});
		if (await read("key")) found.push("none");
		db.close();
		return found.sort();
	});
}

let school: School;
let tablet: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	school = await School.make(MOMENT);
});

test.afterAll(() => school.remove());

test.beforeEach(async ({ browser }) => {
	tablet = await contextOf(browser, LOOK);
	page = await tablet.newPage();
});

test.afterEach(() => tablet.close());

test("a password of eight characters is no passphrase: one is chosen before anything shows, and only it opens", async () => {
	await school.setPassword("petrova", SHORT);
	await page.goto(school.url);
	await page.getByRole("textbox", { name: "Логин" }).fill("petrova");
	await page.getByRole("textbox", { name: "Пароль" }).fill(SHORT);
	await page.getByRole("button", { name: "Войти", exact: true }).click();
	const asked = page.getByRole("heading", { name: "Парольная фраза этого планшета" });
	await expect(asked).toBeVisible();
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
	await page.goto(`${school.url}/journal/8b-algebra`);
	await expect(asked).toBeVisible();
	await expect(page.locator("nav, [role=grid]")).toHaveCount(0);
	await page.getByLabel("Парольная фраза, от 10 знаков").fill(SHORT);
	await page.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(page.getByText("Нужно хотя бы 10 знаков.")).toBeVisible();
	expect(await wrappedBy(page)).toEqual([]);
	await page.getByLabel("Парольная фраза, от 10 знаков").fill(PHRASE);
	await page.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(page.getByRole("grid")).toBeVisible();
	expect(await wrappedBy(page)).toEqual(["cold"]);

	await tablet.setOffline(true);
	await lock(page);
	await openBy(page, SHORT);
	await expect(page.getByRole("alert")).toContainText("Не подходит. Осталось: 9");
	await openBy(page, PHRASE);
	await expect(page.getByRole("grid")).toBeVisible();
});

test("whoever has the journal open sets a passphrase of their own: without a network it opens, the password does not", async () => {
	await signIn(page, school.url, "deputy_head");
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
	await page.goto(`${school.url}/me`);
	await page.getByRole("button", { name: "Задать парольную фразу" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Парольная фраза, от 10 знаков").fill(PHRASE);
	await dialog.getByLabel("Ещё раз").fill(`${PHRASE}!`);
	await dialog.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(dialog.getByText("Набрано по-разному")).toBeVisible();
	await page.keyboard.type(PHRASE);
	await dialog.getByLabel("Ещё раз").fill(PHRASE);
	await dialog.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(page.getByText("Парольная фраза задана")).toBeVisible();
	expect(await wrappedBy(page)).toEqual(["cold"]);

	await tablet.setOffline(true);
	await lock(page);
	await openBy(page, "zvonok-kuznetsova");
	await expect(page.getByRole("alert")).toContainText("Не подходит. Осталось: 9");
	await openBy(page, PHRASE);
	await expect(page.getByRole("button", { name: "Задать парольную фразу" })).toBeVisible();
});

test("a family's journal opens by itself and says what that means; with a PIN it locks as a teacher's does", async () => {
	await page.clock.install();
	await signIn(page, school.url, "parent");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.goto(`${school.url}/me`);
	await expect(page.getByText("Открывается без пароля: ключ лежит на этом устройстве")).toBeVisible();
	expect(await wrappedBy(page)).toEqual(["none"]);
	await page.clock.runFor(30 * MINUTE);
	await expect(page.getByText("Открывается без пароля")).toBeVisible();

	await page.getByRole("button", { name: "Задать ПИН-код" }).click();
	await page.getByLabel("ПИН-код, от 6 цифр").fill(PIN);
	await page.getByLabel("Ещё раз").fill(PIN);
	await page.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(page.getByText("Нужно хотя бы 10 знаков.")).toBeVisible();
	await page.getByLabel("Парольная фраза, от 10 знаков").fill(PHRASE);
	await page.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(page.getByText("ПИН-код действует до")).toBeVisible();
	expect(await wrappedBy(page)).toEqual(["cold", "warm"]);

	await tablet.setOffline(true);
	await page.clock.runFor(6 * MINUTE);
	await expect(closed(page)).toBeVisible();
	await page.reload();
	await expect(closed(page)).toBeVisible();
	await page.keyboard.type(PIN);
	await page.keyboard.press("Enter");
	await expect(page.getByText("ПИН-код действует до")).toBeVisible();
	await page.clock.runFor(13 * 60 * MINUTE);
	await expect(closed(page)).toBeVisible();
	await expect(page.getByRole("button", { name: "Цифра 1" }), "twelve hours are over").toHaveCount(0);
	await openBy(page, PHRASE);
	await expect(page.getByText("ПИН-кода нет")).toBeVisible();
});
