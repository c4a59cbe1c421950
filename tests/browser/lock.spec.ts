/**
 * The locked case: after a lock nothing of a pupil can be found on the disk, in the page, or behind the back button; a
 * reload asks nothing, a new browser does; a PIN opens; wrong ones cost; a second person can't get at the first one's.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { filesWith } from "./profile.ts";
import { LESSON, MOMENT, signIn } from "./screens.ts";

const COMMENT = "Щебечущий квокковый примус";
const NAMES = ["Абрамов", "Гаврилова", "Жуков"];
const PIN = "470915";

async function giveComment(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/lesson/${LESSON}/marks`);
	const row = page.locator("li", { hasText: "Абрамов Илья" });
	await row.getByRole("button").first().click();
	await page.getByRole("toolbar").getByRole("button", { name: "4", exact: true }).click();
	await row.getByRole("button").first().click();
	await page.getByRole("button", { name: "Комментарий" }).click();
	await page.getByRole("textbox").last().fill(COMMENT);
	await page.getByRole("button", { name: "Сохранить" }).click();
}

/** In clear, where an app may leave things: the search must find each, or it could find nothing at all. */
const PLANTED = {
	localStorage: "Подброшенная канарейка",
	IndexedDB: "Замурованная канарейка",
	"IndexedDB, packed": "Спрессованная канарейка",
	"Cache Storage": "Запечатанная канарейка",
	OPFS: "Припрятанная канарейка",
	"a history's title": "Озаглавленная канарейка",
	"a history's address": "Пропечатанная канарейка",
} as const;
type Planted = Record<keyof typeof PLANTED, string>;

/** The packed one stands after both its words and among 6 MB: past LevelDB's buffer, so a table with references. */
async function plant(page: Page, url: string): Promise<void> {
	await page.evaluate(async (texts: Planted) => {
		localStorage.setItem("planted", texts.localStorage);
		const packed = texts["IndexedDB, packed"];
		const [first, last] = packed.split(" ") as [string, string];
		await new Promise<void>((resolve, reject) => {
			const request = indexedDB.open("planted");
			request.onupgradeneeded = () => {
				const rows = request.result.createObjectStore("rows");
				rows.put({ name: texts.IndexedDB }, 1);
				for (let i = 2; i < 62; i++) {
					const noise = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(60_000))));
					rows.put({ name: `${first}, но ${last}: ${packed}`, noise }, i);
				}
			};
			request.onerror = () => reject(request.error);
			request.onsuccess = () => resolve(request.result.close());
		});
		await (await caches.open("planted")).put("/planted", new Response(texts["Cache Storage"]));
		const file = await (await navigator.storage.getDirectory()).getFileHandle("planted", { create: true });
		const stream = await file.createWritable();
		await stream.write(texts.OPFS);
		await stream.close();
	}, PLANTED as Planted);
	await page.goto(`${url}/me?planted=${encodeURIComponent(PLANTED["a history's address"])}`);
	await page.locator("nav").first().waitFor(); // a page that goes before it stands hands no key on
	await page.evaluate((title) => {
		document.title = title;
	}, PLANTED["a history's title"]);
	await page.goto(`${url}/today`); // the app gives the address a title of its own again when it locks
}

const closed = (page: Page) => page.getByRole("heading", { name: "Журнал закрыт" });

