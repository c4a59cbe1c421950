/**
 * A roll call in full, and a lesson by keys alone: what Tab reaches, in sight and ringed, from the sign-in through roll
 * call, marks, a comment and the search to the lock. On the screen and in the ledger.
 */

import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { tabTo } from "./keyboard.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const OTHER = "8v-geometry/2026-11-24/4";

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

const pupil = (name: string): Locator => page.locator("ol.roll li", { hasText: name });
const roll = (): Locator => page.locator("section.sheet", { has: page.locator("ol.roll") });

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	context = await contextOf(browser, LOOK);
	page = await context.newPage();
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("everyone is here by one tap; a second tap is late, each further one five minutes more or less, a third takes it back", async () => {
	await signIn(page, school.url, "teacher");
	await page.goto(`${school.url}/lesson/${LESSON}`);
	await expect(roll()).toContainText("ещё не проведена");
	await expect(roll().locator("li.here")).toHaveCount(29);
	await roll().getByRole("button", { name: "Все на месте" }).click();
	await expect(roll()).toContainText("присутствуют 29 из 29");
	await expect(roll()).toContainText("проведена");

	const late = pupil("Жуков Максим");
	await late.getByRole("button").first().click();
	await expect(late).toHaveClass(/\babsent\b/);
	await late.getByRole("button").first().click();
	await expect(late.locator(".stamp")).toContainText("о · 5 мин");
	const minutes = late.getByRole("group", { name: "Минуты опоздания: Жуков Максим" });
	const more = minutes.getByRole("button", { name: "Больше на 5 минут" });
	await expect(minutes.getByRole("button", { name: "Меньше на 5 минут" })).toBeDisabled();
	await more.click();
	await expect(late.locator(".stamp")).toContainText("10 мин");
	await more.click();
	await minutes.getByRole("button", { name: "Меньше на 5 минут" }).click();
	await expect(late.locator(".stamp")).toContainText("10 мин");

	const back = pupil("Белова Софья");
	for (const stands of ["absent", "late", "here"]) {
		await back.getByRole("button").first().click();
		await expect(back).toHaveClass(new RegExp(`\\b${stands}\\b`));
	}
	// Late is here.
	await expect(roll()).toContainText("присутствуют 29 из 29");
});

test("nothing can be attached that would not be sent", async () => {
	const files = page.locator('input[type="file"]');
	for (const path of [`/lesson/${LESSON}`, `/lesson/${LESSON}/marks`, "/journal/8b-algebra"]) {
		await page.goto(`${school.url}${path}`);
		await page.locator("ol.roll li, .mark-row, [role=grid] td").first().waitFor();
		await expect(files).toHaveCount(0);
	}
	await page.locator("[role=grid] td.today").first().click();
	await page.keyboard.press("Shift+F2");
	await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeVisible();
	await expect(files).toHaveCount(0);
	await page.keyboard.press("Escape");
});

test("a lesson by keys alone, from the sign-in to the lock", async () => {
	await context.close();
	context = await contextOf(page.context().browser() as NonNullable<ReturnType<BrowserContext["browser"]>>, LOOK);
	page = await context.newPage();
	const press = (...keys: string[]): Promise<void> =>
		keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
	await page.goto(school.url);
	await page.locator('input[name="login"]').waitFor();
	await tabTo(page, /Логин/);
	await page.keyboard.type("petrova");
	await tabTo(page, /Пароль/);
	await page.keyboard.type("zvonok-petrova");
	await press("Enter");
	await expect(page.getByRole("heading", { name: "Сегодня", exact: true })).toBeVisible();

	await tabTo(page, /8 «В» · Геометрия/);
	await press("Enter");
	await expect(page).toHaveURL(`${school.url}/lesson/${OTHER}`);
	const first = page.locator("ol.roll li").first();
	const name = (await first.locator(".who").textContent()) ?? "";
	await tabTo(page, new RegExp(name));
	await press("Space");
	await expect(first).toHaveClass(/\babsent\b/);
	await press("Space");
	await expect(first).toHaveClass(/\blate\b/);
	await tabTo(page, /Больше на 5 минут/);
	await press("Enter");
	await expect(first.locator(".stamp")).toContainText("10 мин");

	await tabTo(page, /^Отметки .*→|^К отметкам/);
	await press("Enter");
	const line = (n: number): Locator => page.locator(".mark-row").nth(n);
	await expect(line(1)).toBeVisible();
	await press("5", "4", "/", "3");
	await expect(line(0).locator(".marks")).toHaveText("5");
	await expect(line(1).locator(".marks")).toHaveText("4/3");
	await press("Control+z");
	await expect(line(1).locator(".marks")).toHaveText("4");

	await press("Control+k");
	await page.keyboard.type("ковал");
	await press("Enter");
	await expect(page.getByRole("heading", { level: 1 })).toContainText("Ковал");
	await tabTo(page, /Внимание/);
	await press("Enter");
	await expect(page).toHaveURL(/\/attention$/);
	await tabTo(page, /Я/);
	await expect(pill(page)).toContainText("Всё отправлено");

	await press("Control+Shift+L");
	await expect(page.getByRole("heading", { name: "Журнал закрыт" })).toBeVisible();
	await page.keyboard.type("zvonok-petrova");
	await press("Enter");
	await expect(page.locator("nav").first()).toBeVisible();
});

test("all of it is at the server as it stood on the screen", async () => {
	await expect(pill(page)).toContainText("Всё отправлено");
	await school.stop();
	const theirs = (await school.ledger()).filter(({ person }) => person === "t06");
	expect(theirs.filter(({ verdict }) => verdict !== "accepted")).toEqual([]);
	const last = (key: string) => theirs.filter((entry) => entry.key === key).at(-1)?.row;
	expect(last(LESSON)).toMatchObject({ roll: true });
	expect(last(`${LESSON}/p2311`)).toMatchObject({ presence: "late", minutes: 10 });
	expect(last(`${LESSON}/p2303`)).toMatchObject({ presence: "present" });
	const keyed = theirs.filter(({ key }) => key.startsWith(OTHER)).map(({ kind, set }) => [kind, set]);
	expect(keyed).toContainEqual(["attendance", { minutes: 10 }]);
	expect(keyed.filter(([kind]) => kind === "mark").map(([, set]) => set)).toEqual([
		{ value: "5" },
		{ value: "4" },
		{ value: "3" },
		{ value: null },
	]);
});
