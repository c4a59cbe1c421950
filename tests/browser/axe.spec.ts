/** WCAG 2.2 AA as far as axe can tell: it finds nothing on any screen, light and dark, on a tablet and a phone. */

import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, relook, SCREENS, type Screen, signIn, visit, type Who } from "./screens.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Each screen in these; the language changes no structure, so one each way.
const SEEN: readonly Look[] = [
	{ language: "ru", theme: "light", size: "tablet" },
	{ language: "en", theme: "dark", size: "phone" },
];

/** What axe finds, one line each: rule, and where. */
async function found(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
	return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(" · ")}`);
}

async function walk(browser: Browser, wanted: (screen: Screen) => boolean): Promise<string[]> {
	const school = await School.make(MOMENT);
	const troubles: string[] = [];
	try {
		for (const [who, screens] of Object.entries(SCREENS) as [Who, (typeof SCREENS)[Who]][]) {
			const chosen = screens.filter(wanted);
			if (!chosen.length) continue;
			const context = await contextOf(browser, SEEN[0] as Look);
			const page = await context.newPage();
			await page.goto(school.url);
			await relook(page, SEEN[0] as Look);
			await page.locator('input[name="login"]').waitFor();
			if (who === "teacher") for (const line of await found(page)) troubles.push(`sign-in: ${line}`);
			await signIn(page, school.url, who);
			for (const look of SEEN) {
				await relook(page, look);
				for (const screen of chosen) {
					await visit(page, school.url, screen);
					await expect(page.locator("html")).toHaveAttribute("data-theme", look.theme);
					for (const line of await found(page)) troubles.push(`${screen.name} ${look.theme} ${look.size}: ${line}`);
					await screen.back?.(page);
				}
			}
			await context.close();
		}
	} finally {
		await school.remove();
	}
	return troubles;
}

test("axe finds nothing on any screen", async ({ browser }) => {
	expect(await walk(browser, ({ steps }) => !steps)).toEqual([]);
});

test("axe finds nothing in an open dialog or on a lock", async ({ browser }) => {
	expect(await walk(browser, ({ steps }) => steps !== undefined)).toEqual([]);
});

test("axe can fail: a picture without words is found", async ({ page }) => {
	await page.setContent(
		'<html lang="ru"><title>t</title><main><h1>t</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>',
	);
	expect((await found(page)).some((line) => line.startsWith("image-alt"))).toBe(true);
});
