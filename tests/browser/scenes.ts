/**
 * The rare states of a tablet, each with what leads to it: wrong PINs, a lease that has ended, entries that wait, clash or
 * are held, a store that was cleared. Walked by `axe.spec.ts` and photographed by `make screens`, as the screens of
 * `screens.ts` are, but each on a tablet of its own.
 */

import type { Browser, Page } from "@playwright/test";
import { Pen } from "./hands.ts";
import type { School } from "./house.ts";
import { contextOf, LESSON, LOOKS, type Look, lockUp, MOMENT, reopen, type Screen, signIn } from "./screens.ts";

interface Scene {
	readonly name: string;
	/** Brings a fresh tablet, and the school behind it, into the state. Its clock is the page's own. */
	readonly make: (page: Page, school: School) => Promise<void>;
	/** What is looked at then. */
	readonly screens: readonly Screen[];
}

const PIN = "470915";
const PASSPHRASE = "zvonok-petrova";
const DAY = 86_400_000;
const SUBSTITUTED = "8a-geometry/2026-11-24/3";

/** The tablet of a scene, in its state. */
export async function stage(browser: Browser, school: School, scene: Scene): Promise<Page> {
	const page = await (await contextOf(browser, LOOKS[0] as Look)).newPage();
	await page.clock.install();
	await scene.make(page, school);
	return page;
}

async function teacherAt(page: Page, school: School, path: string): Promise<void> {
	await signIn(page, school.url, "teacher");
	// Kept as by somebody who reads English here: the scene is looked at in both languages, maybe without a network.
	await page.evaluate(async () => {
		(await navigator.serviceWorker.ready).active?.postMessage({ keep: ["english"] });
	});
	await page.waitForFunction(async () => (await caches.match("/kept/english")) !== undefined);
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	await page.goto(`${school.url}${path}`);
}

/** Gives the pupil of a line of the lesson a mark. */
async function giveMark(page: Page, line: number, mark: string): Promise<void> {
	const row = page.locator("ol.mark-list li").nth(line);
	await row.getByRole("button").first().click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
	await row.locator(".marks", { hasText: mark }).waitFor();
}

/** The teacher's lesson without a network, and two marks given in it. */
async function unsent(page: Page, school: School): Promise<void> {
	await teacherAt(page, school, `/lesson/${LESSON}/marks`);
	await page.locator("ol.mark-list li").first().waitFor();
	await page.context().setOffline(true);
	await giveMark(page, 0, "5");
	await giveMark(page, 3, "4");
}

/** The browser has thrown the store away, and with it what was unsent. */
async function clearedUnsent(page: Page, school: School): Promise<void> {
	await unsent(page, school);
	const cdp = await page.context().newCDPSession(page);
	await page.goto("about:blank");
	await cdp.send("Storage.clearDataForOrigin", { origin: school.url, storageTypes: "indexeddb" });
	await page.context().setOffline(false);
}

async function setPin(page: Page): Promise<void> {
	await page.locator(".protection .buttons .btn").first().click();
	for (const field of await page.locator("#set-pin input").all()) await field.fill(PIN);
	await page.locator('button[form="set-pin"]').click();
	await page.locator("dialog[open]").waitFor({ state: "detached" });
}

async function typePin(page: Page, pin: string): Promise<void> {
	await page.keyboard.type(pin);
	await page.keyboard.press("Enter");
}

async function openByPin(page: Page): Promise<void> {
	await typePin(page, PIN);
	await page.locator("nav").first().waitFor();
}

async function wrongPin(page: Page): Promise<void> {
	await typePin(page, "111111");
	await page.locator("main.locked .error:not(:empty)").waitFor();
}

async function tryPassphrase(page: Page, passphrase: string): Promise<void> {
	await page.locator('input[name="passphrase"]').fill(passphrase);
	await page.locator('main.locked button[type="submit"]').click();
}

/** What another tablet of the teacher, and the substitute's, have sent meanwhile. */
async function clashes(page: Page, school: School): Promise<void> {
	const others = await (page.context().browser() as Browser).newContext();
	const hers = await Pen.open(await others.newPage(), school.url, MOMENT);
	const mark = (lesson: string, pupil: string, value: string) => [
		{ kind: "mark" as const, key: `${lesson}/${pupil}/1`, set: { value } },
	];
	await hers.write(mark(SUBSTITUTED, "p2202", "3"));
	await hers.write(mark("8b-algebra/2026-11-03/5", "p2301", "5"), "held");
	await hers.write(mark("8b-algebra/2026-11-27/2", "p2303", "5"), "refused");
	const his = await Pen.open(await others.newPage(), school.url, MOMENT, "orlov");
	await his.write(mark(SUBSTITUTED, "p2202", "4"));
	await others.close();
}

