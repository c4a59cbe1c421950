/**
 * A lesson by touch, in real Chromium on a phone's processor (6 times slower), without a network: roll call, a control
 * work by the keypad and by a keyboard, one mark for all, a mark moved, the search, term marks.
 *
 * Taps are counted and bounded. Seconds are told, not tested: what the machine took from tap to tap, and the same for a
 * person, who needs at least the pause below for each (the machine works while they look), as in tests/bench/README.md.
 */

import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { LESSON, MOMENT, teacherIn } from "./screens.ts";

/** What a person takes to find a name in a list and tap it, and to read a mark from the paper and tap its key. */
const PAUSE = { name: 1_500, mark: 1_100 };
const PHONE = { width: 360, height: 780 };

let school: School;
let context: BrowserContext;
let page: Page;
/** When each tap or key began. */
let taps: number[] = [];

async function tap(at: Locator): Promise<void> {
	taps.push(Date.now());
	await at.tap();
}
function told(what: string, pause: number): void {
	const steps = taps.map((at, i) => (taps[i + 1] ?? Date.now()) - at);
	const seconds = (all: number[]): string => (all.reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(1);
	const person = seconds(steps.map((ms) => Math.max(ms, pause)));
	console.log(`    ${what}: ${taps.length} taps, machine ${seconds(steps)} s, person ${person} s (${pause} ms a tap)`);
}
const key = (name: string): Locator => page.getByRole("toolbar").getByRole("button", { name, exact: true });
const lines = (): Locator => page.locator(".mark-row");

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	context = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true, locale: "ru-RU" });
	page = await teacherIn(context, school.url);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await context.setOffline(true);
	const throttle = await context.newCDPSession(page);
	await throttle.send("Emulation.setCPUThrottlingRate", { rate: 6 });
});
test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("three are absent: the roll is called in at most five taps from the day's list", async () => {
	await page.goto(`${school.url}/today`);
	taps = [];
	await tap(page.locator(`a.lesson-card[href="/lesson/${LESSON}"]`));
	for (const name of ["Белова Софья", "Жуков Максим", "Ковалёва Дарья"])
		await tap(page.getByRole("button", { name: new RegExp(name) }));
	await expect(page.locator(".pupil.absent")).toHaveCount(3);
	await expect(page.locator("main")).toContainText("присутствуют 26 из 29");
	told("roll call of 29, 3 absent", PAUSE.name);
	expect(taps.length).toBeLessThanOrEqual(5);
});

test("a lesson opens at its roll on a phone and on a tablet; a day that has not come, at its topic", async () => {
	for (const size of [PHONE, { width: 1024, height: 768 }]) {
		await page.setViewportSize(size);
		await page.goto(`${school.url}/lesson/${LESSON}`);
		await expect(page.locator(".pupil-tap").nth(4)).toBeInViewport({ ratio: 1 });
		const topic = page.getByRole("textbox", { name: "Тема", exact: true });
		await expect(topic).not.toBeInViewport();
		await page.getByRole("button", { name: /^Тема: .* Домашнее задание: / }).tap();
		await expect(topic).toBeInViewport({ ratio: 1 });
		await page.goto(`${school.url}/lesson/8b-algebra/2026-12-01/5`);
		await expect(page.getByRole("textbox", { name: "Тема", exact: true })).toBeInViewport({ ratio: 1 });
	}
	await page.setViewportSize(PHONE);
});

test("on a phone seven pupils stand between the head and the keys, every key has its room and its name", async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	for (const [path, row] of [
		[`/lesson/${LESSON}/journal`, "tbody tr .who"],
		[`/lesson/${LESSON}/marks`, ".mark-row .who"],
	] as const) {
		await page.goto(`${school.url}${path}`);
		await page.locator(".strip").waitFor();
		await page.locator(row).first().waitFor();
		const free = await page.locator(row).evaluateAll((all) => {
			const over = document.querySelector(".page-bar")?.getBoundingClientRect().top ?? 0;
			return all.filter((who) => {
				const { left, right, top, bottom } = who.getBoundingClientRect();
				return bottom <= over && who.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
			}).length;
		});
		expect(free, path).toBeGreaterThanOrEqual(7);
		for (const key of await page.locator(".strip button").all()) {
			const box = await key.boundingBox();
			expect(box?.width ?? 0).toBeGreaterThanOrEqual(40);
			expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
			await expect(key).toHaveAccessibleName(/\S/);
		}
	}
	// What the term is divided into is read whole, in the longest one too.
	await page.goto(`${school.url}/journal/8b-algebra`);
	await page.getByLabel("Период", { exact: true }).first().selectOption("q3");
	await expect(page.getByText("Весь период")).toBeInViewport({ ratio: 1 });
	await page.setViewportSize(PHONE);
});

test("on a tablet every act of the strip is named in sight", async () => {
	await page.setViewportSize({ width: 768, height: 1024 });
	for (const [path, names] of [
		["/journal/8b-algebra", ["Комментарий", "Всем, кроме…", "Стереть", "Отменить"]],
		[`/lesson/${LESSON}/marks`, ["Комментарий", "Перенести", "Стереть", "Отменить"]],
	] as const) {
		await page.goto(`${school.url}${path}`);
		for (const name of names)
			await expect(page.locator(".strip").getByText(name, { exact: true })).toBeInViewport({ ratio: 1 });
	}
	await page.setViewportSize(PHONE);
});

