/**
 * What stands in a cell and whose cells there are: absence beside a mark, two marks, a comment, who came and who left,
 * half a class, a lesson beside the timetable, a mark on another day. Seen on the screen, and in the server's ledger.
 */

import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signInAs, teacherIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const OLD = "8b-algebra/2026-11-03/5"; // three weeks ago: past the window of fourteen days

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

const grid = (): Locator => page.getByRole("grid");
const row = (name: string): Locator => grid().locator("tbody tr", { hasText: name });
const today = (name: string): Locator => row(name).locator("td.today").last();
const line = (name: string): Locator => page.locator(".mark-row", { hasText: name });
const key = (name: string): Locator => page.getByRole("toolbar").getByRole("button", { name, exact: true });
const open = async (path: string, ready: Locator): Promise<void> => {
	await page.goto(`${school.url}${path}`);
	await ready.first().waitFor();
};

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	context = await contextOf(browser, LOOK);
	page = await teacherIn(context, school.url);
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("an absence and a mark in one cell stand both, and are warned about, in the grid and in the lesson's list", async () => {
	const warned = page.locator(".toasts", { hasText: "Стоят и «н», и отметка" });
	await open("/journal/8b-algebra", grid().locator("td"));
	await today("Барсукова Алина").click();
	for (const pressed of ["5", "Enter"]) await page.keyboard.press(pressed);
	await expect(today("Барсукова Алина").locator(".marks")).toHaveText("5");
	await expect(warned).toHaveCount(0);
	for (const pressed of ["ArrowUp", "y", "Enter"]) await page.keyboard.press(pressed); // «н» on a Russian keyboard
	await expect(warned).toContainText("Барсукова Алина: "); // the next pupil is open by now
	await expect(today("Барсукова Алина")).toHaveText(/^н5/);
	await expect(today("Барсукова Алина")).toHaveClass(/\bboth\b/);
	await page.keyboard.press("Control+z");
	await expect(today("Барсукова Алина")).toHaveText(/^5/);
	await expect(warned, "what is taken back is warned about no more").toHaveCount(0);

	await open(`/lesson/${LESSON}/marks`, line(""));
	await line("Богданов Денис").getByRole("button").click();
	await key("н: нет на уроке").click();
	await expect(line("Богданов Денис").locator(".presence")).toContainText("н");
	await line("Богданов Денис").getByRole("button").click();
	await expect(warned).toHaveCount(0);
	await key("4").click();
	await expect(warned).toContainText("Богданов Денис: ");
	await expect(line("Богданов Денис").locator(".marks")).toHaveText("4");
});

test("a key that is no mark is told with the pupil's name, though the next one is open already", async () => {
	const told = page.locator(".toasts", { hasText: "«6» в клетку не записать" });
	await open("/journal/8b-algebra", grid().locator("td"));
	await today("Зверев Владислав").click();
	for (const pressed of ["6", "Enter", "5", "Enter"]) await page.keyboard.press(pressed);
	await expect(today("Исаев Тимофей").locator(".marks")).toHaveText("5");
	await expect(told).toContainText("Зверев Владислав: ");
	await expect(today("Зверев Владислав").locator(".marks")).toHaveCount(0);

	await open(`/lesson/${LESSON}/marks`, line(""));
	await line("Зверев Владислав").getByRole("button").click();
	await page.keyboard.press("6");
	await expect(told).toBeVisible();
	await expect(line("Зверев Владислав")).toHaveClass(/\bactive\b/);
});

test("a lesson's marks begin with the first pupil who is here", async () => {
	await open(`/lesson/${LESSON}/marks`, line(""));
	await expect(line("Абрамов Илья")).toHaveClass(/\bactive\b/);
	await key("н: нет на уроке").click();
	await expect(line("Абрамов Илья").locator(".presence")).toContainText("н");
	await open(`/lesson/${LESSON}/marks`, line(""));
	await expect(line("Абрамов Илья").locator(".presence")).toContainText("н");
	await expect(page.locator(".mark-row.active .who")).toHaveText("Барсукова Алина");
});

