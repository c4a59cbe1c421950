/**
 * The honest states: what the tablet says when its disk is full or soon will be, when its store is gone,
 * and what the browser promises of it.
 *
 * Real Chromium, the real server, the app's own keys.
 */

import { chromium, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { badge, LESSON, MOMENT, pill, signIn } from "./screens.ts";

const pupilRow = (page: Page, name: string) => page.locator("li", { hasText: name });

async function tapMark(page: Page, pupil: string, mark: string): Promise<void> {
	await pupilRow(page, pupil).getByRole("button").first().click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
}

/** Until it is shown: the status line speaks of it from then on. */
async function giveMark(page: Page, pupil: string, mark: string): Promise<void> {
	await tapMark(page, pupil, mark);
	await expect(pupilRow(page, pupil).locator(".marks")).toHaveText(mark);
}

/** Fills the origin's room to the last kilobyte, in a store of the test's own; answers how the last write ended. */
async function fill(): Promise<string> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open("filler", 1);
		request.onupgradeneeded = () => request.result.createObjectStore("one", { autoIncrement: true });
		request.onerror = () => reject(request.error);
		request.onsuccess = () => resolve(request.result);
	});
	const put = (size: number) =>
		new Promise<string>((resolve) => {
			const tx = db.transaction("one", "readwrite");
			tx.objectStore("one").put(Array.from({ length: size }, () => Math.random().toString(36)[4]).join(""));
			tx.oncomplete = () => resolve("written");
			tx.onabort = () => resolve(tx.error?.name ?? "aborted");
		});
	let ended = "";
	for (const size of [500_000, 50_000, 5_000, 500]) {
		do ended = await put(size);
		while (ended === "written");
	}
	db.close();
	return ended;
}

/** Takes room without filling it, until so much is in use: a sparse file counts with its whole length. */
async function take(upto: number): Promise<void> {
	const folder = await navigator.storage.getDirectory();
	for (let i = 0; ; i++) {
		const left = upto - ((await navigator.storage.estimate()).usage ?? 0);
		if (left <= 0) return;
		const file = await (await folder.getFileHandle(`sparse-${upto}-${i}`, { create: true })).createWritable();
		await file.truncate(Math.min(left, 300_000_000));
		await file.close();
	}
}

let school: School;

test.beforeAll(async () => {
	school = await School.make(MOMENT);
});

test.afterAll(() => school.remove());

test("no screen says that there is nothing before it has read what lies on the tablet", async ({ page, context }) => {
	await signIn(page, school.url, "teacher");
	await expect(page.getByRole("list", { name: "Уроки дня" })).toBeVisible();
	await expect(pill(page)).toContainText("Всё отправлено и в копии");
	// All that a page ever says, from its first moment on.
	await context.addInitScript(() => {
		const said = new Set<string>();
		Object.assign(window, { said });
		new MutationObserver(() => {
			for (const h2 of document.querySelectorAll(".empty h2")) said.add(h2.textContent ?? "");
		}).observe(document, { subtree: true, childList: true, characterData: true });
	});
	await context.setOffline(true);
	const look = async (tab: Page, path: string): Promise<void> => {
		await tab.goto(`${school.url}/${path}`);
		await expect(
			tab
				.getByRole("main")
				.locator(':is(a[href^="/lesson/"], a[href^="/journal/"], a[href^="/terms/"], td[role="gridcell"])')
				.first(),
		).toBeVisible();
		const said = await tab.evaluate(() => [...(window as unknown as { said: Set<string> }).said]);
		expect(said.filter((text) => text !== "Загружается…")).toEqual([]);
	};
	for (const path of ["today", "journals", "terms"]) await look(page, path);
	// A second tab is told by the first, before it has read anything, that the server is out of reach.
	await expect(pill(page)).toContainText("Нет связи");
	await look(await context.newPage(), "journal/8b-algebra");
	await context.setOffline(false);
});

