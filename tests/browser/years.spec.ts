/** The school year's lock in the admin's hands: locked, opened for a teacher by name, archived for good. */

import { expect, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const PICTURES = process.env["YEARS"] ?? ""; // a folder, for somebody who wants to look

test("the admin locks the year, opens it for a teacher and puts it into the archive", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const page = await (await contextOf(browser, LOOK)).newPage();
		const shoot = async (name: string): Promise<void> => {
			if (PICTURES === "") return;
			for (const [size, width] of [
				["tablet", 1180],
				["phone", 360],
			] as const) {
				await page.setViewportSize({ width, height: 820 });
				await page.screenshot({ path: `${PICTURES}/${name}-${size}.png` });
			}
			await page.setViewportSize({ width: 1180, height: 820 });
		};
		await signIn(page, school.url, "admin");
		await page.goto(`${school.url}/admin/terms`);
		const year = page.getByRole("article", { name: /учебный год$/ });
		await expect(year).toContainText("открыт");

		await year.getByRole("button", { name: "Закрыть год" }).click();
		await page.locator("#year-reason").fill("Приказ № 20");
		await shoot("lock");
		await page.locator('button[form="year-form"]').click();
		await expect(year).toContainText("Основание: Приказ № 20");
		await expect(year).not.toContainText("ещё не отправлено");

		await year.getByRole("button", { name: "Открыть учителю" }).click();
		const teacher = page.locator("#reopen-form select");
		const petrova = await teacher.locator("option", { hasText: "Петрова" }).getAttribute("value");
		await teacher.selectOption(petrova);
		await page.locator('#reopen-form input[type="date"]').fill("2027-05-31");
		await page.getByLabel("Основание").fill("болезнь");
		await shoot("reopen");
		await page.locator('button[form="reopen-form"]').click();
		const opened = page.getByRole("list", { name: "Открыто по имени" });
		await expect(opened).toContainText("Петрова");
		await expect(opened).not.toContainText("ещё не отправлено");
		await shoot("locked");

		await year.getByRole("button", { name: "Сдать в архив" }).click();
		await page.locator("#year-reason").fill("Приказ № 30");
		await page.locator('button[form="year-form"]').click();
		await expect(page.locator("#year-form")).toContainText("Отметьте, что понимаете это.");
		await shoot("archive");
		await page.getByLabel("Понимаю, что отменить это нельзя").check();
		await page.locator('button[form="year-form"]').click();
		await expect(year).toContainText("Сдан в архив");
		await expect(year).not.toContainText("ещё не отправлено");
		await expect(year.getByRole("button")).toHaveCount(0);
		await shoot("archived");

		await school.stop();
		const told = (await school.ledger()).filter((line) => line.kind === "year" && line.set["state"]);
		expect(told.map((line) => [line.set["state"], line.verdict])).toEqual([
			["locked", "accepted"],
			["archived", "accepted"],
		]);
		expect(told.at(-1)?.row?.["state"]).toBe("archived");
	} finally {
		await school.remove();
	}
});
