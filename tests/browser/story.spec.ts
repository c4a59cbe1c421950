/**
 * A teacher's day without wifi, end to end, with the real server, real Litestream and real Chromium:
 *
 * offline entries with the server stopped → browser restart → sync → conflict → held → approved → parents see it →
 * the backup falls behind, the server is killed, its data deleted → restore → the tablets hand in again what the backup
 * lacks → every entry made in the story is there, once.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";
import { type Line, School } from "./house.ts";
import { pill, unlock } from "./screens.ts";

const TUESDAY = "2026-11-24T13:30:00+03:00";
const TABLET = { width: 800, height: 1280 };
const LESSON = "8b-algebra/2026-11-24/5";
const SUBSTITUTED = "8a-geometry/2026-11-24/3";
const OLD = "8b-algebra/2026-11-03/5";
const SENT = "Всё отправлено и в копии";

/** What people did in the story: kind, key and cells, as the ledger must tell them. */
const made: { person: string; kind: string; key: string; set: Record<string, unknown> }[] = [];

const pupilRow = (page: Page, name: string) => page.locator("li", { hasText: name });

async function signIn(page: Page, url: string, login: string, password = `zvonok-${login}`): Promise<void> {
	await page.goto(url);
	await page.getByRole("textbox", { name: "Логин" }).fill(login);
	await page.getByRole("textbox", { name: "Пароль" }).fill(password);
	await page.getByRole("button", { name: "Войти", exact: true }).click();
	await expect(page.locator("nav").first()).toBeVisible();
}

async function giveMark(page: Page, pupil: string, mark: string): Promise<void> {
	await pupilRow(page, pupil).getByRole("button").first().click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
	await expect(pupilRow(page, pupil).locator(".marks")).toHaveText(mark);
}

async function person(browser: Browser, url: string, login: string, password?: string): Promise<Page> {
	const context = await browser.newContext({ viewport: TABLET });
	const page = await context.newPage();
	await signIn(page, url, login, password);
	return page;
}

