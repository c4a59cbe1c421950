/**
 * The locked case: after a lock nothing of a pupil can be found on the disk, in the page, or behind the back button; a
 * reload asks nothing, a new browser does; a PIN opens; wrong ones cost; a second person can't get at the first one's.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";
import type { SignedIn } from "../../pwa/src/generated/messages.ts";
import { dumpOf, filesWith } from "./dump.ts";
import { School } from "./house.ts";
import { LESSON, MOMENT, signIn } from "./screens.ts";

const COMMENT = "Щебечущий квокковый примус";
const NAMES = ["Абрамов", "Гаврилова", "Жуков"];
const PIN = "470915";
const PASSPHRASE = "zvonok-petrova";
/** A mark as rows and entries name it, and as JSON writes its value. */
const MARKS = [`${LESSON}/p23`, '"value":"4"'];

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

/** How many records lie in the teacher's store. */
function left(page: Page): Promise<{ scopes: number; outbox: number }> {
	return page.evaluate(async () => {
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open("zvonok-32-t06");
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		const count = (store: string) =>
			new Promise<number>((resolve) => {
				const asked = db.transaction(store).objectStore(store).count();
				asked.onsuccess = () => resolve(asked.result);
			});
		const found = { scopes: (await count("scope")) + (await count("staged")), outbox: await count("outbox") };
		db.close();
		return found;
	});
}

const closed = (page: Page) => page.getByRole("heading", { name: "Журнал закрыт" });

test("the locked case", async ({ launchOptions }) => {
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
		const answered = page.waitForResponse((answer) => answer.url().endsWith("/sign-in") && answer.ok());
		await signIn(page, school.url, "teacher");
		const { mac } = (await (await answered).json()) as SignedIn;
		const cookies = (await tablet.cookies()).filter(({ httpOnly }) => httpOnly);
		expect(cookies).not.toEqual([]);
		/** Closes the browser and searches all that it keeps. */
		const nothingLies = async (): Promise<void> => {
			await tablet.close();
			const dump = await dumpOf(profile);
			expect(filesWith(dump, "zvonok"), "there is something to search").not.toEqual([]);
			const secrets = [PIN, PASSPHRASE, mac, Buffer.from(mac, "base64")];
			for (const text of [...NAMES, COMMENT, "Илья", ...MARKS, ...secrets])
				expect(filesWith(dump, text), String(text)).toEqual([]);
			// The browser's own jar holds the session's cookie, sealed by a key of the system: the app can't read it.
			const jar = join("Default", "Cookies");
			for (const { name, value } of cookies) {
				expect(filesWith(dump, value), `the cookie ${name}`).toEqual([]);
				expect(filesWith(dump, name), `the name of the cookie ${name}`).toContain(jar);
			}
		};
		await page.evaluate(() => navigator.serviceWorker.ready);
		await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

		await test.step("whoever does not want a PIN now is not asked again after a reload", async () => {
			const later = await tablet.newPage();
			await later.goto(`${school.url}/today`);
			await later.getByRole("button", { name: "Не сейчас" }).click();
			await later.reload();
			await expect(later.getByRole("heading", { name: "Сегодня", exact: true })).toBeVisible();
			await later.evaluate(() => document.fonts.ready);
			await expect(later.locator(".lesson-card").first()).toBeVisible();
			await expect(later.locator(".pin-offer")).toHaveCount(0);
			await later.close();
		});

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
			await expect(page.getByRole("heading", { name: "Сегодня", exact: true })).toBeVisible();
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

		// That the search finds what is there, `dump.spec.ts` shows for each place.
		await test.step("on the disk of the closed browser nothing of a pupil and no key is found", async () => {
			await page.getByRole("button", { name: /Закрыть журнал/ }).click();
			await expect(closed(page)).toBeVisible();
			await nothingLies();
			// Once more after a start: what the browser tidies up then, it writes anew.
			tablet = await open();
			page = tablet.pages()[0] ?? (await tablet.newPage());
			await page.goto(school.url);
			await expect(closed(page)).toBeVisible();
			await nothingLies();
		});

		await test.step("a new browser asks; ten wrong tries take the journals, not the entries", async () => {
			tablet = await open();
			page = tablet.pages()[0] ?? (await tablet.newPage());
			await page.goto(school.url);
			await expect(closed(page)).toBeVisible();
			await expect(page.getByText("Ждут отправки: 2 записи")).toBeVisible();
			expect((await left(page)).scopes).toBeGreaterThan(0);
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
			expect(await left(page)).toEqual({ scopes: 0, outbox: 2 });
			await page.screenshot({ path: "../screenshots/lock-wiped.png" });
			await school.start();
			await page.reload();
			await expect(page.getByRole("button", { name: "Войти", exact: true })).toBeVisible();
			await expect(page.getByText("журналы с планшета убраны")).toBeVisible();
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