test("a full disk: the entry stays on screen, its text can be saved, and it is kept when there is room", async ({
	page,
	context,
}) => {
	// Before the app writes anything: Chromium remembers for minutes how much room it saw.
	const cdp = await context.newCDPSession(page);
	await cdp.send("Storage.overrideQuotaForOrigin", { origin: school.url, quotaSize: 4_000_000 });
	await signIn(page, school.url, "teacher");
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await giveMark(page, "Абрамов Илья", "5");
	await expect(pill(page)).toContainText("Всё отправлено и в копии");

	expect(await page.evaluate(fill)).toBe("QuotaExceededError");
	await tapMark(page, "Ковалёва Дарья", "4");
	const panel = page.locator("section.unkept");
	await expect(panel).toContainText("Не сохранено");
	await expect(panel).toContainText("Ковалёва Дарья");
	await expect(panel.locator("b")).toHaveText("4");
	await expect(pill(page)).toContainText("Планшет не смог сохранить запись");
	await page.screenshot({ path: "../screenshots/states-full.png" });
	const saving = page.waitForEvent("download");
	await panel.getByRole("button", { name: "Сохранить текст" }).click();
	const stream = await (await saving).createReadStream();
	let text = "";
	for await (const part of stream) text += String(part);
	expect(text).toMatch(/Ковалёва Дарья.*\t4\n/);

	await panel.getByRole("button", { name: "Сохранить снова" }).click();
	// Room is made only after this try has ended, or it is the one that finds it.
	await expect(page.getByText("Сохранить снова не получилось")).toBeVisible();
	await expect(panel).toContainText("Ковалёва Дарья");
	await cdp.send("Storage.overrideQuotaForOrigin", { origin: school.url });
	await panel.getByRole("button", { name: "Сохранить снова" }).click();
	await expect(panel).toHaveCount(0);
	await expect(pupilRow(page, "Ковалёва Дарья").locator(".marks")).toHaveText("4");
	await expect(pill(page)).toContainText("Всё отправлено и в копии");
});

test("a cleared store: the next start names what went, the admin's board shows it as never delivered", async ({
	page,
	context,
	browser,
}) => {
	await signIn(page, school.url, "teacher");
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await giveMark(page, "Петухова Кристина", "5");
	await expect(pill(page)).toContainText("Всё отправлено и в копии");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await school.stop();
	await giveMark(page, "Серова Елизавета", "4");
	await giveMark(page, "Устинова Вера", "3");
	await expect(pill(page)).toContainText("2 записи только на этом планшете");

	const cdp = await context.newCDPSession(page);
	await page.goto("about:blank");
	await cdp.send("Storage.clearDataForOrigin", { origin: school.url, storageTypes: "indexeddb" });
	await page.goto(school.url);
	await expect(page.getByRole("alert").first()).toContainText("2 записи были на этом планшете и не отправлено");
	await page.screenshot({ path: "../screenshots/states-wiped.png" });
	await school.start();
	await signIn(page, school.url, "teacher");
	await page.goto(`${school.url}/attention`);
	const card = page.locator("article", { hasText: "Записи пропали с планшета" });
	await expect(card).toContainText("номера 2–3");
	await page.screenshot({ path: "../screenshots/states-lost.png" });

	const board = await (await browser.newContext()).newPage();
	await signIn(board, school.url, "admin");
	await board.goto(`${school.url}/admin`);
	await expect(
		board.locator("tr", { hasText: "Петрова" }).filter({ hasText: /2/ }).locator(".pill").first(),
	).toBeVisible();
	await board.screenshot({ path: "../screenshots/states-board.png", fullPage: true });
	await card.getByRole("button", { name: "Понятно" }).click();
	await expect(card).toHaveCount(0);
});

test("an entry that was not kept is told of also where the code for the ways out can't be had", async ({ browser }) => {
	const away = await browser.newContext({ serviceWorkers: "block" });
	const first = await away.newPage();
	const cdp = await away.newCDPSession(first);
	await cdp.send("Storage.overrideQuotaForOrigin", { origin: school.url, quotaSize: 4_000_000 });
	await signIn(first, school.url, "teacher");
	const page = await away.newPage();
	await page.route(/\/assets\/later-[^/]*\.js$/, (route) => route.abort());
	await page.goto(`${school.url}/journal/8b-algebra`);
	const cell = page.getByRole("grid").locator("tbody tr").last().locator("td.today");
	await cell.click();
	expect(await page.evaluate(fill)).toBe("QuotaExceededError");
	await page.keyboard.press("4");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("alert")).toContainText("Не сохранено: хранилище планшета закрыто или полно.");
	await expect(page.getByRole("grid")).toBeVisible();
	await away.close();
});

test("news come at once only while somebody answers: a connection that lies open after the network has gone is none", async ({
	page,
	context,
}) => {
	await signIn(page, school.url, "teacher");
	await page.goto(`${school.url}/me`);
	const news = page.locator(".tablet-facts dt", { hasText: "Новости приходят сразу" }).locator("+ dd");
	await expect(news).toHaveText("да");
	// An open WebSocket is left alone by this.
	await context.setOffline(true);
	await expect(pill(page)).toContainText("Нет связи");
	await expect(news).toContainText("нет");
	await context.setOffline(false);
	await expect(news).toHaveText("да");
});

