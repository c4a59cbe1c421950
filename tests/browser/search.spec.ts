/**
 * Two ways that lead from every screen: to any pupil or journal by the search, which offers today's journals and those
 * opened last, and to what needs attention, in one tap.
 */

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, SCREENS, signIn, visit } from "./screens.ts";

const TABLET: Look = { language: "ru", theme: "light", size: "tablet" };
const PHONE: Look = { language: "ru", theme: "light", size: "phone" };

let school: School;
let context: BrowserContext;
let page: Page;

const dialog = () => page.getByRole("dialog");
const field = () => page.getByRole("combobox", { name: "Фамилия, имя или журнал" });
const group = (name: string) => dialog().getByRole("group", { name, exact: true });

test.beforeAll(async () => {
	school = await School.make(MOMENT);
});

test.afterAll(() => school?.remove());

test.afterEach(() => context?.close());

for (const [name, look] of [
	["a tablet", TABLET],
	["a phone", PHONE],
] as const) {
	test(`on ${name} both ways lead from every screen`, async ({ browser }) => {
		context = await contextOf(browser, look);
		page = await context.newPage();
		await signIn(page, school.url, "teacher");
		for (const screen of SCREENS.teacher.filter(({ steps }) => !steps)) {
			await visit(page, school.url, screen);
			const button = page.getByRole("button", { name: "Найти ученика или журнал" });
			const attention = page.getByRole("link", { name: /^Внимание/ }).first();
			for (const way of [button, attention]) {
				await expect(way, screen.name).toBeInViewport({ ratio: 1 });
				const box = await way.boundingBox();
				expect(Math.min(box?.width ?? 0, box?.height ?? 0), screen.name).toBeGreaterThanOrEqual(40);
			}
			await page.keyboard.press("Control+k");
			await expect(field(), screen.name).toBeFocused();
			await page.keyboard.press("Escape");
			await expect(dialog(), screen.name).toHaveCount(0);
			await button.click();
			await field().fill("ковалева");
			await expect(page.getByRole("option").first(), screen.name).toContainText("Ковалёва Дарья");
			// The first takes the text away.
			for (const key of ["Escape", "Escape"]) await page.keyboard.press(key);
			await attention.click();
			await expect(page).toHaveURL(/\/attention$/);
		}
	});
}

test("an empty field offers today's journals, then those opened last, the latest first, to each person their own", async ({
	browser,
}) => {
	context = await contextOf(browser, TABLET);
	page = await context.newPage();
	await signIn(page, school.url, "teacher");
	const ids = (prefix: string): Promise<string[]> =>
		page
			.locator(`main a[href^="/${prefix}/"]`)
			.evaluateAll((all, at) => all.map((a) => a.getAttribute("href")?.split("/")[at] ?? ""), 2);
	await page.locator(".lesson-card").first().waitFor();
	const today = new Set(await ids("lesson"));
	await page.goto(`${school.url}/journals`);
	await page.locator('main a[href^="/journal/"]').first().waitFor();
	const others = [...new Set(await ids("journal"))].filter((id) => !today.has(id)).slice(0, 2);
	expect(others).toHaveLength(2);
	const titles: string[] = [];
	for (const id of others) {
		await page.goto(`${school.url}/journal/${id}`);
		// In the list the class and the subject stand apart.
		titles.push(((await page.getByRole("heading", { level: 1 }).textContent()) ?? "").replace(" · ", ""));
		// It is remembered once its screen is on the glass.
		await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain(id);
	}
	await page.reload();
	await page.getByRole("heading", { level: 1 }).waitFor();
	await page.keyboard.press("Control+k");
	await expect(group("Сегодня").getByRole("option")).toHaveCount(today.size);
	await expect(dialog().getByRole("group").first()).toHaveAccessibleName("Сегодня");
	const recent = group("Недавние журналы").getByRole("option");
	await expect(recent).toHaveCount(2);
	for (const [n, title] of [...titles].reverse().entries()) await expect(recent.nth(n)).toContainText(title);
	for (let n = 0; n < today.size + 1; n += 1) await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(new RegExp(`/journal/${others[0]}$`));
	await page.keyboard.press("Control+k");
	await expect(recent.first()).toContainText(titles[0] ?? "");

	await page.keyboard.press("Escape");
	await page.keyboard.press("Control+Shift+L");
	await page.getByRole("button", { name: "Войти другому по логину" }).click();
	await page.locator('input[name="login"]').fill("orlov");
	await page.locator('input[name="password"]').fill("zvonok-orlov");
	await page.keyboard.press("Enter");
	await page.locator("nav").first().waitFor();
	await page.keyboard.press("Control+k");
	await expect(group("Сегодня")).toBeVisible();
	for (const title of titles) await expect(group("Недавние журналы").getByText(title)).toHaveCount(0);
});

test("what is typed before the field has come is for it, and is no mark of the lesson below", async ({ browser }) => {
	context = await contextOf(browser, TABLET);
	page = await context.newPage();
	await signIn(page, school.url, "teacher");
	await page.goto(`${school.url}/lesson/8b-algebra/2026-11-24/5/marks`);
	const row = page.locator("ol.mark-list li").first();
	await row.getByRole("button").click();
	const before = await row.textContent();
	// In one turn of the page: no code can have come between.
	const atOnce = (...keys: string[]): Promise<void> =>
		page.evaluate((pressed) => {
			for (const key of ["k", ...pressed])
				document.activeElement?.dispatchEvent(
					new KeyboardEvent("keydown", {
						key,
						bubbles: true,
						cancelable: true,
						...(key === "k" ? { code: "KeyK", ctrlKey: true } : {}),
					}),
				);
		}, keys);
	await atOnce("о");
	await expect(field()).toHaveValue("о");
	await page.keyboard.press("Escape");
	expect(await row.textContent()).toBe(before);

	await page.reload(); // the code has to come anew
	await row.waitFor();
	await atOnce(..."ковал", "Enter");
	await expect(page.getByRole("heading", { level: 1 })).toContainText("Ковал");
});