export const SCENES: readonly Scene[] = [
	{
		name: "pin",
		make: async (page, school) => {
			await teacherAt(page, school, "/me");
			await setPin(page);
		},
		screens: [
			{ name: "me-pin", path: "/me", ready: ".protection" },
			{ name: "lock-pin", path: "/me", ready: ".protection", steps: lockUp, back: openByPin },
			{
				name: "lock-pin-wrong",
				path: "/me",
				ready: ".protection",
				steps: async (page) => {
					await lockUp(page);
					await wrongPin(page);
				},
				back: openByPin,
			},
			{
				name: "lock-pin-wait",
				path: "/me",
				ready: ".protection",
				steps: async (page) => {
					await lockUp(page);
					for (let i = 0; i < 5; i++) await wrongPin(page);
					await page.locator(".pin-keys .btn:disabled").first().waitFor();
				},
				back: async (page) => {
					await page.clock.fastForward(32_000);
					await page.locator(".pin-keys .btn:enabled").first().waitFor();
					await openByPin(page);
				},
			},
		],
	},
	{
		name: "short password",
		make: async (page, school) => {
			await school.setPassword("zimin", "школа-32");
			await page.goto(school.url);
			await page.locator('input[name="login"]').fill("zimin");
			await page.locator('input[name="password"]').fill("школа-32");
			await page.locator('form button[type="submit"]').click();
			await page.locator('input[name="passphrase"]').waitFor();
			await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
		},
		screens: [
			{ name: "need-passphrase", path: "/today", ready: 'input[name="passphrase"]' },
			{
				name: "need-passphrase-short",
				path: "/today",
				ready: 'input[name="passphrase"]',
				steps: async (page) => {
					await page.locator('input[name="passphrase"]').fill("школа-32");
					await page.locator('form button[type="submit"]').click();
				},
			},
		],
	},
	{
		name: "ten wrong tries",
		make: async (page, school) => {
			await unsent(page, school);
			await lockUp(page);
			for (let i = 0; i < 10; i++) {
				await tryPassphrase(page, "совсем не та фраза");
				if (i === 9) break;
				await page
					.getByRole("alert")
					.filter({ hasText: `Осталось: ${9 - i}` })
					.waitFor();
				if (i >= 4) await page.clock.fastForward(32_000 * 2 ** (i - 4));
				await page.locator('main.locked button[type="submit"]:enabled').waitFor();
			}
			await page.locator('input[name="login"]').waitFor();
		},
		screens: [{ name: "wiped", path: "/", ready: 'input[name="login"]' }],
	},
	{
		name: "lease",
		make: async (page, school) => {
			await unsent(page, school);
			await lockUp(page);
			await page.clock.setSystemTime(Date.now() + 15 * DAY);
		},
		screens: [
			{ name: "lock-lease", path: "/", ready: "main.locked .holder" },
			{
				name: "lock-lease-tried",
				path: "/",
				ready: "main.locked .holder",
				steps: async (page) => {
					await tryPassphrase(page, PASSPHRASE);
					await page.locator("main.locked .error:not(:empty)").waitFor();
				},
			},
		],
	},
	{
		name: "revoked",
		make: async (page, school) => {
			await teacherAt(page, school, "/today");
			const names = (await page.context().cookies()).map(({ name }) => /^zvonok-(d[a-z2-7]{10})$/.exec(name)?.[1]);
			await school.revoke(names.find(Boolean) ?? "");
			await page.reload();
			await page.locator('input[name="login"]').waitFor();
		},
		screens: [{ name: "revoked", path: "/", ready: 'input[name="login"]' }],
	},
	{
		name: "unsent",
		make: unsent,
		screens: [
			{ name: "unsent-marks", path: `/lesson/${LESSON}/marks`, ready: "ol.mark-list li" },
			{ name: "unsent-journal", path: "/journal/8b-algebra", ready: '[role="grid"] td' },
			{ name: "unsent-attention", path: "/attention" },
			{
				name: "unsent-code",
				path: "/me",
				ready: "dl",
				steps: async (page) => {
					await page.getByRole("button", { name: /QR/ }).click();
					await page.locator("dialog[open] .code path").waitFor();
				},
			},
			{
				name: "bring",
				path: "/me",
				ready: "dl",
				steps: async (page) => {
					await page.getByRole("button", { name: /другого планшета|another tablet/ }).click();
					await page.locator("dialog[open] textarea").fill("?");
				},
			},
			{
				name: "unsent-sign-out",
				path: "/me",
				ready: "dl",
				steps: async (page) => {
					await page.locator(".buttons").last().getByRole("button").last().click();
					await page.locator("dialog[open]").first().waitFor();
				},
			},
			{ name: "unsent-lock", path: "/me", ready: ".protection", steps: lockUp, back: reopen },
		],
	},
	{
		name: "deadlines",
		make: async (page, school) => {
			await teacherAt(page, school, `/lesson/${LESSON}/marks`);
			await page.locator("ol.mark-list li").first().waitFor();
			await giveMark(page, 0, "4");
			await page.locator("a.status .pill.ok").first().waitFor();
			await page.context().setOffline(true);
			await giveMark(page, 0, "5");
			await lockUp(page);
			await page.clock.setSystemTime(Date.now() + 12 * DAY);
			await reopen(page);
		},
		screens: [{ name: "deadlines", path: "/attention", ready: "article.matter" }],
	},
	{
		name: "clashes",
		make: async (page, school) => {
			await clashes(page, school);
			await teacherAt(page, school, "/attention");
		},
		screens: [
			{ name: "clashes", path: "/attention", ready: "article.conflict" },
			{ name: "clashes-lesson", path: `/lesson/${SUBSTITUTED}/marks`, ready: "ol.mark-list li" },
			{ name: "clashes-journal", path: "/journal/8b-algebra", ready: '[role="grid"] td' },
		],
	},
	{
		name: "office",
		make: async (page, school) => {
			await signIn(page, school.url, "deputy_head");
			await page.evaluate(() => navigator.serviceWorker.ready);
		},
		screens: [{ name: "office-held", path: "/office", ready: "article.held" }],
	},
	{
		name: "cleared",
		make: async (page, school) => {
			await clearedUnsent(page, school);
			await page.goto(school.url);
			await page.locator('input[name="login"]').waitFor();
		},
		screens: [{ name: "cleared", path: "/", ready: '[role="alert"]' }],
	},
	{
		name: "cleared, signed in again",
		make: async (page, school) => {
			await clearedUnsent(page, school);
			await signIn(page, school.url, "teacher");
		},
		screens: [{ name: "cleared-attention", path: "/attention", ready: "article.matter" }],
	},
];
