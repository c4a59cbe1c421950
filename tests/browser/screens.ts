/**
 * Every screen of the app, by the person who sees it: walked by `axe.spec.ts`, and photographed by `make screens`.
 *
 * A new screen is a line here. What a screen needs before it can be looked at is its `ready`.
 */

import type { Browser, BrowserContext, Locator, Page } from "@playwright/test";
import type { Hello } from "../../pwa/src/generated/messages.ts";

/** A moment in a lesson's break of the demo school's year: lessons behind, lessons ahead. */
export const MOMENT = "2026-11-24T13:30:00+03:00";

/** The people of the demo school, by the role under which it tells their sign-ins. */
export type Who = "teacher" | "class_teacher" | "deputy_head" | "admin" | "parent";

export interface Screen {
	readonly name: string;
	readonly path: string;
	/** What must be there before it is looked at; a heading otherwise. */
	readonly ready?: string;
	/** What is done on it first: an open dialog, a lock. The next screen begins anew at its own path. */
	readonly steps?: (page: Page) => Promise<void>;
	/** Puts back what the steps have left behind. */
	readonly back?: (page: Page) => Promise<void>;
}

export const LESSON = "8b-algebra/2026-11-24/5";

/** The status line: where the entries are. */
export const pill = (page: Page): Locator => page.locator("a.status").first();

/** How many entries want something done about them. */
export const badge = (page: Page): Locator => page.locator('nav a[href="/attention"] .badge');

const dialog = (page: Page): Promise<void> => page.locator("dialog[open]").first().waitFor();

export const lockUp = async (page: Page): Promise<void> => {
	await page.keyboard.press("Control+Shift+L");
	await page.locator("main.locked .holder").waitFor();
};

const toOthers = async (page: Page): Promise<void> => {
	await page.locator("main.locked .holder > .btn").click();
	await page.locator(".holders .btn").first().waitFor();
};

/** A list of people is offered where there are several. */
const toPeople = async (page: Page): Promise<void> => {
	await lockUp(page);
	await page.locator("main.locked > .btn").click();
	await enter(page, "orlov", "zvonok-orlov");
	await lockUp(page);
	await toOthers(page);
};

const toPetrova = async (page: Page): Promise<void> => {
	await page.reload();
	await toOthers(page);
	await page.locator(".holders .btn", { hasText: "Петрова" }).click();
	await unlock(page, "zvonok-petrova");
};

/** From any screen of the lock, by the password with which the demo school's people sign in. */
export const reopen = async (page: Page): Promise<void> => {
	await page.reload();
	await unlock(page, "zvonok-petrova");
};

/** Screens by person. The first is where the person lands. */
export const SCREENS: Readonly<Record<Who, readonly Screen[]>> = {
	teacher: [
		{ name: "today", path: "/today", ready: ".lessons, ol, article" },
		{ name: "lesson", path: `/lesson/${LESSON}`, ready: "li" },
		{ name: "lesson-marks", path: `/lesson/${LESSON}/marks`, ready: "ol.mark-list li" },
		{ name: "lesson-journal", path: `/lesson/${LESSON}/journal` },
		{ name: "journals", path: "/journals", ready: "main a" },
		{ name: "journal", path: "/journal/8b-algebra", ready: '[role="grid"] td' },
		{ name: "terms", path: "/terms", ready: "main a" },
		{ name: "term-marks", path: "/terms/8b-algebra", ready: "ol.term-list li" },
		{ name: "pupil", path: "/pupil/p2301/8b-algebra/q2", ready: "details" },
		{ name: "attention", path: "/attention" },
		{ name: "me", path: "/me", ready: "dl" },
		{ name: "lost", path: "/nowhere" },
		{
			name: "search",
			path: "/today",
			steps: async (page) => {
				await page.keyboard.press("Control+k");
				await dialog(page);
			},
		},
		{
			name: "set-pin",
			path: "/me",
			ready: ".protection",
			steps: async (page) => {
				await page.locator(".protection .buttons .btn").first().click();
				await page.locator('button[form="set-pin"]').click();
			},
		},
		{
			name: "set-passphrase",
			path: "/me",
			ready: ".protection",
			steps: async (page) => {
				await page.locator(".protection .buttons .btn").nth(1).click();
				await page.locator('button[form="set-passphrase"]').click();
			},
		},
		{
			name: "comment",
			path: "/journal/8b-algebra",
			ready: '[role="grid"] td',
			steps: async (page) => {
				await page.locator('[role="grid"] td:not([aria-readonly="true"])').first().click();
				await page.keyboard.press("Shift+F2");
				await dialog(page);
			},
		},
		{
			name: "fill-down",
			path: "/journal/8b-algebra",
			ready: '[role="grid"] td',
			steps: async (page) => {
				await page.locator('[role="grid"] td.today').first().click();
				await page.getByRole("button", { name: /Поставить многим|Give to many/ }).click();
				await dialog(page);
			},
		},
		{
			name: "everyone-but",
			path: `/lesson/${LESSON}/marks`,
			ready: "ol.mark-list li",
			steps: async (page) => {
				await page.getByRole("button", { name: /Всем одну отметку|One mark for/ }).click();
				await page.getByRole("checkbox").first().waitFor();
			},
		},
		{
			name: "paste",
			path: "/journal/8b-algebra",
			ready: '[role="grid"] td',
			steps: async (page) => {
				await page.locator('[role="grid"] td:not([aria-readonly="true"])').first().click();
				await page.evaluate(() => {
					const clipboardData = new DataTransfer();
					clipboardData.setData("text/plain", "5\nпять\n4\nн\n7");
					const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
					document.activeElement?.dispatchEvent(event);
				});
				await dialog(page);
			},
		},
		{ name: "lock", path: "/me", ready: ".protection", steps: lockUp, back: reopen },
		{
			name: "lock-help",
			path: "/me",
			ready: ".protection",
			steps: async (page) => {
				await lockUp(page);
				for (const more of await page.locator("main.locked summary").all()) await more.click();
			},
			back: reopen,
		},
		{
			name: "lock-sign-in",
			path: "/me",
			ready: ".protection",
			steps: async (page) => {
				await lockUp(page);
				await page.locator("main.locked > .btn").click();
				await page.locator('input[name="login"]').waitFor();
			},
			back: reopen,
		},
		{ name: "lock-people", path: "/me", ready: ".protection", steps: toPeople, back: toPetrova },
	],
	class_teacher: [{ name: "class", path: "/class" }],
	deputy_head: [
		{ name: "office", path: "/office" },
		{ name: "office-unfilled", path: "/office/unfilled" },
		{ name: "office-substitutions", path: "/office/substitutions" },
		{ name: "office-classes", path: "/office/classes" },
	],
	admin: [
		{ name: "admin", path: "/admin" },
		{ name: "admin-terms", path: "/admin/terms" },
		{ name: "admin-settings", path: "/admin/settings" },
		{ name: "admin-grants", path: "/admin/grants" },
	],
	parent: [
		// As of when it is complete: until that is known the status line stands there.
		{ name: "diary", path: "/diary/2026-11-24", ready: '.page-status > span[role="status"]' },
		{ name: "marks", path: "/marks", ready: '.page-status > span[role="status"]' },
		{ name: "parent-me", path: "/me", ready: "dl" },
	],
};

