/**
 * The journal as an app, in real Chromium: when it is offered, what an iPad shows instead, and that what the home
 * screen needs is there. Only the browser's prompt is the test's own: a headless one has none to show.
 */

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const IPAD =
	"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
const PROMPTED = "prompted"; // where the prompt notes that it was shown

let school: School;

test.beforeAll(async () => {
	school = await School.make(MOMENT);
});

test.afterAll(() => school?.remove());

const offer = (page: Page) => page.locator(".offer");

/** What Chromium does on a page that can be installed: at each load, some time after it stands. */
async function promptLater(context: BrowserContext): Promise<void> {
	await context.addInitScript((noted) => {
		addEventListener("load", () =>
			setTimeout(() => {
				const event = new Event("beforeinstallprompt", { cancelable: true });
				const count = (): void => sessionStorage.setItem(noted, String(Number(sessionStorage.getItem(noted) ?? 0) + 1));
				Object.assign(event, {
					prompt: async () => count(),
					userChoice: Promise.resolve({ outcome: "dismissed" }),
				});
				// Not prevented, the browser shows a bar of its own there and then.
				if (dispatchEvent(event)) sessionStorage.setItem(noted, "by the browser");
			}),
		);
	}, PROMPTED);
}

const prompted = (page: Page) => page.evaluate((noted) => sessionStorage.getItem(noted), PROMPTED);

/** An entry that has arrived; the tablet says so. */
async function enter(page: Page, name: string): Promise<void> {
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	const line = page.locator(".mark-row", { hasText: name });
	await line.getByRole("button").click();
	await page.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
	await expect(line.locator(".marks")).toHaveText("5");
	await expect(line).toHaveClass(/\bsafe\b/);
	await expect(pill(page)).toContainText("Всё отправлено");
}

/** To the day's list, as a finger goes there. */
async function toToday(page: Page): Promise<void> {
	await page.getByRole("navigation", { name: "Разделы" }).getByRole("link", { name: "Сегодня" }).click();
	await page.locator(".lesson-card").first().waitFor();
}

test("the app is offered once, on the day's list after the first entry has arrived; whoever declines is not asked again", async ({
	browser,
}) => {
	const context = await contextOf(browser, LOOK);
	await promptLater(context);
	const page = await context.newPage();
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toContainText("Всё отправлено");
	await page.reload();
	await expect(pill(page)).toContainText("Всё отправлено");
	await expect(offer(page)).toHaveCount(0);

	await enter(page, "Абрамов Илья");
	// Nothing stands before a lesson's pupils or its messages.
	await expect(offer(page)).toHaveCount(0);
	await toToday(page);
	await expect(offer(page)).toContainText("Журнал как приложение");
	const box = await offer(page).boundingBox();
	for (const other of await page.locator(".lesson-card, .page-main .buttons, .page-head, nav").all()) {
		const beside = await other.boundingBox();
		if (!box || !beside) throw new Error("a box is not on the page");
		const below = box.y >= beside.y + beside.height || beside.y >= box.y + box.height;
		expect(below || box.x >= beside.x + beside.width || beside.x >= box.x + box.width).toBe(true);
	}
	expect(await prompted(page)).toBeNull();
	await offer(page).getByRole("button", { name: "Не сейчас" }).click();
	await expect(offer(page)).toHaveCount(0);
	await enter(page, "Белова Софья");
	await toToday(page);
	await expect(offer(page)).toHaveCount(0);

	await page.goto(`${school.url}/me`);
	await page.locator(".install").getByRole("button", { name: "Установить" }).click();
	await expect.poll(() => prompted(page)).toBe("1");
	await context.close();
});

test("taken from the offer, the browser is asked once", async ({ browser }) => {
	const context = await contextOf(browser, LOOK);
	await promptLater(context);
	const page = await context.newPage();
	await signIn(page, school.url, "teacher");
	await enter(page, "Васильев Артём");
	await toToday(page);
	await offer(page).getByRole("button", { name: "Установить" }).click();
	await expect.poll(() => prompted(page)).toBe("1");
	await expect(offer(page)).toHaveCount(0);
	await context.close();
});

test("an iPad has no prompt: after the first entry a drawing shows how", async ({ browser }) => {
	const context = await browser.newContext({
		userAgent: IPAD,
		viewport: { width: 820, height: 1180 },
		hasTouch: true,
		isMobile: true,
	});
	const page = await context.newPage();
	await signIn(page, school.url, "teacher");
	await enter(page, "Дмитриев Егор");
	await toToday(page);
	await offer(page).getByRole("link", { name: "Как это сделать" }).tap();
	await expect(page).toHaveURL(/\/me$/);
	const drawing = page.getByRole("img", { name: /кнопка «Поделиться»/ });
	await drawing.scrollIntoViewIfNeeded();
	await expect(drawing).toBeInViewport();
	expect((await drawing.boundingBox())?.width).toBeGreaterThan(200);
	await expect(page.locator(".by-hand li")).toHaveCount(3);
	await expect(page.locator(".by-hand")).toContainText("На экран „Домой“");
	await expect(offer(page)).toHaveCount(0);
	await context.close();
});

test("Chromium finds nothing that hinders an installation; icons, splash screens and shortcuts are what they claim", async ({
	page,
}) => {
	await signIn(page, school.url, "teacher");
	await page.evaluate(() => navigator.serviceWorker.ready);
	const cdp = await page.context().newCDPSession(page);
	const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
	// A test's profile is a private one.
	expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);
	const { errors, data, url } = await cdp.send("Page.getAppManifest");
	expect(errors).toEqual([]);
	const manifest = JSON.parse(data ?? "") as {
		icons: { src: string; sizes: string; purpose?: string }[];
		shortcuts: { url: string; icons: { src: string; sizes: string }[] }[];
	};
	const images: typeof manifest.icons = [...manifest.icons, ...manifest.shortcuts.flatMap(({ icons }) => icons)];
	expect(images.some(({ purpose }) => purpose === "maskable")).toBe(true);
	const measured = await page.evaluate(
		(all) =>
			Promise.all(
				all.map(async ({ src, sizes }) => {
					const blob = await (await fetch(src)).blob();
					if (sizes === "any") return blob.type === "image/svg+xml" ? sizes : blob.type;
					const { width, height } = await createImageBitmap(blob);
					return `${width}x${height}`;
				}),
			),
		images.map(({ src, sizes }) => ({ src: new URL(src, url).href, sizes })),
	);
	expect(measured).toEqual(images.map(({ sizes }) => sizes));

	// Safari takes a splash screen only where it has the device's very pixels.
	const splashes = await page.evaluate(async () => {
		const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel^="apple-touch"]')];
		return Promise.all(
			links.map(async ({ href, media }) => {
				const { width, height } = await createImageBitmap(await (await fetch(href)).blob());
				return { media, width, height };
			}),
		);
	});
	expect(splashes.length).toBeGreaterThan(6);
	for (const { media, width, height } of splashes) {
		const [w, h] = [...media.matchAll(/(\d+)px/g)].map(([, px]) => Number(px) * 2);
		if (w === undefined) expect([width, height]).toEqual([180, 180]);
		else expect([width, height], media).toEqual(media.includes("landscape") ? [h, w] : [w, h]);
	}

	const [first] = manifest.shortcuts;
	expect(first?.url).toBe("/today");
	for (const { url: to } of manifest.shortcuts) {
		await page.goto(`${school.url}${to}`);
		await expect(page.getByRole("heading", { level: 1 })).toHaveText(to === "/today" ? "Сегодня" : "Журналы");
	}
});