test("two marks and a comment in a cell: seen as such, told to a screen reader, the comment one key away", async () => {
	await open("/journal/8b-algebra", grid().locator("td"));
	const cell = today("Васильев Артём");
	await cell.click();
	for (const pressed of ["4", "/", "3", "Enter", "ArrowUp", "Shift+F2"]) await page.keyboard.press(pressed);
	await expect(cell.locator(".marks")).toHaveText("4/3");
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel(/к первой отметке/).fill("За решение у доски");
	await dialog.getByLabel(/ко второй отметке/).fill("За тетрадь");
	await dialog.getByRole("button", { name: "Сохранить" }).click();
	await expect(cell).toHaveClass(/\bpair\b/);
	await expect(cell).toHaveClass(/\bcommented\b/);
	await expect(cell).toContainText("За решение у доски");
	await expect(cell).toContainText("За тетрадь");
	const marker = await cell.evaluate((td) => {
		const { content, borderTopWidth, borderTopColor } = getComputedStyle(td, "::after");
		return { content, borderTopWidth, shown: !borderTopColor.endsWith(", 0)") };
	});
	expect(marker).toEqual({ content: '""', borderTopWidth: "4px", shown: true });
});

test("who came in October and who left stand on the list for their days only", async () => {
	const days = async (name: string): Promise<{ theirs: string[]; others: string[] }> => {
		const dates = await grid()
			.locator("thead th a")
			.evaluateAll((all) => all.map((a) => a.getAttribute("href")?.split("/")[3] ?? ""));
		const out = await row(name)
			.locator("td.mark")
			.evaluateAll((all) => all.map((td) => td.classList.contains("out")));
		const of = (is: boolean): string[] => dates.filter((_, i) => out[i] === is).sort();
		return { theirs: of(false), others: of(true) };
	};
	await open("/journal/8b-algebra", grid().locator("td"));
	await expect(row("Исаев Тимофей").locator("td.mark.out")).toHaveCount(0);
	await expect(row("Савин Антон")).toHaveCount(0);

	await page.getByRole("combobox", { name: "Период" }).selectOption({ label: "I четверть" });
	await page.getByRole("radio", { name: "Октябрь" }).check();
	await expect(row("Савин Антон")).toHaveCount(1);
	const came = await days("Исаев Тимофей");
	expect(came.others.length).toBeGreaterThan(0);
	expect(came.others.every((day) => day < "2026-10-05")).toBe(true);
	expect(came.theirs.every((day) => day >= "2026-10-05")).toBe(true);
	const left = await days("Савин Антон");
	expect(left.others.length).toBeGreaterThan(0);
	expect(left.theirs.every((day) => day < "2026-10-22")).toBe(true);
	expect(left.others.every((day) => day >= "2026-10-22")).toBe(true);
	const none = row("Савин Антон").locator("td.out").first();
	await expect(none).toContainText("не числился в этот день");
	await expect(none).toHaveAttribute("aria-readonly", "true");
});

test("half a class is a journal of its own: its pupils alone, in the grid and in the roll call", async ({
	browser,
}) => {
	const other = await contextOf(browser, LOOK);
	const zimin = await other.newPage();
	await signInAs(zimin, school.url, "zimin", "zvonok-zimin");
	await zimin.goto(`${school.url}/journal/8b-computing-1`);
	const rows = zimin.getByRole("grid").locator("tbody tr");
	await expect(rows).toHaveCount(15);
	await expect(rows.first()).toContainText("Абрамов Илья");
	await expect(rows.filter({ hasText: "Константинопольский" })).toHaveCount(0);
	const head = zimin.getByRole("grid").locator("thead th a").last();
	const lesson = (await head.getAttribute("href")) ?? "";
	await zimin.goto(`${school.url}${lesson}`);
	await expect(zimin.locator("main")).toContainText(/\b15 учеников|из 15\b/);
	await other.close();
});