test("the locked case", async ({ launchOptions }) => {
	test.setTimeout(120_000);
	const school = await School.make(MOMENT);
	const profile = await mkdtemp(join(tmpdir(), "zvonok-locked-"));
	const open = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, {
			...launchOptions,
			viewport: { width: 800, height: 1280 },
			locale: "ru-RU",
		});
	let tablet = await open();
	try {
		let page = tablet.pages()[0] ?? (await tablet.newPage());
		await signIn(page, school.url, "teacher");
		await page.evaluate(() => navigator.serviceWorker.ready);
		await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

		await test.step("a PIN is offered and set", async () => {
			await page.goto(`${school.url}/today`);
			await page.getByRole("button", { name: "Задать ПИН-код" }).click();
			await page.getByLabel("ПИН-код, от 6 цифр").fill(PIN);
			await page.getByLabel("Ещё раз").fill(PIN);
			await page.getByRole("button", { name: "Задать", exact: true }).click();
			await expect(page.getByText("ПИН-код задан")).toBeVisible();
			await expect(page.getByRole("button", { name: "Задать ПИН-код" })).toHaveCount(0);
		});

		await test.step("a reload and a new tab ask nothing; what is written lies only here", async () => {
			await page.reload();
			await expect(page.getByRole("heading", { name: "Сегодня" })).toBeVisible();
			await school.stop();
			await giveComment(page, school.url);
			const second = await tablet.newPage();
			await second.goto(`${school.url}/journal/8b-algebra`);
			await expect(second.getByRole("grid")).toBeVisible();
			await page.bringToFront();
			await page.keyboard.press("Control+Shift+L");
			await expect(closed(page)).toBeVisible();
			await expect(closed(second)).toBeVisible();
			await second.close();
		});

		await test.step("locked: no name in the page, whichever way one comes", async () => {
			const nothing = async (): Promise<void> => {
				await expect(closed(page)).toBeVisible();
				const html = await page.content();
				for (const name of [...NAMES, COMMENT]) expect(html).not.toContain(name);
			};
			await nothing();
			await page.screenshot({ path: "../screenshots/lock-pin.png" });
			await page.goBack();
			await nothing();
			await page.reload();
			await nothing();
			await page.goto(`${school.url}/journal/8b-algebra`);
			await nothing();
		});

		await test.step("wrong PINs are counted, the right one opens, by keys and by touch", async () => {
			await page.keyboard.type("111111");
			await page.keyboard.press("Enter");
			await expect(page.getByRole("alert")).toContainText("Не подходит. Осталось: 9");
			for (const digit of PIN) await page.getByRole("button", { name: `Цифра ${digit}` }).click();
			const began = Date.now();
			await page.getByRole("button", { name: "Открыть", exact: true }).click();
			await expect(page.getByRole("grid")).toBeVisible();
			console.log(`PIN to grid ${Date.now() - began} ms`);
		});

		await test.step("on the disk of the closed browser nothing of a pupil is found, and the search can find", async () => {
			await plant(page, school.url);
			await page.getByRole("button", { name: /Закрыть журнал/ }).click();
			await expect(closed(page)).toBeVisible();
			const tokens = (await tablet.cookies()).filter((cookie) => cookie.httpOnly).map((cookie) => cookie.value);
			expect(tokens).not.toEqual([]);
			await tablet.close();
			for (const [where, text] of Object.entries(PLANTED))
				expect(await filesWith(profile, text), where).not.toEqual([]);
			for (const text of [...NAMES, COMMENT, "Илья", ...tokens])
				expect(await filesWith(profile, text), text).toEqual([]);
		});

		await test.step("a new browser asks; ten wrong tries take the journals, not the entries", async () => {
			tablet = await open();
			page = tablet.pages()[0] ?? (await tablet.newPage());
			await page.goto(school.url);
			await expect(closed(page)).toBeVisible();
			await expect(page.getByText("Ждут отправки: 2 записи")).toBeVisible();
			await page.clock.install();
			for (let i = 0; i < 10; i++) {
				await page.keyboard.type("222222");
				await page.keyboard.press("Enter");
				const alert = page.getByRole("alert");
				if (i < 9) await expect(alert).toContainText(`Осталось: ${9 - i}`);
				if (i >= 4 && i < 9) {
					await page.clock.fastForward(30_000 * 2 ** (i - 4) + 2_000);
					await expect(page.getByRole("button", { name: "Цифра 1" })).toBeEnabled();
				}
			}
			await expect(page.getByText("журналы с планшета убраны").first()).toBeVisible();
			await page.screenshot({ path: "../screenshots/lock-wiped.png" });
			await school.start();
			await page.reload();
			await expect(page.getByRole("button", { name: "Войти", exact: true })).toBeVisible();
			await expect.poll(async () => (await page.request.get(`${school.url}/healthz`)).ok()).toBe(true);
		});
		await tablet.close();
		await school.stop();
		const mine = (await school.ledger()).filter((line) => line.person === "t06" && line.set["comment"] === COMMENT);
		expect(mine, "delivered sealed, by nobody's hand").toHaveLength(1);
	} finally {
		await tablet.close().catch(() => undefined);
		await school.remove();
		await rm(profile, { recursive: true, force: true });
	}
});
