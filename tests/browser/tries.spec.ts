/**
 * Somebody else's hands on a locked tablet: which PINs are taken, what wrong ones cost, what the screen says that a PIN
 * is good for, and that whoever holds the tablet can neither read nor write in the teacher's name.
 */

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const PIN = "470915";
const SECOND = 1_000;

test.describe.configure({ mode: "serial" });

let school: School;
let tablet: BrowserContext;
let page: Page;

const closed = () => page.getByRole("heading", { name: "Журнал закрыт" });
const keys = () => page.getByRole("button", { name: "Цифра 1" });
const told = () => page.getByRole("alert");

async function lock(): Promise<void> {
	await page.keyboard.press("Control+Shift+L");
	await expect(closed()).toBeVisible();
}

async function tryPin(pin: string): Promise<void> {
	await page.keyboard.type(pin);
	await page.keyboard.press("Enter");
}

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	tablet = await contextOf(browser, LOOK);
	page = await tablet.newPage();
	await page.clock.install({ time: Date.now() });
	await signIn(page, school.url, "teacher");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await expect(pill(page)).toContainText("Всё отправлено");
});

test.afterAll(async () => {
	await tablet?.close();
	await school?.remove();
});

test("a PIN has six digits at least, no easy ones, twice the same; the dialog and the lock say what it is good for", async () => {
	await page.goto(`${school.url}/me`);
	await page.getByRole("button", { name: "Задать ПИН-код" }).click();
	const dialog = page.getByRole("dialog");
	await expect(dialog).toContainText("после десяти неверных попыток журналы уберутся");
	await expect(dialog).toContainText("От того, кто скопировал диск планшета и взломал систему, шесть цифр не спасут");
	for (const [pin, again, why] of [
		["47091", "47091", "Нужно от 6 до 12 цифр."],
		["47о915", "47о915", "Нужно от 6 до 12 цифр."],
		["123456", "123456", "Это легко угадать"],
		["777777", "777777", "Это легко угадать"],
		[PIN, "470916", "Набрано по-разному"],
	] as const) {
		await dialog.getByLabel("ПИН-код, от 6 цифр").fill(pin);
		await dialog.getByLabel("Ещё раз").fill(again);
		await dialog.getByRole("button", { name: "Задать", exact: true }).click();
		const field = dialog.getByLabel("ПИН-код, от 6 цифр");
		await expect(dialog.getByRole("alert")).toContainText(why);
		await expect(field).toBeFocused();
		await expect(field).toHaveAccessibleDescription(new RegExp(why));
		for (const empty of [field, dialog.getByLabel("Ещё раз")]) await expect(empty).toHaveValue("");
	}
	await expect(page.getByText("ПИН-кода нет").first()).toBeAttached();
	await page.keyboard.type(PIN);
	await dialog.getByLabel("Ещё раз").fill(PIN);
	await dialog.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(page.getByText("ПИН-код действует до")).toBeVisible();

	await lock();
	await page.getByText("От чего защищает ПИН-код").click();
	await expect(page.getByText("шесть цифр не спасут")).toBeVisible();
	await expect(page.getByText("Через 12 часов нужна парольная фраза.")).toBeVisible();
});

test("from the fifth wrong try on one waits, each time twice as long, also through a reload; the right one begins anew", async () => {
	for (let n = 1; n <= 4; n += 1) {
		await tryPin("222222");
		await expect(told()).toContainText(`Осталось: ${10 - n}`);
		await expect(keys()).toBeEnabled();
	}
	for (const [n, wait] of [30, 60, 120].entries()) {
		await tryPin("222222");
		await expect(told()).toContainText(`Осталось: ${5 - n}`);
		await expect(told()).toContainText("Подождите");
		await expect(keys()).toBeDisabled();
		await page.clock.fastForward((wait - 10) * SECOND);
		await expect(keys()).toBeDisabled();
		if (n === 1) {
			await page.reload();
			await expect(keys()).toBeDisabled();
		}
		await page.clock.fastForward(11 * SECOND);
		await expect(keys()).toBeEnabled();
	}
	await tryPin(PIN);
	await expect(page.locator("nav").first()).toBeVisible();
	await lock();
	await tryPin("222222");
	await expect(told()).toContainText("Осталось: 9");
	await expect(keys()).toBeEnabled();
});

test("whoever holds the locked tablet reads nothing and writes nothing in the teacher's name", async () => {
	const [device = ""] = (await tablet.cookies()).flatMap(
		({ name }) => /^zvonok-(d[a-z2-7]{10})$/.exec(name)?.[1] ?? [],
	);
	expect(device, "her cookie is there").not.toBe("");
	for (const path of [`/lesson/${LESSON}/marks`, "/journal/8b-algebra", "/attention", "/me"]) {
		await page.goto(`${school.url}${path}`);
		await expect(closed()).toBeVisible();
		await expect(page.locator("nav, [role=grid], .mark-row")).toHaveCount(0);
		for (const key of ["Control+k", "Tab", "Escape", "5", "Backspace", "Control+z", "Control+p"])
			await page.keyboard.press(key);
		await expect(page.getByRole("dialog")).toHaveCount(0);
		await expect(closed()).toBeVisible();
	}
	const answers = await page.evaluate(async (hers) => {
		const asked = async (path: string, init: RequestInit): Promise<number> => (await fetch(path, init)).status;
		const op = {
			n: 1,
			kind: "mark",
			key: "8b-algebra/2026-11-24/5/p2301/1",
			set: { value: "5" },
			at: 0,
			seen: ["", 0],
			v: 1,
		};
		const body = JSON.stringify({
			protocol: 1,
			device: hers,
			clock: Date.now(),
			held: 1,
			epoch: "",
			cursors: {},
			ops: [op],
		});
		const found: number[] = [];
		for (const headers of [{}, { "zvonok-device": hers }, { "zvonok-device": hers, "zvonok-proof": "AAAA" }]) {
			const all = { ...headers, "content-type": "application/json" };
			found.push(await asked("/api/32/me", { headers: all }));
			found.push(await asked("/api/32/sync", { method: "POST", headers: all, body }));
		}
		return found;
	}, device);
	expect(answers).toEqual([401, 401, 401, 401, 401, 401]);

	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await expect(keys()).toBeEnabled();
	await tryPin(PIN);
	await expect(page.locator(".mark-row").first()).toBeVisible();
	await expect(pill(page)).toContainText("Всё отправлено");
	await school.stop();
	expect((await school.ledger()).filter(({ person }) => person === "t06")).toEqual([]);
});