test("the plan opens at the topic that comes next, far down the list", async () => {
	await page.goto(`${school.url}/lesson/${LESSON}`);
	await page.getByRole("button", { name: "Выбрать из плана" }).tap();
	const next = page.locator(".plan-line", { hasText: "следующая" });
	await expect(next).toBeFocused();
	await expect(next).toBeInViewport({ ratio: 1 });
	await expect(page.locator(".plan-line").first()).not.toBeInViewport();
	await page.keyboard.press("Escape");
});

test("the browser's own undo never joins a pasted topic that was taken back with what stands", async () => {
	const topic = page.locator("textarea").first();
	await page.goto(`${school.url}/lesson/${LESSON}`);
	for (const pasted of ["Квадратные корни", "Не та тема"]) {
		await topic.tap();
		await page.keyboard.press("Control+a");
		await page.keyboard.insertText(pasted); // as a paste and a phone's own keyboard do
		await page.keyboard.press("Tab");
		await expect(page.locator("main")).toContainText(`Тема: ${pasted}`);
	}
	await page.getByRole("button", { name: "Отменить" }).tap();
	await expect(topic).toHaveValue("Квадратные корни");
	await topic.tap();
	await page.keyboard.press("Control+z");
	await expect(topic).toHaveValue("Квадратные корни");
	await page.keyboard.press("Tab");
	await page.getByRole("button", { name: "Отменить" }).tap();
	await expect(topic).toHaveValue("");
});

test("a control work by the keypad: one tap a pupil, the next opens by itself, the absent are passed by", async () => {
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await expect(lines().first()).toBeVisible();
	const here = (await lines().count()) - 3;
	taps = [];
	for (let n = 0; n < here; n += 1) {
		await tap(key(["5", "4", "3", "4"][n % 4] ?? "5"));
		await expect(page.locator(".mark-row .marks:not(:empty)")).toHaveCount(n + 1);
	}
	told(`marks of ${here} by the keypad`, PAUSE.mark);
	expect(taps).toHaveLength(here);
	await expect(page.locator(".mark-row:has(.presence.absent) .marks:not(:empty)")).toHaveCount(0);
});

test("the same by a keyboard's digits, without a touch before", async () => {
	await page.goto(`${school.url}/lesson/8v-geometry/2026-11-24/4/marks`);
	await expect(lines().first()).toBeVisible();
	const all = await lines().count();
	taps = [];
	for (let n = 0; n < all; n += 1) {
		taps.push(Date.now());
		await page.keyboard.press(["5", "4", "3"][n % 3] ?? "5");
		await expect(page.locator(".mark-row .marks:not(:empty)")).toHaveCount(n + 1);
	}
	told(`marks of ${all} by a keyboard`, PAUSE.mark);
});

test("everyone a five but two, as one step", async () => {
	await page.goto(`${school.url}/lesson/8a-statistics/2026-11-24/7/marks`);
	await expect(lines().first()).toBeVisible();
	const all = await lines().count();
	taps = [];
	await tap(page.getByRole("button", { name: "Всем одну отметку" }));
	await tap(page.getByRole("checkbox").nth(2));
	await tap(page.getByRole("checkbox").nth(5));
	await tap(page.getByRole("button", { name: /^Поставить 5/ }));
	await expect(page.locator(".mark-row .marks:not(:empty)")).toHaveCount(all - 2);
	await expect(lines().nth(2)).toHaveClass(/active/);
	await tap(key("4"));
	told(`everyone of ${all} a five but two`, PAUSE.name);
	await key("Отменить").tap();
	await key("Отменить").tap();
	await expect(page.locator(".mark-row .marks:not(:empty)")).toHaveCount(0);
});

test("a mark is moved to the lesson it belongs to", async () => {
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	const first = lines().first();
	const mark = await first.locator(".marks").textContent();
	await first.getByRole("button").tap();
	await key("Перенести на другой урок").tap();
	await page.locator(".pick:not(.off)").first().tap();
	await page.getByRole("dialog").getByRole("button", { name: "Перенести" }).tap();
	await expect(first.locator(".marks")).toBeEmpty();
	await key("Отменить").tap();
	await expect(first.locator(".marks")).toHaveText(mark ?? "");
});

test("a pupil is found by a part of the name; neither the address nor the title names anybody", async () => {
	await page.getByRole("button", { name: "Найти ученика или журнал" }).tap();
	await page.getByRole("combobox", { name: "Фамилия" }).fill("валев");
	await page.getByRole("option", { name: /Ковалёва Дарья/ }).tap();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ковалёва Дарья");
	await expect(page).toHaveURL(/\/pupil\/p\d+$/);
	expect(await page.title()).toBe("Ученик · Звонок");
	await page.keyboard.press("Control+k");
	await expect(page.getByRole("combobox", { name: "Фамилия" })).toBeFocused();
	await page.keyboard.press("Escape");
});

test("term marks: the proposals are taken as one step, a mark that differs asks for its reason", async () => {
	await page.goto(`${school.url}/terms/8b-algebra`);
	const line = page.locator(".term-line").first();
	await expect(line).toContainText(" = ");
	await page.getByRole("button", { name: /Принять предложенное/ }).tap();
	await page.getByRole("checkbox").first().check();
	await page.getByRole("checkbox").nth(1).check();
	// Who has marks enough is ticked already.
	const ticked = await page.locator(".pick input:checked").count();
	await page.getByRole("button", { name: /^Поставить · / }).tap();
	await expect(page.locator(".term-line .given b")).toHaveCount(ticked);
	await line.getByRole("button").first().tap();
	await key("2").tap();
	await page.getByRole("button", { name: "Учтены контрольные работы" }).tap();
	await expect(line).toContainText("Почему: Учтены контрольные работы");
	for (const width of [360, 800, 1180]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	}
});