test("a teacher's day without wifi", async ({ browser, launchOptions }) => {
	const school = await School.make(TUESDAY);
	const profile = await mkdtemp(join(tmpdir(), "zvonok-tablet-"));
	const open = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, { ...launchOptions, viewport: TABLET, locale: "ru-RU" });
	let tablet = await open();
	const troubles: string[] = [];
	const watch = (page: Page): Page => {
		page.on("pageerror", (error) => troubles.push(error.message));
		return page;
	};
	try {
		let anna = watch(tablet.pages()[0] ?? (await tablet.newPage()));
		const oleg = watch(await person(browser, school.url, "orlov"));
		await signIn(anna, school.url, "petrova");
		await expect(pill(anna)).toContainText(SENT);
		await expect(pill(oleg)).toContainText(SENT);
		await anna.evaluate(() => navigator.serviceWorker.ready);
		await oleg.evaluate(() => navigator.serviceWorker.ready);

		await test.step("the server is stopped, the network is cut: reload, deep link, new tab", async () => {
			await school.stop();
			await tablet.setOffline(true);
			await oleg.context().setOffline(true);
			await anna.reload();
			await expect(anna.getByRole("heading", { name: "Сегодня", exact: true })).toBeVisible();
			await anna.goto(`${school.url}/lesson/${LESSON}`);
			await expect(anna.getByRole("heading", { level: 1 })).toContainText("8 «Б» · Алгебра");
			const second = watch(await tablet.newPage());
			await second.goto(`${school.url}/journal/8b-algebra`);
			await expect(second.getByRole("grid")).toBeVisible();
			await second.close();
		});

		await test.step("roll call, topic, homework, marks with a comment, two marks in a cell", async () => {
			await anna.locator("button.suggestion").click();
			await expect(anna.locator("button.suggestion")).toHaveCount(0);
			made.push({ person: "t06", kind: "lesson", key: LESSON, set: {} });
			await anna.getByLabel("Домашнее задание").fill("§ 17, № 301 (а, б)");
			await anna.getByLabel("Домашнее задание").blur();
			await pupilRow(anna, "Белова Софья").getByRole("button").first().click();
			await pupilRow(anna, "Жуков Максим").getByRole("button").first().click();
			await pupilRow(anna, "Жуков Максим").getByRole("button").first().click();
			made.push({ person: "t06", kind: "attendance", key: `${LESSON}/p2303`, set: { presence: "absent" } });
			made.push({ person: "t06", kind: "attendance", key: `${LESSON}/p2311`, set: { presence: "absent" } });
			made.push({ person: "t06", kind: "attendance", key: `${LESSON}/p2311`, set: { presence: "late", minutes: 5 } });
			await anna.getByRole("link", { name: "Отметки", exact: true }).click();
			await giveMark(anna, "Абрамов Илья", "5");
			await giveMark(anna, "Ковалёва Дарья", "4");
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2301/1`, set: { value: "5" } });
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2315/1`, set: { value: "4" } });
			await pupilRow(anna, "Ковалёва Дарья").getByRole("button").first().click();
			await anna.getByRole("button", { name: "Комментарий" }).click();
			await anna.getByRole("textbox").last().fill("Красивое решение");
			await anna.getByRole("button", { name: "Сохранить" }).click();
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2315/1`, set: { comment: "Красивое решение" } });
			await pupilRow(anna, "Гаврилова Мария").getByRole("button").first().click();
			await anna.getByRole("toolbar").getByRole("button", { name: "3", exact: true }).click();
			await pupilRow(anna, "Гаврилова Мария").getByRole("button").first().click();
			await anna.getByRole("button", { name: "Вторая отметка через дробь" }).click();
			await anna.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
			await expect(pupilRow(anna, "Гаврилова Мария").locator(".marks")).toHaveText("3/5");
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2307/1`, set: { value: "3" } });
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2307/2`, set: { value: "5" } });
		});

		await test.step("the grid by keyboard: each cell says that it is only on this tablet", async () => {
			await anna.goto(`${school.url}/journal/8b-algebra`);
			const row = anna.locator("tr", { hasText: "Логинов Леонид" });
			await row.locator("td.today").click();
			await anna.keyboard.press("4");
			await anna.keyboard.press("Enter");
			await anna.keyboard.press("5");
			await anna.keyboard.press("Enter");
			await expect(row.locator("td.today")).toHaveClass(/local/);
			await expect(row.locator("td.today")).toContainText("4");
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2318/1`, set: { value: "4" } });
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2319/1`, set: { value: "5" } });
			await expect(pill(anna)).toContainText("только на этом планшете");
		});

		await test.step("the browser is closed and opened again, still without network: everything is there", async () => {
			await tablet.close();
			tablet = await open();
			await tablet.setOffline(true);
			anna = watch(tablet.pages()[0] ?? (await tablet.newPage()));
			await anna.goto(`${school.url}/lesson/${LESSON}/marks`);
			await expect(anna.getByRole("heading", { name: "Журнал закрыт" })).toBeVisible();
			await expect(anna.getByText("Гаврилова")).toHaveCount(0);
			await unlock(anna, "zvonok-petrova");
			await expect(pupilRow(anna, "Гаврилова Мария").locator(".marks")).toHaveText("3/5");
			await expect(pill(anna)).toContainText("только на этом планшете");
		});

		await test.step("the substitute and the teacher write the same cell, neither sees the other", async () => {
			const name = "Абрамова Елена";
			for (const [page, mark] of [
				[anna, "3"],
				[oleg, "4"],
			] as const) {
				await page.goto(`${school.url}/lesson/${SUBSTITUTED}/marks`);
				const first = page.locator("ol.mark-list li").first();
				await first.getByRole("button").click();
				await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
				await expect(first.locator(".marks")).toHaveText(mark);
			}
			expect(name).not.toBe("");
		});

		await test.step("the server is back: every entry gets its verdict, both see both values, one tap settles it", async () => {
			await school.start();
			await oleg.context().setOffline(false);
			await tablet.setOffline(false);
			await anna.goto(`${school.url}/attention`);
			await oleg.goto(`${school.url}/attention`);
			await expect(pill(anna)).toContainText(SENT, { timeout: 30_000 });
			for (const page of [anna, oleg]) {
				const card = page.locator("article.conflict");
				await expect(card).toHaveCount(1, { timeout: 20_000 });
				await expect(card).toContainText("Оставить 4");
				await expect(card).toContainText("Взять 3");
			}
			await anna.screenshot({ path: "../screenshots/story-conflict.png" });
			await oleg.getByRole("button", { name: "Взять 3" }).click();
			await expect(oleg.locator("article.conflict")).toHaveCount(0);
			await expect(anna.locator("article.conflict")).toHaveCount(0, { timeout: 10_000 });
		});

		const deputy = watch(await person(browser, school.url, "kuznetsova"));
		await test.step("a correction after two weeks is held; the deputy head sees it within a second and approves it", async () => {
			await deputy.goto(`${school.url}/office`);
			await expect(deputy.getByText("Решать нечего")).toBeVisible();
			await anna.goto(`${school.url}/lesson/${OLD}/marks`);
			await pupilRow(anna, "Абрамов Илья").getByRole("button").first().click();
			await anna.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
			const began = Date.now();
			const card = deputy.locator("article.held");
			await expect(card).toHaveCount(1);
			console.log(`held entry on the deputy head's screen after ${Date.now() - began} ms`);
			const waiting = deputy.locator('.nav a[href="/office"] .badge');
			await expect(waiting).toHaveText("1");
			await expect(card).toContainText("14 дней");
			await expect(card).toContainText("Петрова Анна Петровна");
			await anna.goto(`${school.url}/attention`);
			await expect(anna.locator("article.held")).toContainText("Кузнецова Марина Львовна");
			await anna.screenshot({ path: "../screenshots/story-held.png" });
			await deputy.screenshot({ path: "../screenshots/story-office.png" });
			await card.getByRole("button", { name: "Разрешить" }).click();
			await expect(waiting).toHaveCount(0);
			await expect(anna.locator("article.held")).toHaveCount(0);
			await anna.goto(`${school.url}/lesson/${OLD}/marks`);
			await expect(pupilRow(anna, "Абрамов Илья").locator(".marks")).toHaveText("5");
			made.push({ person: "t06", kind: "mark", key: `${OLD}/p2301/1`, set: { value: "5" } });
		});

		const parent = watch(await person(browser, school.url, "kovaleva-olga", "zvonok-kovaleva"));
		await test.step("the parent reads the mark and the comment, also without network", async () => {
			for (const offline of [false, true]) {
				await parent.context().setOffline(offline);
				await parent.goto(`${school.url}/diary/2026-11-24`);
				await expect(parent.getByText("Красивое решение").first()).toBeVisible();
				await expect(parent.getByText("§ 17, № 301 (а, б)").first()).toBeVisible();
			}
			await parent.context().setOffline(false);
			await expect(parent.getByText("Абрамов")).toHaveCount(0);
		});

		await test.step("the backup falls behind, more is entered, the server is killed and its data deleted", async () => {
			await anna.goto(`${school.url}/lesson/${LESSON}/marks`);
			await expect(pill(anna)).toContainText(SENT);
			await school.freezeBackup();
			await giveMark(anna, "Петухова Кристина", "5");
			await giveMark(anna, "Устинова Вера", "4");
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2324/1`, set: { value: "5" } });
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2328/1`, set: { value: "4" } });
			await expect(pill(anna)).toContainText("копия догоняет");
			await expect(pupilRow(anna, "Устинова Вера")).toHaveClass(/applied/);
			await school.stop("SIGKILL");
			await school.loseData();
		});

		await test.step("restore: the tablets hand in again what the backup did not have, by themselves", async () => {
			const said = await school.restore();
			expect(said).toContain("32");
			await school.start();
			await giveMark(anna, "Серова Елизавета", "3");
			made.push({ person: "t06", kind: "mark", key: `${LESSON}/p2326/1`, set: { value: "3" } });
			await expect(pill(anna)).toContainText(SENT, { timeout: 60_000 });
			await expect(pupilRow(anna, "Петухова Кристина").locator(".marks")).toHaveText("5");
			await expect(pupilRow(anna, "Устинова Вера").locator(".marks")).toHaveText("4");
			await expect(pill(deputy)).toContainText(SENT, { timeout: 60_000 });
		});

		await test.step("every entry made in the story is there, once", async () => {
			await school.stop();
			const ledger = await school.ledger();
			for (const wanted of made) {
				const found = ledger.filter((line) => isThat(line, wanted));
				expect(found.length, `${wanted.kind} ${wanted.key} ${JSON.stringify(wanted.set)}`).toBeGreaterThan(0);
				if (Object.keys(wanted.set).length > 0) expect(found.length, JSON.stringify(wanted)).toBe(1);
			}
			const names = ledger.map((line) => `${line.device}:${line.n}`);
			expect(new Set(names).size, "no entry stands twice").toBe(names.length);
			const refused = ledger.filter((line) => line.verdict === "refused");
			expect(refused, "nothing of the story was refused").toEqual([]);
			const own = new Map<string, number>();
			for (const line of ledger) own.set(line.device, Math.max(own.get(line.device) ?? 0, line.n));
			for (const [device, highest] of own)
				expect(names.filter((name) => name.startsWith(`${device}:`)).length, `${device} without gaps`).toBe(highest);
		});
		expect(troubles).toEqual([]);
	} catch (failure) {
		await tablet
			.pages()[0]
			?.screenshot({ path: "../test-results/story-tablet.png" })
			.catch(() => undefined);
		console.log(troubles);
		throw failure;
	} finally {
		await tablet.close().catch(() => undefined);
		await school.remove();
		await rm(profile, { recursive: true, force: true });
	}
});

function isThat(line: Line, wanted: (typeof made)[number]): boolean {
	if (line.person !== wanted.person || line.kind !== wanted.kind || line.key !== wanted.key) return false;
	return Object.entries(wanted.set).every(([cell, value]) => line.set?.[cell] === value);
}
