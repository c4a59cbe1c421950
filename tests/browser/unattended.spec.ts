/**
 * A tablet that nobody minds: it locks when it has not been touched for as long as the school says, or not been looked at
 * for a minute; not before, and not while somebody works in another tab.
 *
 * The minutes are the page's own clock's, wound on.
 */

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, pill, signIn, unlock } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const PASSPHRASE = "zvonok-petrova";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The tablet looks every twenty seconds. */
const LOOK_EVERY = 20 * SECOND;

const closed = (page: Page) => page.getByRole("heading", { name: "Журнал закрыт" });
const today = (page: Page) => page.getByRole("heading", { name: "Сегодня", exact: true });

/** Lets time pass, with all that the pages do meanwhile. */
const pass = (page: Page, ms: number): Promise<void> => page.clock.runFor(ms);

/** The browser says that the page went off the screen: a headless one never does. */
async function show(page: Page, state: "hidden" | "visible"): Promise<void> {
	await page.evaluate((next) => {
		Object.defineProperty(document, "visibilityState", { value: next, configurable: true });
		Object.defineProperty(document, "hidden", { value: next === "hidden", configurable: true });
		document.dispatchEvent(new Event("visibilitychange"));
	}, state);
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
	await page.clock.install();
	await signIn(page, school.url, "teacher");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.goto(`${school.url}/today`);
	await expect(today(page)).toBeVisible();
	await page.mouse.move(5, 5);
});

test.afterEach(() => tablet.close());

test("untouched for five minutes it locks, and for less it does not", async () => {
	await pass(page, 4 * MINUTE);
	await page.mouse.move(50, 50);
	await pass(page, 4 * MINUTE);
	await page.keyboard.press("Shift");
	await pass(page, 5 * MINUTE - LOOK_EVERY);
	await expect(today(page)).toBeVisible();
	await expect(closed(page)).toHaveCount(0);
	await pass(page, 2 * LOOK_EVERY);
	await expect(closed(page)).toBeVisible();
	await expect(page.getByText("Планшетом давно не пользовались")).toBeVisible();
});

test("somebody at work in another tab holds both open; when that one rests, both lock", async () => {
	const second = await tablet.newPage(); // under the same clock
	await second.goto(`${school.url}/journals`);
	await expect(second.getByRole("heading", { name: "Журналы", exact: true })).toBeVisible();
	for (let minute = 0; minute < 6; minute++) {
		await second.mouse.move(50 + minute, 50);
		await pass(page, MINUTE);
	}
	await expect(today(page)).toBeVisible();
	await pass(page, 5 * MINUTE);
	await expect(closed(page)).toBeVisible();
	await expect(closed(second)).toBeVisible();
});

test("off the screen for a minute it locks, for less it does not", async () => {
	await show(page, "hidden");
	await pass(page, MINUTE - LOOK_EVERY);
	await show(page, "visible");
	await pass(page, MINUTE);
	await expect(today(page)).toBeVisible();
	await show(page, "hidden");
	await pass(page, MINUTE + LOOK_EVERY);
	await expect(closed(page)).toBeVisible();
	await expect(page.getByText("Журнал был не на экране дольше минуты")).toBeVisible();
});

test("a tablet that slept for an hour locks at the first touch", async () => {
	// No timer has run: only the clock on the wall tells.
	await page.clock.setSystemTime(Date.now() + 60 * MINUTE);
	await expect(closed(page)).toHaveCount(0);
	await page.mouse.move(60, 60);
	await expect(closed(page)).toBeVisible();
});

test("a tablet that slept for an hour hands its key to no page that is loaded then", async () => {
	await page.clock.setSystemTime(Date.now() + 60 * MINUTE);
	await page.reload();
	await expect(closed(page)).toBeVisible();
	await unlock(page, PASSPHRASE);
	await page.clock.setSystemTime(Date.now() + 120 * MINUTE);
	const second = await tablet.newPage();
	await second.goto(`${school.url}/journals`);
	await expect(closed(second)).toBeVisible();
	await expect(closed(page)).toBeVisible();
});

test("the admin sets two minutes: a tablet at work locks by that, also opened anew without a network", async ({
	browser,
}) => {
	const board = await (await contextOf(browser, LOOK)).newPage();
	await signIn(board, school.url, "admin");
	await board.goto(`${school.url}/admin/settings`);
	await board.getByLabel("Через сколько минут без дела").fill("2");
	await board.locator('form.settings button[type="submit"]').click();
	await expect(pill(board)).toContainText("Всё отправлено");

	await page.goto(`${school.url}/me`);
	await expect(page.getByText("если планшет не трогать 2 минуты")).toBeVisible();
	await page.mouse.move(70, 70);
	await pass(page, 2 * MINUTE - LOOK_EVERY);
	await expect(closed(page)).toHaveCount(0);
	await pass(page, 2 * LOOK_EVERY);
	await expect(closed(page)).toBeVisible();

	await tablet.setOffline(true);
	await page.reload();
	await unlock(page, PASSPHRASE);
	await pass(page, 2 * MINUTE + LOOK_EVERY);
	await expect(closed(page)).toBeVisible();
	await board.context().close();
});
