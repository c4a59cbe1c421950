/**
 * What needs a person, and what will: a correction that waits for the deputy head, from two taps away, with the rule,
 * the names and the ways out; a deadline before it is missed; what has waited for days; and what a mean is made of.
 */

import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { badge, contextOf, LESSON, type Look, lies, MOMENT, pill, signIn, unlock } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const DAY = 86_400_000;
const OLD = "8b-algebra/2026-11-03/5"; // its marks' fourteen days are over
const LATE = "8b-algebra/2026-11-11/4"; // they end tomorrow

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

const line = (name: string): Locator => page.locator(".mark-row", { hasText: name });
const mean = (name: string): Locator => page.getByRole("row", { name: new RegExp(name) }).locator("td.mean");

async function giveMark(lesson: string, name: string, mark: string): Promise<void> {
	await page.goto(`${school.url}/lesson/${lesson}/marks`);
	await line(name).getByRole("button").click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
}

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	context = await contextOf(browser, LOOK);
	await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: school.url });
	page = await context.newPage();
	await page.clock.install({ time: Date.now() });
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toContainText("Всё отправлено и в копии");
	await page.evaluate(() => navigator.serviceWorker.ready);
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("a correction past its window waits for the deputy head: one tap from anywhere, with the rule, the names, the ways out", async () => {
	await giveMark(OLD, "Абрамов Илья", "5");
	await expect(line("Абрамов Илья")).toHaveClass(/\bheld\b/);
	await expect(line("Абрамов Илья").locator(".marks")).toHaveText("3");
	// Nothing is to be done about it here: it is told calmly, and the section has no badge.
	await expect(pill(page)).toHaveText("Всё отправлено и в копии · ждёт решения завуча: 1");
	await expect(pill(page).locator(".pill")).toHaveClass(/\bheld\b/);
	await expect(badge(page)).toHaveCount(0);
	await pill(page).click();
	await expect(page).toHaveURL(/\/attention$/);
	const card = page.locator("article.held");
	// Another screen's look came along once: the lesson's styles are here still.
	await expect(card.locator(".why")).toHaveCSS("text-decoration-line", "none");
	await expect(card.locator(".values")).toContainText(/3.*сейчас в журнале.*5.*ваше исправление.*написано/);
	await expect(card).toContainText("Исправлять отметку можно 14 дней с момента выставления");
	await expect(card).toContainText(/Разрешить может завуч — .*Кузнецова Марина Львовна/);
	await card.getByRole("button", { name: "Попросить завуча" }).click();
	await expect
		.poll(() => page.evaluate(() => navigator.clipboard.readText()))
		.toContain("ждёт вашего решения исправление");
	// No pupil is named where the text may go.
	expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain("Абрамов");
});

test("what the teacher says for it is written without a network, outlives its page, and reaches the deputy head", async ({
	browser,
}) => {
	await context.setOffline(true);
	await page.goto(`${school.url}/attention`);
	const plea = page.getByLabel("Почему нужно исправить");
	await plea.fill("Ошибка при переносе");
	await expect.poll(() => lies(page)).toBe(true);
	await page.reload();
	await expect(plea).toHaveValue("Ошибка при переносе");
	await plea.fill("Ошибка при переносе из тетради");
	await plea.blur();
	await expect(pill(page)).toHaveText("2 записи только на этом планшете · ждёт решения завуча: 1");
	await context.setOffline(false);
	await expect(pill(page)).toHaveText("Всё отправлено и в копии · ждёт решения завуча: 1", { timeout: 15_000 });
	await page.screenshot({ path: "../screenshots/plea.png", fullPage: true });

	const office = await contextOf(browser, { ...LOOK, size: "phone" });
	const deputy = await office.newPage();
	await signIn(deputy, school.url, "deputy_head");
	await deputy.goto(`${school.url}/office`);
	const card = deputy.locator("article.held", { hasText: "Абрамов Илья" });
	await expect(card).toContainText("Пояснение автора: «Ошибка при переносе из тетради»");
	await card.getByRole("button", { name: "С пояснением" }).click();
	await card.getByRole("textbox").fill("Покажите тетрадь");
	await expect.poll(() => lies(deputy, "deputy1")).toBe(true);
	await deputy.screenshot({ path: "../screenshots/plea-office.png", fullPage: true });
	await deputy.reload();
	await expect(card.getByRole("textbox")).toHaveValue("Покажите тетрадь");
	await office.close();
});

test("a mean says what it contains: confirmed, not sent yet, waiting for the deputy head", async () => {
	await page.goto(`${school.url}/journal/8b-algebra`);
	await expect(mean("Абрамов Илья")).toContainText(/подтверждено \d+, исправлений у завуча 1, в среднем их нет/);
	await context.setOffline(true);
	await giveMark(LESSON, "Белова Софья", "5");
	await expect(line("Белова Софья")).toHaveClass(/\blocal\b/);
	await page.goto(`${school.url}/journal/8b-algebra`);
	await expect(mean("Белова Софья")).toContainText(/подтверждено \d+, ещё не отправлено 1/);
	await expect(mean("Барсукова Алина")).not.toContainText("подтверждено");
});

test("a correction whose window ends tomorrow is warned about while it can't be sent", async () => {
	await giveMark(LATE, "Бочарова Любовь", "5");
	await expect(line("Бочарова Любовь").locator(".marks")).toHaveText("5");
	await page.goto(`${school.url}/attention`);
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("Требуют внимания: 1");
	await expect(badge(page)).toHaveText("1");
	await expect(pill(page)).toContainText(/^2 записи только на этом планшете.* · 1 требует внимания$/);
	const card = page.locator("article", { hasText: "Скоро выйдет срок" });
	await expect(card).toContainText("1 неотправленная запись выйдет из срока: среда, 25 ноября");
	await expect(card).toContainText("изменить их без завуча можно до");
	await expect(card.getByRole("button", { name: "Сохранить записи в файл" })).toBeVisible();
	await card.getByRole("button", { name: "Отправить сейчас" }).click();
	await expect(page.locator(".toasts")).toContainText("Сервер пока не отвечает. Записи остались на планшете.");
});

test("after three days the line says how old the oldest is, and a way out without a network is offered", async () => {
	await page.keyboard.press("Control+Shift+L");
	await expect(page.locator("main.locked")).toBeVisible();
	await page.clock.setSystemTime(Date.now() + 3 * DAY);
	await page.reload();
	await unlock(page, "zvonok-petrova");
	await expect(pill(page)).toContainText("2 записи только на этом планшете · 3 дн.");
	await page.goto(`${school.url}/attention`);
	await expect(page.locator("article", { hasText: "Давно не отправлялось" })).toContainText(
		"сохраните запечатанный файл",
	);
});

test("sent again and withdrawn: nothing needs anybody, and the mark is what it was", async () => {
	await page.clock.setSystemTime(Date.now());
	await context.setOffline(false);
	await page.reload();
	const card = page.locator("article.held");
	await card.getByRole("button", { name: "Отозвать исправление" }).click();
	await expect(card).toHaveCount(0);
	await expect(pill(page)).toHaveText("Всё отправлено и в копии");
	await page.goto(`${school.url}/lesson/${OLD}/marks`);
	await expect(line("Абрамов Илья").locator(".marks")).toHaveText("3");
	await expect(line("Абрамов Илья")).toHaveClass(/\bsafe\b/);
});
