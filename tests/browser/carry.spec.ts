/**
 * Unsent entries leave a tablet without network by hand: as a sealed file that a colleague's tablet brings in, or as a QR
 * code. The server has each once, and learns nothing new when the tablet itself comes back.
 */

import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { LESSON, MOMENT, signIn } from "./screens.ts";

const NAMES = ["Абрамов Илья", "Ковалёва Дарья"];

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
		await expect(mine.locator("a.status").first()).toContainText("Всё отправлено");
		await mine.context().setOffline(true);
		for (const name of NAMES) await giveMark(mine, name);
		await mine.getByRole("link", { name: "Я", exact: true }).click();

		const [saved] = await Promise.all([
			mine.waitForEvent("download"),
			mine.getByRole("button", { name: "Сохранить записи в файл" }).click(),
		]);
		const text = await readFile(await saved.path(), "utf8");
		expect(JSON.parse(text)).toMatchObject({ zvonok: 1, school: "32", parcels: [{}, {}] });
		for (const plain of ["value", "8b-algebra", "p2301"]) expect(text).not.toContain(plain);
		await mine.getByRole("button", { name: "Показать QR-код" }).click();
		await expect(mine.getByRole("dialog").locator(".code svg path")).toHaveAttribute("d", /^M/);
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

		await mine.context().setOffline(false);
		await expect(mine.locator("a.status").first()).toContainText("Всё отправлено", { timeout: 30_000 });
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
