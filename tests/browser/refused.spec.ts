/**
 * What the server did not simply take, and what it soon will not: an entry refused, one lost to a higher one, and those
 * that a locked term still takes for some days. Each tells the teacher both values, who, when, the rule, who can lift
 * it, and the way out; one tap from any screen.
 */

import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { Pen } from "./hands.ts";
import { School } from "./house.ts";
import { badge, contextOf, LESSON, type Look, MOMENT, pill, signIn, teacherIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "phone" };

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;
let office: Pen;
let deputy: Pen;

const line = (name: string): Locator => page.locator(".mark-row", { hasText: name });

/** Writes as of this moment: what it writes later is claimed for the same one. */
const pen = async (browser: Browser, login: string): Promise<Pen> =>
	Pen.open(await (await browser.newContext()).newPage(), school.url, school.now, login);

async function giveMark(name: string, mark: string): Promise<void> {
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await line(name).getByRole("button").click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
	await expect(line(name)).toHaveClass(/\blocal\b/);
}

/** From the journal, as from any screen. */
async function toAttention(): Promise<void> {
	await page.goto(`${school.url}/journal/8b-algebra`);
	await expect(pill(page)).toContainText("1 требует внимания", { timeout: 15_000 });
	await expect(badge(page)).toHaveText("1");
	await pill(page).click();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("Требуют внимания: 1");
}

/** The pupil's place in the class list: its end, or that there is none. */
const listed = (pupil: string, ends: string | null): Promise<void> =>
	office.write([{ kind: "enrolment", key: `8b/${pupil}/2026-09-01`, set: { ends } }]);

async function ledgerOf(pupil: string): Promise<[string, unknown, string][]> {
	await school.stop();
	const found = (await school.ledger()).filter(({ key }) => key === `${LESSON}/${pupil}/1`);
	await school.start();
	return found.map(({ person, set, verdict }) => [person, set["value"], verdict]);
}

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	[office, deputy] = [await pen(browser, "karpov"), await pen(browser, "kuznetsova")];
	context = await contextOf(browser, LOOK);
	page = await teacherIn(context, school.url);
	await page.evaluate(() => navigator.serviceWorker.ready);
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("a refused entry says what was wanted, the rule and who keeps it; once that is mended it is written again", async () => {
	await context.setOffline(true);
	await giveMark("Абрамов Илья", "5");
	await listed("p2301", "2026-11-20");
	await context.setOffline(false);
	await toAttention();
	const card = page.locator("article.refused");
	await expect(card).toContainText("Не принята");
	await expect(card.getByRole("heading")).toContainText(/Абрамов Илья.*8 «Б».*Алгебра.*24 ноября/);
	await expect(card.locator(".values")).toContainText(/сейчас в журнале.*5.*ваша запись.*написано .*, дошло /);
	await expect(card.locator(".why")).toHaveText(
		"В этот день ученик не числился в классе или в подгруппе. Список класса ведёт администратор журнала.",
	);
	await expect(card.getByRole("button", { name: "Записать снова" })).toHaveCount(0);
	await expect(card.getByRole("button", { name: "Убрать из списка" })).toBeVisible();
	await page.screenshot({ path: "../screenshots/refused.png", fullPage: true });

	await listed("p2301", null);
	await card.getByRole("button", { name: "Записать снова" }).click();
	await expect(card).toHaveCount(0);
	await expect(pill(page)).toHaveText("Всё отправлено и в копии", { timeout: 15_000 });
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await expect(line("Абрамов Илья").locator(".marks")).toHaveText("5");
	expect(await ledgerOf("p2301")).toEqual([
		["t06", "5", "refused"],
		["t06", "5", "accepted"],
	]);
});

test("a refused entry that was a mistake is taken from the list, on every tablet of the teacher", async ({
	browser,
}) => {
	await context.setOffline(true);
	await giveMark("Белова Софья", "2");
	await listed("p2303", "2026-11-20");
	await context.setOffline(false);
	await toAttention();
	await page.getByRole("button", { name: "Убрать из списка" }).click();
	await expect(page.locator("article.refused")).toHaveCount(0);
	await expect(pill(page)).toHaveText("Всё отправлено и в копии", { timeout: 15_000 });
	const second = await contextOf(browser, LOOK);
	const other = await second.newPage();
	await signIn(other, school.url, "teacher");
	await expect(pill(other)).toHaveText("Всё отправлено и в копии");
	await second.close();
});

