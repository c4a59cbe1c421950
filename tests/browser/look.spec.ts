/**
 * What the system asks of the look: less movement, more contrast. And that a screen in English says nothing of its own
 * in Russian.
 */

import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, relook, SCREENS, signIn, visit, type Who } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const BOOK = fileURLToPath(new URL("../../pwa/src/ui/phrases/ru/", import.meta.url));

let school: School;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	context = await contextOf(browser, LOOK);
	page = await context.newPage();
	await signIn(page, school.url, "teacher");
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("who wants less movement sees none, whatever a stylesheet asks for", async () => {
	await page.goto(`${school.url}/journal/8b-algebra`);
	await page.locator("[role=grid] td").first().waitFor();
	// What any part of the app may come to ask for.
	await page.evaluate(() => {
		const moving = new CSSStyleSheet();
		moving.replaceSync(
			"@keyframes away { to { opacity: 0 } } td, .btn, .btn::before { transition: all 2s; animation: away 2s } .grid-scroll { scroll-behavior: smooth }",
		);
		document.adoptedStyleSheets = [moving];
	});
	const slowest = (): Promise<{ seconds: number; smooth: number }> =>
		page.evaluate(() => {
			const found = { seconds: 0, smooth: 0 };
			for (const element of document.querySelectorAll("*"))
				for (const part of [undefined, "::before", "::after"]) {
					const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element, part);
					const each = `${transitionDuration}, ${animationDuration}`.split(", ").map(Number.parseFloat);
					found.seconds = Math.max(found.seconds, ...each);
					if (scrollBehavior === "smooth") found.smooth += 1;
				}
			return found;
		});
	expect((await slowest()).seconds, "it moves").toBe(2);
	await page.emulateMedia({ reducedMotion: "reduce" });
	expect((await slowest()).seconds).toBeLessThan(0.001);
	expect((await slowest()).smooth).toBe(0);
	await page.emulateMedia({ reducedMotion: null });
});

/** The least contrast between small or soft text, marks, and what they stand on, and of the lines between cells. */
function contrasts(): Promise<{ text: number; lines: number }> {
	return page.evaluate(() => {
		const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
		const light = (colour: string): number => {
			if (!canvas) return Number.NaN;
			canvas.fillStyle = colour;
			canvas.fillRect(0, 0, 1, 1);
			const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
				const share = part / 255;
				return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const ratio = (a: string, b: string): number => {
			const [most = 0, least = 0] = [light(a), light(b)].sort((x, y) => y - x);
			return (most + 0.05) / (least + 0.05);
		};
		const under = (element: Element): string => {
			for (let at: Element | null = element; at; at = at.parentElement) {
				const { backgroundColor } = getComputedStyle(at);
				if (!/, 0\)$|transparent/.test(backgroundColor)) return backgroundColor;
			}
			return "#fff";
		};
		const soft = [...document.querySelectorAll("main small, main .soft, .grid .marks, .grid .presence")];
		const cells = [...document.querySelectorAll("[role=grid] tbody td")].slice(0, 60);
		return {
			text: Math.min(...soft.map((element) => ratio(getComputedStyle(element).color, under(element)))),
			lines: Math.min(...cells.map((td) => ratio(getComputedStyle(td).borderBottomColor, under(td)))),
		};
	});
}

for (const theme of ["light", "dark"] as const)
	test(`who wants more contrast gets it, ${theme}`, async () => {
		await relook(page, { ...LOOK, theme });
		await page.goto(`${school.url}/journal/8b-algebra`);
		await page.locator("[role=grid] td").first().waitFor();
		await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
		const plain = await contrasts();
		await page.emulateMedia({ contrast: "more" });
		const more = await contrasts();
		await page.emulateMedia({ contrast: null });
		expect(more.text).toBeGreaterThanOrEqual(7);
		expect(more.lines).toBeGreaterThan(plain.lines * 1.5);
	});

/** Every sentence and word of the Russian book that stands alone: without numbers or names in it. */
async function russian(): Promise<Set<string>> {
	const found = new Set<string>();
	const gather = (value: unknown): void => {
		if (typeof value === "string" && /[а-яё]{3}/i.test(value)) found.add(value);
		else if (typeof value === "object" && value !== null) Object.values(value).forEach(gather);
	};
	for (const file of await readdir(BOOK)) gather(((await import(`${BOOK}${file}`)) as { default: unknown }).default);
	found.delete("История"); // a subject of the school's as well
	return found;
}

test("in English no screen says anything of the Russian book, nor does a control's name", async ({ browser }) => {
	const book = await russian();
	expect(book.size).toBeGreaterThan(400);
	const said: string[] = [];
	for (const [who, screens] of Object.entries(SCREENS) as [Who, (typeof SCREENS)[Who]][]) {
		const other = await contextOf(browser, LOOK);
		const english = await other.newPage();
		await signIn(english, school.url, who);
		await relook(english, { ...LOOK, language: "en" });
		await english.reload();
		await expect(english.locator("html")).toHaveAttribute("lang", "en");
		for (const screen of screens) {
			await visit(english, school.url, screen);
			const texts = await english.evaluate(() => {
				const own = ["aria-label", "title", "placeholder", "alt"];
				const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
				const all: string[] = [];
				while (walker.nextNode()) all.push(walker.currentNode.textContent?.trim() ?? "");
				for (const element of document.querySelectorAll(own.map((name) => `[${name}]`).join()))
					for (const name of own) all.push(element.getAttribute(name) ?? "");
				return [...all, document.title];
			});
			for (const text of texts) if (book.has(text)) said.push(`${screen.name}: ${text}`);
			await screen.back?.(english);
		}
		await other.close();
	}
	expect([...new Set(said)]).toEqual([]);
});
