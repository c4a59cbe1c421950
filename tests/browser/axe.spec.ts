/** WCAG 2.2 AA as far as axe can tell: it finds nothing on any screen, light and dark, on a tablet and a phone. */

import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { SCENES, stage } from "./scenes.ts";
import { contextOf, type Look, MOMENT, relook, SCREENS, type Screen, signIn, visit, type Who } from "./screens.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Each screen in these; the language changes no structure, so one each way.
const SEEN: readonly Look[] = [
	{ language: "ru", theme: "light", size: "tablet" },
	{ language: "en", theme: "dark", size: "phone" },
];

/** Fields whose text the browser would write into its own files, to fill them again after a restart. */
const REMEMBERED = ":is(textarea, input:not([type]), input[type=text], input[type=search]):not([autocomplete])";

/** What axe finds, one line each: rule, and where; and fields that the browser remembers. */
async function found(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
	const remembered = await page.locator(REMEMBERED).evaluateAll((fields) => fields.map((field) => field.outerHTML));
	return [
		...violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(" · ")}`),
		...remembered.map((field) => `remembered: ${field}`),
	];
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

/** How the chosen of a kind of control differ from the others: none when only the weight of the letters does. */
const backgrounds = (page: Page, chosen: string, others: string): Promise<string[]> =>
	page.evaluate(
		(selectors) =>
			selectors.map((selector) => {
				const found = document.querySelector(selector);
				return found ? getComputedStyle(found).backgroundColor : `no ${selector}`;
			}),
		[chosen, others],
	);

test.describe("axe finds nothing in the rare states of a tablet", () => {
	let school: School;
	test.beforeAll(async () => {
		school = await School.make(MOMENT);
	});
	test.afterAll(() => school.remove());
	for (const scene of SCENES)
		test(scene.name, async ({ browser }) => {
			const page = await stage(browser, school, scene);
			const troubles: string[] = [];
			for (const look of SEEN) {
				await relook(page, look);
				for (const screen of scene.screens) {
					await visit(page, school.url, screen);
					for (const line of await found(page)) troubles.push(`${screen.name} ${look.theme} ${look.size}: ${line}`);
					await screen.back?.(page);
				}
			}
			await page.context().close();
			expect(troubles).toEqual([]);
		});
});

test("in the system's high contrast what is chosen stands on the highlight", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const page = await (await contextOf(browser, SEEN[0] as Look)).newPage();
		await page.emulateMedia({ forcedColors: "active" });
		await signIn(page, school.url, "admin");
		await page.goto(`${school.url}/admin/settings`);
		await page.locator("form.settings .seg").first().waitFor();
		for (const [chosen, others] of [
			[".seg label.on", ".seg label:not(.on)"],
			[".tabs a[aria-current]", ".tabs a:not([aria-current])"],
			[".nav a[aria-current]", ".nav a:not([aria-current])"],
		] as const) {
			const [on, off] = await backgrounds(page, chosen, others);
			expect(on, chosen).toMatch(/^rgb/);
			expect(off, others).toMatch(/^rgb/);
			expect(on, chosen).not.toBe(off);
		}
		await page.screenshot({ path: "../screenshots/forced-colors.png" });
		const highlight = (await backgrounds(page, ".seg label.on", "body"))[0];
		// A page's own stylesheet comes after that of the shell.
		const family = await (await contextOf(browser, SEEN[0] as Look)).newPage();
		await family.emulateMedia({ forcedColors: "active" });
		await signIn(family, school.url, "parent");
		await family.locator(".week a.on").waitFor();
		const [on, off] = await backgrounds(family, ".week a.on", ".week a:not(.on)");
		expect([on, on === off]).toEqual([highlight, false]);
	} finally {
		await school.remove();
	}
});

test("axe can fail: a picture without words is found", async ({ page }) => {
	await page.setContent(
		'<html lang="ru"><title>t</title><main><h1>t</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>',
	);
	expect((await found(page)).some((line) => line.startsWith("image-alt"))).toBe(true);
});
