/**
 * What is typed into a form of the office or of the admin outlives its page: another screen, a reload, the lock, a closed
 * browser. Nothing of it can be read on the disk meanwhile, nothing of it is written by itself, and what was sent off or
 * given up is gone.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Locator, type Page, test } from "@playwright/test";
import { dumpOf, filesWith } from "./dump.ts";
import { Pen } from "./hands.ts";
import { School } from "./house.ts";
import { lies, lockUp, MOMENT, pill, signIn, unlock } from "./screens.ts";

const REASON = "Недописанный малахитовый приказ";
const OLD = "8b-algebra/2026-11-03/5"; // its marks' fourteen days are over
const DEPUTY = "deputy1";
const ADMIN = "admin";

const form = (page: Page): Locator => page.locator("form.appoint");
const dialog = (page: Page): Locator => page.getByRole("dialog");

test("what is typed into a form outlives its page, and is never sent by itself", async ({ launchOptions }) => {
	const school = await School.make(MOMENT);
	const profile = await mkdtemp(join(tmpdir(), "zvonok-drafts-"));
	const open = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, { ...launchOptions, locale: "ru-RU" });
	let tablet = await open();
	const pageOf = async (): Promise<Page> => tablet.pages()[0] ?? (await tablet.newPage());
	try {
		let page = await pageOf();
		const late = { kind: "mark", key: `${OLD}/p2301/1`, set: { value: "5" } } as const;
		await (await Pen.open(page, school.url, school.now)).write([late], "held");
		await page.context().clearCookies();
		await signIn(page, school.url, "deputy_head");
		await page.evaluate(() => navigator.serviceWorker.ready);

		await test.step("a substitution, by another screen, a reload, the lock and a closed browser", async () => {
			await page.goto(`${school.url}/office/substitutions`);
			await form(page).getByLabel("Кого заменяют").selectOption({ label: "Петрова Анна Петровна" });
			await form(page).getByRole("checkbox").first().uncheck();
			await form(page).getByLabel("Причина").fill(REASON);
			await page.getByRole("link", { name: "Решения" }).click();
			await page.getByRole("link", { name: "Замены" }).click();
			await expect(form(page).getByLabel("Причина")).toHaveValue(REASON);
			await expect(form(page).getByRole("checkbox").first()).not.toBeChecked();
			await page.reload();
			await expect(form(page).getByLabel("Причина")).toHaveValue(REASON);
			await form(page).getByLabel("Причина").press("End");
			await page.keyboard.type(" № 7");
			await lockUp(page);
			expect(await lies(page, DEPUTY, "draft substitution")).toBe(true);
			await tablet.close();
			expect(filesWith(await dumpOf(profile), REASON)).toEqual([]);
			tablet = await open();
			page = await pageOf();
			await page.goto(`${school.url}/office/substitutions`);
			await unlock(page, "zvonok-kuznetsova");
			await expect(form(page).getByLabel("Причина")).toHaveValue(`${REASON} № 7`);
			await expect(form(page).getByLabel("Кого заменяют").locator("option:checked")).toHaveText(
				"Петрова Анна Петровна",
			);
		});

		await test.step("cleared, it is gone", async () => {
			await form(page).getByRole("button", { name: "Очистить" }).click();
			await expect(form(page).getByLabel("Причина")).toHaveValue("");
			await expect.poll(() => lies(page, DEPUTY, "draft substitution")).toBe(false);
			await page.reload();
			await expect(form(page).getByLabel("Причина")).toHaveValue("");
		});

		await test.step("what was chosen of the queue, and the note for all of it", async () => {
			await page.goto(`${school.url}/office`);
			const select = page.locator("article.held").getByRole("checkbox");
			await select.first().check();
			await page.getByRole("group", { name: "Выбрано: 1" }).getByRole("textbox").fill("Разово");
			await expect.poll(() => lies(page, DEPUTY, "draft decisions")).toBe(true);
			await page.reload();
			const bulk = page.getByRole("group", { name: "Выбрано: 1" });
			await expect(bulk.getByRole("textbox")).toHaveValue("Разово");
			await bulk.getByRole("textbox").fill("");
			await bulk.getByRole("button", { name: "Снять выбор" }).click();
			await expect.poll(() => lies(page, DEPUTY, "draft decisions")).toBe(false);
		});

		await tablet.close();
		await rm(profile, { recursive: true });
		tablet = await open();
		page = await pageOf();
		await signIn(page, school.url, "admin");

		await test.step("a lock's reason: its dialog comes back; given up, it does not", async () => {
			await page.goto(`${school.url}/admin/terms`);
			const term = page.getByRole("article", { name: "II четверть", exact: true });
			await term.getByRole("button", { name: "Закрыть" }).click();
			await dialog(page).getByRole("textbox").fill(REASON);
			await expect.poll(() => lies(page, ADMIN, "draft term")).toBe(true);
			await page.reload();
			await expect(dialog(page).getByRole("textbox")).toHaveValue(REASON);
			await lockUp(page);
			await unlock(page, "zvonok-karpov");
			await expect(dialog(page).getByRole("textbox")).toHaveValue(REASON);
			await page.screenshot({ path: "../screenshots/draft-back.png" });
			await page.keyboard.press("Escape");
			await expect(dialog(page)).toHaveCount(0);
			await expect.poll(() => lies(page, ADMIN, "draft term")).toBe(false);
			await page.reload();
			await expect(term).toContainText("открыт");
			await expect(dialog(page)).toHaveCount(0);
		});

		await test.step("the settings, a tablet's revocation", async () => {
			await page.goto(`${school.url}/admin/settings`);
			await page.getByLabel("Сколько дней можно исправлять отметку").fill("7");
			await page.goto(`${school.url}/admin`);
			await page.getByRole("button", { name: "Отозвать" }).first().click();
			await dialog(page).getByRole("textbox").fill("Забыт в автобусе");
			await expect.poll(() => lies(page, ADMIN, "draft revoke")).toBe(true);
			await page.reload();
			await expect(dialog(page).getByRole("textbox")).toHaveValue("Забыт в автобусе");
			await dialog(page).getByRole("button", { name: "Отмена" }).click();
			await page.goto(`${school.url}/admin/settings`);
			await expect(page.getByLabel("Сколько дней можно исправлять отметку")).toHaveValue("7");
			await page.getByRole("button", { name: "Сохранить" }).click();
			await expect.poll(() => lies(page, ADMIN, "draft settings")).toBe(false);
			await expect(pill(page)).toContainText("Всё отправлено");
		});

		await test.step("a step of the year, and its opening for a teacher", async () => {
			await page.goto(`${school.url}/admin/terms`);
			const year = page.getByRole("article", { name: /учебный год$/ });
			await year.getByRole("button", { name: "Закрыть год" }).click();
			await dialog(page).getByRole("textbox").fill("Приказ № 20");
			await expect.poll(() => lies(page, ADMIN, "draft year")).toBe(true);
			await page.reload();
			await expect(dialog(page).getByRole("textbox")).toHaveValue("Приказ № 20");
			await page.locator('button[form="year-form"]').click();
			await expect(year).toContainText("Основание: Приказ № 20");
			await expect.poll(() => lies(page, ADMIN, "draft year")).toBe(false);
			await year.getByRole("button", { name: "Открыть учителю" }).click();
			await dialog(page).getByLabel("Основание").fill("болезнь");
			await expect.poll(() => lies(page, ADMIN, "draft reopen")).toBe(true);
			await page.reload();
			await expect(dialog(page).getByLabel("Основание")).toHaveValue("болезнь");
			await dialog(page).getByRole("button", { name: "Отмена" }).click();
			await expect.poll(() => lies(page, ADMIN, "draft reopen")).toBe(false);
			await expect(pill(page)).toContainText("Всё отправлено");
		});

		await school.stop();
		const told = (await school.ledger()).filter(({ kind }) =>
			["substitution", "term", "school", "year"].includes(kind),
		);
		expect(told.map(({ kind, set }) => [kind, set])).toEqual([
			["school", { window_days: 7 }],
			["year", { state: "locked", reason: "Приказ № 20" }],
		]);
	} finally {
		await tablet.close().catch(() => undefined);
		await school.remove();
		await rm(profile, { recursive: true, force: true });
	}
});
