/**
 * An undo is an entry of its own, inside the rules: of what the server has it writes a new one, of a correction that waits
 * it withdraws the request, and into a term that was locked meanwhile it waits for the deputy head. As the ledger has it.
 */

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Pen } from "./hands.ts";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const OLD = "8b-algebra/2026-11-03/5"; // its marks' fourteen days are over
const SENT = "Всё отправлено и в копии";

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

const line = (name: string) => page.locator(".mark-row", { hasText: name });

async function giveMark(name: string, mark: string): Promise<void> {
	await line(name).getByRole("button").click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
}

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	context = await contextOf(browser, LOOK);
	page = await context.newPage();
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toHaveText(SENT);
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("of what the server has, undo and redo write new entries, also after a reload", async () => {
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await giveMark("Абрамов Илья", "5");
	await expect(line("Абрамов Илья")).toHaveClass(/\bsafe\b/);
	await page.keyboard.press("Control+z");
	await expect(line("Абрамов Илья").locator(".marks")).toBeEmpty();
	await page.keyboard.press("Control+y");
	await expect(line("Абрамов Илья").locator(".marks")).toHaveText("5");
	await expect(pill(page)).toHaveText(SENT);
	await page.reload();
	await line("").first().waitFor();
	await page.keyboard.press("Control+z");
	await expect(line("Абрамов Илья").locator(".marks")).toBeEmpty();
	await expect(pill(page)).toHaveText(SENT);
});

test("of a correction that waits, undo withdraws the request", async () => {
	await page.goto(`${school.url}/lesson/${OLD}/marks`);
	await giveMark("Абрамов Илья", "5");
	await expect(pill(page)).toContainText("ждёт решения завуча: 1");
	await page.keyboard.press("Control+z");
	await expect(page.locator(".toasts")).toContainText("Исправление отозвано у завуча.");
	await expect(line("Абрамов Илья").locator(".marks")).toHaveText("3");
	await expect(pill(page)).toHaveText(SENT);
});

test("into a term that was locked meanwhile, undo waits for the deputy head, and the mark stays", async ({
	browser,
}) => {
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await giveMark("Белова Софья", "4");
	await expect(line("Белова Софья")).toHaveClass(/\bsafe\b/);
	const others = await browser.newContext();
	const office = await Pen.open(await others.newPage(), school.url, MOMENT, "karpov");
	await office.write([{ kind: "term", key: "q2", set: { locked: true, reason: "II четверть сдана" } }]);
	await others.close();
	await page.evaluate(() => dispatchEvent(new Event("focus")));
	await expect(page.locator("main")).toContainText("Период «II четверть» закрыт");
	await page.keyboard.press("Control+z");
	await expect(page.locator(".toasts")).toContainText("Записано и уйдёт завучу на согласование.");
	await expect(pill(page)).toContainText("ждёт решения завуча: 1");
	await expect(line("Белова Софья").locator(".marks")).toHaveText("4");

	await school.stop();
	const told = (await school.ledger()).filter(({ person }) => person === "t06");
	expect(
		told.filter(({ kind }) => kind === "mark").map(({ key, set, verdict }) => [key, set["value"], verdict]),
	).toEqual([
		[`${LESSON}/p2301/1`, "5", "accepted"],
		[`${LESSON}/p2301/1`, null, "accepted"],
		[`${LESSON}/p2301/1`, "5", "accepted"],
		[`${LESSON}/p2301/1`, null, "accepted"],
		[`${OLD}/p2301/1`, "5", "held"],
		[`${LESSON}/p2303/1`, "4", "accepted"],
		[`${LESSON}/p2303/1`, null, "held"],
	]);
	expect(told.map(({ n }) => n)).toEqual(told.map((_, i) => i + 1));
});
