/**
 * Unsent entries leave a tablet without network by hand: as a sealed file that a colleague's tablet brings in, or as a QR
 * code whose text the admin brings. The server has each once, and learns nothing new when the tablet itself comes back.
 */

import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { correction, generate } from "lean-qr";
import { School } from "./house.ts";
import { LESSON, MOMENT, pill, signIn } from "./screens.ts";

const NAMES = ["Абрамов Илья", "Ковалёва Дарья"];

/** The code of a text as it is to be drawn: all of it, with a white edge of four. */
function codeOf(text: string): string {
	const code = generate(text, { maxCorrectionLevel: correction.M });
	const all = Array.from({ length: code.size }, (_, i) => i);
	const dark = all.flatMap((y) => all.filter((x) => code.get(x, y)).map((x) => `M${x + 4} ${y + 4}h1v1h-1z`));
	return dark.join("");
}

async function giveMark(page: Page, pupil: string): Promise<void> {
	const line = page.locator("li", { hasText: pupil });
	await line.getByRole("button").first().click();
	await page.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
	await expect(line.locator(".marks")).toHaveText("5");
}

test("entries go out as a sealed file, a colleague's tablet brings them in, each arrives once", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const mine = await (await browser.newContext({ locale: "ru-RU", acceptDownloads: true })).newPage();
		await signIn(mine, school.url, "teacher");
		await mine.evaluate(() => navigator.serviceWorker.ready);
		await mine.goto(`${school.url}/lesson/${LESSON}/marks`);
		await expect(pill(mine)).toContainText("Всё отправлено");
		await mine.context().setOffline(true);
		for (const name of NAMES) await giveMark(mine, name);
		await mine.getByRole("link", { name: "Я", exact: true }).click();

		// File and code tell when they were made: at one moment both say the same.
		await mine.evaluate(() => {
			const at = Date.now();
			Date.now = () => at;
		});
		const [saved] = await Promise.all([
			mine.waitForEvent("download"),
			mine.getByRole("button", { name: "Сохранить записи в файл" }).click(),
		]);
		const text = await readFile(await saved.path(), "utf8");
		expect(JSON.parse(text)).toMatchObject({ zvonok: 1, school: "32", parcels: [{}, {}] });
		for (const plain of ["value", "8b-algebra", "p2301"]) expect(text).not.toContain(plain);
		await mine.getByRole("button", { name: "Показать QR-код" }).click();
		const modules = mine.getByRole("dialog").locator(".code svg path");
		await expect(modules).toHaveAttribute("d", codeOf(text));
		await mine.screenshot({ path: "../screenshots/carry-code.png" });
		await mine.keyboard.press("Escape");

		const other = await (await browser.newContext({ locale: "ru-RU" })).newPage();
		await signIn(other, school.url, "class_teacher");
		await other.goto(`${school.url}/me`);
		await other.getByRole("button", { name: "Отправить файл с другого планшета" }).click();
		await other.getByLabel("Текст из QR-кода").fill("вовсе не файл");
		await other.getByRole("button", { name: "Отправить", exact: true }).click();
		await expect(other.getByRole("dialog").getByRole("status")).toContainText("не файл записей");
		await other
			.getByLabel("Выбрать файл")
			.setInputFiles({ name: "a.zvonok", mimeType: "application/json", buffer: Buffer.from(text) });
		await expect(other.getByRole("dialog")).toContainText("Доставлено: 2 записи");
		await other.screenshot({ path: "../screenshots/carry-brought.png" });

		// The admin has the code's text from a camera. What was brought already is brought, and counts once.
		const admins = await (await browser.newContext({ locale: "ru-RU" })).newPage();
		await signIn(admins, school.url, "admin");
		await admins.goto(`${school.url}/me`);
		await admins.getByRole("button", { name: "Отправить файл с другого планшета" }).click();
		await admins.getByLabel("Текст из QR-кода").fill(text);
		await admins.getByRole("button", { name: "Отправить", exact: true }).click();
		await expect(admins.getByRole("dialog")).toContainText("Доставлено: 2 записи");

		await mine.context().setOffline(false);
		await mine.reload();
		await expect(pill(mine)).toContainText("Всё отправлено", { timeout: 30_000 });
		await school.stop();
		const marks = (await school.ledger()).filter((line) => line.kind === "mark" && line.key.startsWith(LESSON));
		expect(marks.map(({ n, verdict, row }) => [n, verdict, row?.["value"]])).toEqual([
			[1, "accepted", "5"],
			[2, "accepted", "5"],
		]);
	} finally {
		await school.remove();
	}
});
