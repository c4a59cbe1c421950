/** The page's strict policy in a real Chromium: no screen breaks it, and what breaks it is refused. */

import { type BrowserContext, expect, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, SCREENS, signIn, visit, type Who } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };

let school: School;

test.beforeAll(async () => {
	school = await School.make(MOMENT);
});

test.afterAll(async () => {
	await school.remove();
});

/** What the policy refuses in any page of the context, from its first script on. */
async function refusals(context: BrowserContext): Promise<string[]> {
	const found: string[] = [];
	await context.exposeBinding("refused", (_, line: string) => found.push(line));
	await context.addInitScript(() => {
		const tell = (globalThis as unknown as { refused: (line: string) => void }).refused;
		document.addEventListener("securitypolicyviolation", (event) =>
			tell(`${event.violatedDirective}: ${event.blockedURI} ${event.sample} at ${event.sourceFile}`),
		);
	});
	context.on("weberror", (error) => found.push(error.error().message));
	return found;
}

test("no screen breaks the policy, nor does the worker that keeps the app; nobody but the school is asked", async ({
	browser,
}) => {
	for (const [who, screens] of Object.entries(SCREENS) as [Who, (typeof SCREENS)[Who]][]) {
		const context = await contextOf(browser, LOOK);
		const found = await refusals(context);
		const asked = new Set<string>();
		context.on("request", (request) => asked.add(new URL(request.url()).origin));
		const page = await context.newPage();
		page.on("websocket", (line) => asked.add(new URL(line.url()).origin.replace(/^ws/, "http")));
		await page.goto(school.url);
		await signIn(page, school.url, who);
		for (const screen of screens) {
			await visit(page, school.url, screen);
			await screen.back?.(page);
		}
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		expect(found, who).toEqual([]);
		expect([...asked], who).toEqual([school.url]);
		await context.close();
	}
});

test("planted markup, a planted script and another policy are refused", async ({ browser }) => {
	const context = await contextOf(browser, LOOK);
	const found = await refusals(context);
	const page = await context.newPage();
	await page.goto(school.url);
	await page.locator('input[name="login"]').waitFor();
	// In the page's own world, as a script that somebody has smuggled in would do it.
	const outcomes = await page.evaluate(() => {
		const attempt = (what: () => unknown): string => {
			try {
				what();
				return "done";
			} catch (error) {
				return error instanceof Error ? error.name : "thrown";
			}
		};
		type Factory = { createPolicy(name: string, rules: object): unknown };
		const { trustedTypes } = globalThis as unknown as { trustedTypes: Factory };
		return {
			markup: attempt(() => {
				document.body.innerHTML = "<b>planted</b>";
			}),
			inserted: attempt(() => document.body.insertAdjacentHTML("beforeend", "<b>planted</b>")),
			script: attempt(() => {
				document.createElement("script").src = "/assets/planted.js";
			}),
			worker: attempt(() => new Worker("/sw.js")),
			evaluated: attempt(() => setTimeout("document.title = 'planted'")),
			another: attempt(() => trustedTypes.createPolicy("planted", {})),
			again: attempt(() => trustedTypes.createPolicy("zvonok", {})),
		};
	});
	expect(Object.values(outcomes)).not.toContain("done");
	expect(await page.locator("text=planted").count()).toBe(0);
	await expect.poll(() => found.length).toBeGreaterThanOrEqual(Object.keys(outcomes).length);
	await context.close();
});
