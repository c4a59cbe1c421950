/**
 * The locked case: after a lock nothing of a pupil can be found on the disk, in the page, or behind the back button; a
 * reload asks nothing, a new browser does; a PIN opens; wrong ones cost; a second person can't get at the first one's.
 */

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { LESSON, MOMENT, signIn } from "./screens.ts";

const COMMENT = "Щебечущий квокковый примус";
const NAMES = ["Абрамов", "Гаврилова", "Жуков"];
const PIN = "470915";

/** Files of a closed profile in which the text stands in UTF-8, UTF-16LE or as JSON escapes. */
async function filesWith(profile: string, text: string): Promise<string[]> {
	const forms = [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")];
	const found: string[] = [];
	for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const bytes = await readFile(path).catch(() => Buffer.alloc(0));
		if (forms.some((form) => bytes.includes(form))) found.push(path);
	}
	return found;
}

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
const PLANTED = [
	["localStorage", "Подброшенная канарейка"],
	["IndexedDB", "Замурованная канарейка"],
] as const;

async function plant(page: Page): Promise<void> {
	await page.evaluate(
		async ([local, database]) => {
			localStorage.setItem("planted", local);
			await new Promise<void>((resolve) => {
				const request = indexedDB.open("planted");
				request.onupgradeneeded = () => request.result.createObjectStore("rows").put({ name: database }, 1);
				request.onsuccess = () => resolve(request.result.close());
			});
		},
		PLANTED.map(([, text]) => text) as [string, string],
	);
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
			await plant(page);
			await page.getByRole("button", { name: /Закрыть журнал/ }).click();
			await expect(closed(page)).toBeVisible();
			await tablet.close();
			for (const [where, text] of PLANTED) expect(await filesWith(profile, text), where).not.toEqual([]);
			for (const text of [...NAMES, COMMENT, "Илья"]) expect(await filesWith(profile, text), text).toEqual([]);
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