test("little room is warned about while all still goes in; where there is room nothing is said", async ({
	launchOptions,
}) => {
	// Chromium names an artificial quota to ordinary sites, as Firefox and Safari do not: here it says what there is.
	const args = [...(launchOptions.args ?? []), "--disable-features=StaticStorageQuota"];
	const browser = await chromium.launch({ ...launchOptions, args });
	// A tablet of a small quota is no full one.
	for (const quotaSize of [5_000_000_000, 100_000_000, 40_000_000]) {
		const context = await browser.newContext({ locale: "ru-RU" });
		const page = await context.newPage();
		const cdp = await context.newCDPSession(page);
		await cdp.send("Storage.overrideQuotaForOrigin", { origin: school.url, quotaSize });
		await signIn(page, school.url, "teacher");
		await expect(pill(page)).toContainText("Всё отправлено");
		const attention = page.getByRole("link", { name: /Внимание/ }).first();
		const card = page.locator("article", { hasText: "Мало места" });
		if (quotaSize >= 100_000_000) {
			await attention.click();
			await expect(page.locator("main")).toContainText("Разбирать нечего");
			await expect(card).toHaveCount(0);
		} else {
			await expect(attention).toContainText("1");
			await attention.click();
			await expect(card).toContainText(/осталось 3\d/);
			await expect(card).toContainText("Отправьте записи и освободите место");
			await expect(card.getByRole("button", { name: "Отправить сейчас" })).toBeVisible();
		}
		await context.close();
	}
	await browser.close();
});

test("four fifths of the room are the edge: below nothing is said, from there on it is, and entering goes on", async ({
	launchOptions,
}) => {
	const args = [...(launchOptions.args ?? []), "--disable-features=StaticStorageQuota"];
	const browser = await chromium.launch({ ...launchOptions, args });
	const context = await browser.newContext({ locale: "ru-RU" });
	const page = await context.newPage();
	const cdp = await context.newCDPSession(page);
	await cdp.send("Storage.overrideQuotaForOrigin", { origin: school.url, quotaSize: 2_600_000_000 });
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toContainText("Всё отправлено");
	const card = page.locator("article", { hasText: "Мало места" });
	for (const [upto, shown] of [
		[2_070_000_000, 0],
		[2_090_000_000, 1],
	] as const) {
		await page.evaluate(take, upto);
		await page.goto(`${school.url}/attention`);
		await expect(page.locator("main")).toContainText(shown ? "Мало места" : "Разбирать нечего");
		await expect(card).toHaveCount(shown);
		await expect(badge(page)).toHaveCount(shown);
		await expect(pill(page)).toContainText(shown ? "1 требует внимания" : "Всё отправлено и в копии");
	}
	await expect(card).toContainText(/кончается место: осталось 5\d\d/);
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await giveMark(page, "Зайцева Алиса", "5");
	await expect(pill(page)).toContainText("Всё отправлено и в копии · 1 требует внимания");
	await context.close();
	await browser.close();
});

test("what the browser promises of the store is said: nothing, all, or that a private window forgets", async ({
	browser,
}) => {
	const context = await browser.newContext({ locale: "ru-RU" });
	const page = await context.newPage();
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toContainText("Всё отправлено");
	await page.goto(`${school.url}/me`);
	const facts = page.locator("dl.tablet-facts").first();
	await expect(facts).toContainText("браузер может стереть данные сайта");

	const cdp = await context.newCDPSession(page);
	const { browserContextId } = (await cdp.send("Target.getTargetInfo")).targetInfo;
	await (await browser.newBrowserCDPSession()).send("Browser.setPermission", {
		origin: school.url,
		permission: { name: "persistent-storage" },
		setting: "granted",
		...(browserContextId ? { browserContextId } : {}),
	});
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await giveMark(page, "Логинов Леонид", "5"); // now there is something to ask it for
	await expect(pill(page)).toContainText("Всё отправлено");
	await page.goto(`${school.url}/me`);
	await expect(facts).toContainText("браузер обещает не стирать записи");
	await context.close();

	// Chromium does not tell that a window is private; Firefox and Safari refuse this there, and open IndexedDB.
	const hidden = await browser.newContext({ locale: "ru-RU" });
	await hidden.addInitScript(() => {
		StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException("private", "SecurityError"));
	});
	const other = await hidden.newPage();
	await signIn(other, school.url, "teacher");
	await expect(pill(other)).toContainText("Всё отправлено");
	await other.goto(`${school.url}/attention`);
	const card = other.locator("article", { hasText: "Частное окно" });
	await expect(card).toContainText("Записи пропадут, когда окно закроется");
	await expect(card).toContainText("Откройте журнал в обычном окне");
	await hidden.close();
});
