/**
 * A lesson's page and a term's: the topic from the thematic plan, the kind of work, homework and the lesson it is for;
 * who lacks marks, «н/а» and «осв», and a pupil's list of marks one tap away. On the screen and in the ledger.
 */

import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, teacherIn } from "./screens.ts";

const PHONE: Look = { language: "ru", theme: "light", size: "phone" };

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

const line = (name: string): Locator => page.locator(".term-line", { hasText: name });
const key = (name: string): Locator => page.getByRole("toolbar").getByRole("button", { name, exact: true });

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	context = await contextOf(browser, PHONE);
	page = await teacherIn(context, school.url);
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("the next topic of the plan is one tap, plan stands against fact, another topic is found in the plan", async () => {
	await page.goto(`${school.url}/lesson/${LESSON}`);
	const head = page.locator("section.sheet", { hasText: "Тема" }).first();
	const field = page.getByRole("textbox", { name: "Тема" });
	await expect(head).toContainText("32 темы плана за 32 урока");
	await field.fill("Разбор ошибок");
	await field.blur();
	await expect(head).toContainText(/32 темы плана за 33 урока.*отставание: 1 урок/);
	await field.fill("");
	await field.blur();
	const suggestion = page.locator("button.suggestion");
	await expect(suggestion).toContainText("Дальше по плану, № 33");
	const topic = await suggestion.locator("span").textContent();
	await suggestion.tap();
	await expect(field).toHaveValue(topic ?? "");
	await expect(head).toContainText("по плану № 33 из 102");
	await expect(head).toContainText("33 темы плана за 33 урока");
	await expect(head).not.toContainText("отставание");
	await expect(suggestion).toHaveCount(0);

	await page.getByRole("button", { name: "Выбрать из плана" }).tap();
	const dialog = page.getByRole("dialog");
	await expect(dialog.locator(".plan-line[aria-current]")).toContainText("33");
	await expect(dialog.locator(".plan-line").nth(31)).toContainText(/дана \d+ нояб/);
	await dialog.getByRole("searchbox").fill("контрольная работа № 3");
	await dialog.locator(".plan-line").first().tap();
	await expect(field).toHaveValue(/^Контрольная работа № 3/);
	await expect(page.getByRole("button", { name: "Контрольная работа", exact: true })).toHaveAttribute(
		"aria-pressed",
		"true",
	);
	await page.getByRole("button", { name: "Самостоятельная", exact: true }).tap();
	await expect(page.getByRole("button", { name: "Контрольная работа", exact: true })).toHaveAttribute(
		"aria-pressed",
		"false",
	);
});

test("homework is for the next lesson by itself, for another by choice, and the last one is a tap away", async () => {
	const homework = page.getByLabel("Домашнее задание");
	await homework.fill("§ 18, № 310");
	await homework.blur();
	const sheet = page.locator("section.sheet", { has: homework });
	await expect(sheet.locator("h2")).toContainText("к среде, 25 ноября");
	await page.getByLabel("К какому уроку").selectOption({ label: "пятница, 27 ноября" });
	await expect(sheet.locator("h2")).toContainText("к пятнице, 27 ноября");
	const last = sheet.getByRole("link", { name: /^Прошлое, 20 нояб/ });
	const text = (await last.textContent())?.split(": ").slice(1).join(": ") ?? "";
	await last.tap();
	await expect(page).toHaveURL(/\/lesson\/8b-algebra\/2026-11-20\/2$/);
	await expect(page.getByLabel("Домашнее задание")).toHaveValue(text);
	await page.goto(`${school.url}/journal/8b-algebra`);
	const head = page.locator(`thead a[href="/lesson/${LESSON}"]`);
	await expect(head).toHaveAccessibleName(/Самостоятельная.*Контрольная работа № 3/);
});

test("a term: who has too few marks, «н/а» and «осв» by a key, a pupil's marks one tap away and back", async () => {
	await page.goto(`${school.url}/terms/8b-algebra`);
	await expect(page.locator("main")).toContainText("По норме школы за период нужно не меньше 5 отметок");
	const few = page.getByRole("radio", { name: /^Мало отметок · / });
	await few.check({ force: true });
	await expect(page.locator(".term-line").first()).toContainText(/мало отметок: \d из 5/);
	const all = await page.locator(".term-line").count();
	await expect(page.locator(".term-line", { hasText: /мало отметок: \d из 5/ })).toHaveCount(all);
	await page.getByRole("radio", { name: /^Все · / }).check({ force: true });
	for (const [name, mark] of [
		["Абрамов Илья", "н/а"],
		["Барсукова Алина", "осв"],
	] as const) {
		await line(name).locator(".term-tap").tap();
		await key(mark === "н/а" ? "н/а: не аттестован" : "осв: освобождён").tap();
		const reason = page.getByRole("dialog").getByRole("button", { name: "Мало отметок", exact: true });
		await reason.tap();
		await expect(line(name).locator(".given b")).toHaveText(mark);
		await expect(line(name)).toContainText("Почему: Мало отметок");
	}
	await line("Белова Софья")
		.getByRole("link", { name: /^Отметки ученика/ })
		.tap();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("Белова Софья");
	await expect(page.locator("main")).toContainText("18 ноября");
	await page.getByRole("button", { name: "Назад" }).tap();
	await expect(line("Белова Софья")).toBeVisible();
});

test("all of it is at the server as it stood on the screen", async () => {
	await expect(pill(page)).toContainText("Всё отправлено");
	await school.stop();
	const theirs = (await school.ledger()).filter(({ person }) => person === "t06");
	expect(theirs.filter(({ verdict }) => verdict !== "accepted")).toEqual([]);
	const stands = (of: string) => theirs.filter((entry) => entry.key === of).at(-1)?.row;
	expect(stands(LESSON)).toMatchObject({
		topic: expect.stringMatching(/^Контрольная работа № 3/),
		work: "independent",
		homework: "§ 18, № 310",
		due: "2026-11-27",
	});
	expect(stands("8b-algebra/q2/p2301")).toMatchObject({ value: "н/а", reason: "Мало отметок" });
	expect(stands("8b-algebra/q2/p2302")).toMatchObject({ value: "осв", reason: "Мало отметок" });
});
