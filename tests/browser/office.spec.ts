/**
 * What the deputy head and the admin do most, by keys alone: an entry approved with a note, one declined, several decided
 * at once, a substitution, a term locked. Each stop of Tab is in sight and ringed; the focus is never lost, and after a
 * dialog it is where it was.
 */

import { expect, type Page, test } from "@playwright/test";
import { Pen } from "./hands.ts";
import { School } from "./house.ts";
import { choose, tabTo } from "./keyboard.ts";
import { contextOf, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const OLD = "8b-algebra/2026-11-03/5"; // its marks' fourteen days are over
const PUPILS = ["p2301", "p2302", "p2308", "p2321"];

/** The words of what has the focus, and of the card it is in. */
const focused = (page: Page): Promise<[own: string, card: string]> =>
	page.evaluate(() => {
		const { activeElement: at } = document;
		return [at === document.body ? "" : (at?.textContent ?? ""), at?.closest("article")?.ariaLabel ?? ""];
	});

test("decisions, a substitution and a lock by keys alone", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const visitor = await browser.newContext();
		const pen = await Pen.open(await visitor.newPage(), school.url, school.now);
		for (const pupil of PUPILS)
			await pen.write([{ kind: "mark", key: `${OLD}/${pupil}/1`, set: { value: "5" } }], "held");
		await visitor.close();
		const tablet = await contextOf(browser, LOOK);
		const page = await tablet.newPage();
		const press = (key: string): Promise<void> => page.keyboard.press(key);
		await signIn(page, school.url, "deputy_head");
		await page.goto(`${school.url}/office`);
		const cards = page.locator("article.held");
		await expect(cards).toHaveCount(4);

		await test.step("an entry is approved with a note, the next one declined", async () => {
			const titles = await cards.locator("h2").allTextContents();
			await tabTo(page, /^С пояснением/);
			await press("Enter");
			await page.keyboard.type("Разово");
			await tabTo(page, /^Разрешить/);
			await press("Enter");
			await expect(cards).toHaveCount(3);
			expect(await focused(page)).toEqual([expect.stringContaining(titles[1] ?? ""), titles[1]]);
			await tabTo(page, /^История/);
			await press("Enter");
			await expect(page.getByRole("dialog")).toBeVisible();
			await press("Escape");
			await expect(page.getByRole("dialog")).toHaveCount(0);
			expect(await focused(page)).toEqual(["История", titles[1]]);
			await press("Shift+Tab");
			await press("Shift+Tab");
			expect((await focused(page))[0]).toBe("Отклонить");
			await press("Space");
			await expect(cards).toHaveCount(2);
		});

		await test.step("the others at once, with one note; the focus is not lost with the last", async () => {
			await page.reload();
			await expect(cards).toHaveCount(2);
			await tabTo(page, /^Выбрать все/);
			await press("Space");
			await tabTo(page, /^Пояснение для учителя/);
			await page.keyboard.type("Работы нет");
			await tabTo(page, /^Отклонить/);
			await press("Enter");
			await expect(page.getByText("Решать нечего")).toBeVisible();
			await expect.poll(async () => (await focused(page))[0]).toBe("Кабинет завуча");
		});

		await test.step("a substitution", async () => {
			await tabTo(page, /^Замены/);
			await press("Enter");
			await tabTo(page, /^Кого заменяют/);
			await choose(page, /^Петрова Анна/);
			await tabTo(page, /^Кто заменяет/);
			await choose(page, /^Орлов/);
			await tabTo(page, /8 «В» · Геометрия/);
			await press("Space");
			await tabTo(page, /^Причина/);
			await page.keyboard.type("больничный");
			await tabTo(page, /^Назначить/);
			await press("Enter");
			await expect(page.locator(".substitutions li").first()).toContainText("Орлов");
			await expect(pill(page)).toContainText("Всё отправлено");
		});
		await tablet.close();

		await test.step("a term's lock: given up by Esc, then made", async () => {
			const admin = await (await contextOf(browser, LOOK)).newPage();
			await signIn(admin, school.url, "admin");
			await admin.goto(`${school.url}/admin/terms`);
			const term = admin.getByRole("article", { name: "II четверть", exact: true });
			await expect(term).toContainText("открыт");
			await tabTo(admin, /^Закрыть период/);
			expect((await focused(admin))[1]).toBe("II четверть");
			await admin.keyboard.press("Enter");
			await tabTo(admin, /^Основание/);
			await admin.keyboard.type("Приказ");
			await admin.keyboard.press("Escape");
			await expect(admin.getByRole("dialog")).toHaveCount(0);
			expect(await focused(admin)).toEqual(["Закрыть период", "II четверть"]);
			await admin.keyboard.press("Space");
			await tabTo(admin, /^Основание/);
			await admin.keyboard.type("Приказ № 20");
			await tabTo(admin, /^Закрыть период/);
			await admin.keyboard.press("Enter");
			await expect(term).toContainText("закрыт");
			expect(await focused(admin)).toEqual(["Открыть период", "II четверть"]);
			await expect(pill(admin)).toContainText("Всё отправлено");
		});

		await school.stop();
		const told = (await school.ledger()).filter(({ kind }) => ["matter", "substitution", "term"].includes(kind));
		const sets = told
			.filter(({ person, verdict }) => person !== "import" && verdict === "accepted")
			.map(({ set }) => set);
		expect(sets.slice(0, 4)).toEqual([
			{ outcome: "approved", note: "Разово" },
			{ outcome: "declined" },
			{ outcome: "declined", note: "Работы нет" },
			{ outcome: "declined", note: "Работы нет" },
		]);
		expect(sets.at(-1)).toEqual({ locked: true, reason: "Приказ № 20" });
		expect(sets.slice(4, -1).every(({ reason, ends }) => reason === "больничный" && ends === "2026-11-25")).toBe(true);
	} finally {
		await school.remove();
	}
});