export interface Look {
	readonly language: "ru" | "en";
	readonly theme: "light" | "dark";
	readonly size: "tablet" | "phone";
}

export const LOOKS: readonly Look[] = (["ru", "en"] as const).flatMap((language) =>
	(["light", "dark"] as const).flatMap((theme) =>
		(["tablet", "phone"] as const).map((size) => ({ language, theme, size })),
	),
);

const SIZES = { tablet: { width: 1180, height: 820 }, phone: { width: 360, height: 780 } } as const;

/** A fresh browser profile of this size and language; `relook` does the rest once a page of the app is open. */
export function contextOf(browser: Browser, look: Look): Promise<BrowserContext> {
	return browser.newContext({
		viewport: SIZES[look.size],
		locale: look.language === "ru" ? "ru-RU" : "en-GB",
		hasTouch: look.size === "phone",
	});
}

/** The same profile, looking another way from the next page on. */
export async function relook(page: Page, look: Look): Promise<void> {
	await page.setViewportSize(SIZES[look.size]);
	await page.evaluate(
		([language, theme]) => {
			localStorage.setItem("zvonok-language", language);
			localStorage.setItem("zvonok-theme", theme);
		},
		[look.language, look.theme] as const,
	);
}

/** Signs a person in, whatever the language. */
export async function signIn(page: Page, url: string, who: Who): Promise<void> {
	const hello = await page.request.get(`${url}/api/hello`);
	const { demo } = (await hello.json()) as Hello;
	const [, login, password] = demo.find(([role]) => role === who) ?? ["", "", ""];
	await signInAs(page, url, login, password);
}

/** The same for whoever has no role of their own in the demo. */
export async function signInAs(page: Page, url: string, login: string, password: string): Promise<void> {
	await page.goto(url);
	await enter(page, login, password);
}

async function enter(page: Page, login: string, password: string): Promise<void> {
	await page.locator('input[name="login"]').fill(login);
	await page.locator('input[name="password"]').fill(password);
	await page.locator('form button[type="submit"]').click();
	await page.locator("nav").first().waitFor();
}

/** The teacher, on a fresh tablet that holds what the server has and has nothing left to send. */
export async function teacherIn(context: BrowserContext, url: string): Promise<Page> {
	const page = await context.newPage();
	await signIn(page, url, "teacher");
	await page
		.locator("a.status", { hasText: /Всё отправлено/ })
		.first()
		.waitFor();
	return page;
}

/** Opens a screen and waits until it is what it will be. */
export async function visit(page: Page, url: string, screen: Screen): Promise<void> {
	await page.goto(`${url}${screen.path}`);
	await page
		.locator(screen.ready ?? "h1")
		.first()
		.waitFor();
	await screen.steps?.(page);
	await page.evaluate(async () => {
		await document.fonts.ready;
		const ends = document
			.getAnimations()
			.filter((a) => a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
		await Promise.all(ends.map((moving) => moving.finished.catch(() => undefined)));
	});
}

/** Does the store hold what a next page would write, or another thing of that name? */
export function lies(page: Page, person = "t06", what = "typing"): Promise<boolean> {
	return page.evaluate(
		async ([name, sought]) => {
			const db = await new Promise<IDBDatabase>((resolve) => {
				const asked = indexedDB.open(name);
				asked.onsuccess = () => resolve(asked.result);
			});
			const count = await new Promise<number>((resolve) => {
				const asked = db.transaction("meta").objectStore("meta").count(sought);
				asked.onsuccess = () => resolve(asked.result);
			});
			db.close();
			return count > 0;
		},
		[`zvonok-32-${person}`, what] as const,
	);
}

/** Opens the locked case of who sat here last. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
	await page.locator('input[name="passphrase"]').fill(passphrase);
	await page.locator('main.locked button[type="submit"]').click();
	await page.locator("nav").first().waitFor();
}