test("a lesson beside the timetable is made from the day's list, marked, and stands in the grid", async () => {
	await open("/today", page.locator(".lesson-card"));
	await page.getByRole("button", { name: "Урок вне расписания" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Журнал").selectOption("8b-algebra");
	await dialog.getByLabel("Номер урока").selectOption("5");
	await expect(dialog).toContainText("Такой урок у этого класса уже есть");
	await dialog.getByLabel("Номер урока").selectOption("8");
	await dialog.getByLabel("Тема урока").fill("Разбор олимпиады");
	await dialog.getByRole("button", { name: "Добавить урок" }).click();
	await expect(page).toHaveURL(/\/lesson\/8b-algebra\/2026-11-24\/8$/);
	await expect(page.locator(".page-head")).toContainText("вне расписания");
	await page.getByRole("link", { name: "Отметки", exact: true }).click();
	await line("Абрамов Илья").getByRole("button").click();
	await key("5").click();
	await expect(line("Абрамов Илья").locator(".marks")).toHaveText("5");
	await open("/journal/8b-algebra", grid().locator("td"));
	await expect(grid().locator('thead a[href="/lesson/8b-algebra/2026-11-24/8"]')).toHaveCount(1);
	await expect(today("Абрамов Илья").locator(".marks")).toHaveText("5");
	await open("/today", page.locator(".lesson-card"));
	await expect(page.locator('.lesson-card[href="/lesson/8b-algebra/2026-11-24/8"]')).toContainText("Разбор олимпиады");
});

test("a mark of today moves to another day with its comment; one past its window says why it can't", async () => {
	await open(`/lesson/${LESSON}/marks`, line(""));
	const name = "Герасимов Иван";
	await line(name).getByRole("button").click();
	await key("2").click();
	await expect(line(name).locator(".marks")).toHaveText("2");
	// The next pupil is open, and has nothing to comment on: the key is for the mark given just now.
	await key(`Комментарий к отметке: ${name}`).click();
	await page.getByRole("dialog").getByRole("textbox").fill("Работа за пятницу");
	await page.getByRole("dialog").getByRole("button", { name: "Сохранить" }).click();
	await line(name).getByRole("button").click();
	await key("Перенести на другой урок").click();
	await page.locator(".pick", { hasText: "20 ноября" }).getByRole("radio").check();
	await page.getByRole("dialog").getByRole("button", { name: "Перенести" }).click();
	await expect(line(name).locator(".marks")).toBeEmpty();
	await open("/lesson/8b-algebra/2026-11-20/2/marks", line(""));
	await expect(line(name).locator(".marks")).toHaveText(/2$/);
	await expect(line(name)).toContainText("Работа за пятницу");

	await open(`/lesson/${OLD}/marks`, line(""));
	const marked = page.locator(".mark-row:has(.marks b)").first();
	await marked.getByRole("button").click();
	await key("Перенести на другой урок").click();
	const dialog = page.getByRole("dialog");
	await expect(dialog.locator(".notice")).toContainText("14 дней");
	await expect(dialog.getByRole("radio").and(page.locator(":enabled"))).toHaveCount(0);
	await expect(dialog.getByRole("button", { name: "Перенести" })).toBeDisabled();
	await page.keyboard.press("Escape");
});

test("all of it is at the server as it stood on the screen", async () => {
	await expect(pill(page)).toContainText("Всё отправлено");
	await school.stop();
	const theirs = (await school.ledger()).filter(({ person }) => person === "t06");
	expect(theirs.filter(({ verdict }) => verdict !== "accepted")).toEqual([]);
	const extra = "8b-algebra/2026-11-24/8";
	expect(theirs.map(({ kind, key: of, set }) => [kind, of, set])).toEqual([
		["mark", `${LESSON}/p2302/1`, { value: "5" }],
		["attendance", `${LESSON}/p2302`, { presence: "absent" }],
		["attendance", `${LESSON}/p2302`, { presence: null }],
		["attendance", `${LESSON}/p2304`, { presence: "absent" }],
		["mark", `${LESSON}/p2304/1`, { value: "4" }],
		["mark", `${LESSON}/p2314/1`, { value: "5" }],
		["attendance", `${LESSON}/p2301`, { presence: "absent" }],
		["mark", `${LESSON}/p2306/1`, { value: "4" }],
		["mark", `${LESSON}/p2306/2`, { value: "3" }],
		["mark", `${LESSON}/p2306/1`, { comment: "За решение у доски" }],
		["mark", `${LESSON}/p2306/2`, { comment: "За тетрадь" }],
		["lesson", extra, { topic: "Разбор олимпиады" }],
		["mark", `${extra}/p2301/1`, { value: "5" }],
		["mark", `${LESSON}/p2308/1`, { value: "2" }],
		["mark", `${LESSON}/p2308/1`, { comment: "Работа за пятницу" }],
		["mark", `${LESSON}/p2308/1`, { comment: null, value: null }],
		["mark", "8b-algebra/2026-11-20/2/p2308/1", { comment: "Работа за пятницу", value: "2" }],
	]);
});
