/**
 * Every control of every screen is reached by Tab alone, in the window and ringed when it is, and Tab leads out again. A
 * grid, a list of rows and a group of choices are one stop each: the arrows go on inside.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, SCREENS, signIn, visit, type Who } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const MOST = 400;

let school: School;

test.beforeAll(async () => {
	school = await School.make(MOMENT);
});

test.afterAll(() => school?.remove());

/** Numbers what can be reached, and says what it is; what lies folded or is a stop of the arrows' is left out. */
function controls(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const all = document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary");
		const open = [...all].filter((element) => {
			if (element.tabIndex < 0 || element.matches(":disabled, [type=radio]:not(:checked)")) return false;
			// Beside a grid the strip is the finger's: its keys have letters of their own there.
			if (element.closest("[role=toolbar]") && document.querySelector("[role=grid]")) return false;
			return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
		});
		for (const [n, element] of open.entries()) element.dataset["stop"] = String(n);
		return open.map((element) => `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent}`);
	});
}

for (const [who, screens] of Object.entries(SCREENS) as [Who, (typeof SCREENS)[Who]][])
	test(`every control is reached by Tab: ${who}`, async ({ browser }) => {
		const context = await contextOf(browser, LOOK);
		const page = await context.newPage();
		await signIn(page, school.url, who);
		const wrong: string[] = [];
		for (const screen of screens.filter(({ steps }) => !steps)) {
			await visit(page, school.url, screen);
			const all = await controls(page);
			const reached = new Set<string>();
			let rounds = 0;
			for (let n = 0; n < MOST && rounds < 2; n += 1) {
				await page.keyboard.press("Tab");
				const at = await page.evaluate(() => {
					const focused = document.activeElement as HTMLElement;
					const { left, right, top, bottom } = focused.getBoundingClientRect();
					const style = getComputedStyle(focused);
					return {
						stop: focused.dataset["stop"] ?? "",
						out: focused === document.body,
						seen: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
						// The parts of a date have the browser's own rings; a choice's label has its radio's.
						ringed:
							focused.matches("[type=date], [type=radio], [type=checkbox]") ||
							style.outlineStyle !== "none" ||
							style.boxShadow !== "none",
					};
				});
				if (at.out) rounds += 1;
				if (at.out || !at.stop) continue;
				const what = `${screen.name}: ${all[Number(at.stop)]}`;
				if (!at.seen) wrong.push(`out of the window: ${what}`);
				if (!at.ringed) wrong.push(`no ring: ${what}`);
				reached.add(at.stop);
			}
			if (rounds < 2) wrong.push(`${screen.name}: Tab does not lead out`);
			for (const [n, what] of all.entries())
				if (!reached.has(String(n))) wrong.push(`not reached: ${screen.name}: ${what}`);
		}
		expect([...new Set(wrong)]).toEqual([]);
		await context.close();
	});

test("the focus stays in the row of a board that is asked again and again", async ({ browser }) => {
	const teachers = await contextOf(browser, LOOK);
	await signIn(await teachers.newPage(), school.url, "teacher");
	await teachers.close();
	const context = await contextOf(browser, LOOK);
	const page = await context.newPage();
	await signIn(page, school.url, "admin");
	await page.goto(`${school.url}/admin`);
	const revoke = page.getByRole("button", { name: "Отозвать" }).first();
	await revoke.focus();
	const row = page.locator("tbody tr", { has: page.locator(":focus") });
	// With the second the first has long been shown.
	for (let n = 0; n < 2; n += 1) {
		const answer = await page.waitForResponse((one) => one.url().endsWith("/tablets") && one.ok());
		await answer.finished();
	}
	await expect(row).toHaveCount(1);
	await expect(row.locator(":focus")).toHaveText("Отозвать");
	await context.close();
});