test("an entry that lost to the deputy head's tells both, and the teacher may take the own one after all", async () => {
	await context.setOffline(true);
	await giveMark("Жуков Максим", "3");
	await deputy.write([{ kind: "mark", key: `${LESSON}/p2311/1`, set: { value: "4" } }]);
	await context.setOffline(false);
	await toAttention();
	const card = page.locator("article.conflict");
	await expect(card.getByRole("heading")).toContainText(/Жуков Максим.*8 «Б».*Алгебра.*24 ноября/);
	const values = card.locator(".value");
	await expect(values.first()).toContainText(/^4.*Кузнецова.*, завуч.*написано .*показывается/);
	await expect(values.last()).toContainText(/^3.*[Вв]ы.*написано /);
	await expect(card.locator(".why")).toContainText("Показывается запись завуча. Вторая сохранена. Решить может любой");
	await page.screenshot({ path: "../screenshots/lost-to-another.png", fullPage: true });
	await card.getByRole("button", { name: "Взять 3" }).click();
	await expect(card).toHaveCount(0);
	await expect(pill(page)).toHaveText("Всё отправлено и в копии", { timeout: 15_000 });
	expect(await ledgerOf("p2311")).toEqual([
		["deputy1", "4", "accepted"],
		["t06", "3", "superseded"],
		["t06", "3", "accepted"],
	]);
});

test("an entry that lost to the same value of somebody else's needs nobody", async () => {
	await context.setOffline(true);
	await giveMark("Зайцева Алиса", "4");
	await deputy.write([{ kind: "mark", key: `${LESSON}/p2312/1`, set: { value: "4" } }]);
	await context.setOffline(false);
	await page.goto(`${school.url}/attention`);
	await expect(pill(page)).toHaveText("Всё отправлено и в копии", { timeout: 15_000 });
	await expect(page.locator("article")).toHaveCount(0);
	await expect(page.locator("main")).toContainText("Разбирать нечего");
	await expect(badge(page)).toHaveCount(0);
});

test("a term was locked while entries waited: until when they are still taken is said, and in time they are", async ({
	browser,
}) => {
	await context.setOffline(true);
	for (const name of ["Ершова Полина", "Зверев Владислав", "Исаев Тимофей"]) await giveMark(name, "4");
	// Its clock stands at this moment: the lock is later than what waits.
	await (await pen(browser, "karpov")).write([
		{ kind: "term", key: "q2", set: { locked: true, reason: "II четверть сдана" } },
	]);
	// A proxy takes no more than one entry at a time, and then the line is dead: one came through, and the news with it.
	let passed = 0;
	await context.route("**/api/32/sync", (route) => {
		const { ops } = route.request().postDataJSON() as { ops: unknown[] };
		if (passed > 0) return route.abort();
		if (ops.length > 1) return route.fulfill({ status: 413, body: "Request Entity Too Large" });
		passed += 1;
		return route.continue();
	});
	await context.setOffline(false);
	await toAttention();
	const card = page.locator("article", { hasText: "Скоро выйдет срок" });
	await expect(card.getByRole("heading")).toHaveText("2 неотправленные записи выйдут из срока: пятница, 27 ноября");
	await expect(card.locator(".why")).toContainText("Период уже закрыт; сделанное до закрытия принимается до 27 нояб");
	await expect(card.getByRole("button", { name: "Сохранить записи в файл" })).toBeVisible();
	await page.screenshot({ path: "../screenshots/lock-ahead.png", fullPage: true });
	await context.unroute("**/api/32/sync");
	await card.getByRole("button", { name: "Отправить сейчас" }).click();
	await expect(card).toHaveCount(0);
	await expect(pill(page)).toHaveText("Всё отправлено и в копии", { timeout: 15_000 });
	for (const pupil of ["p2310", "p2313", "p2314"]) expect(await ledgerOf(pupil)).toEqual([["t06", "4", "accepted"]]);
});
