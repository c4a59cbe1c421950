/** A tablet that the admin revokes: it hears of it, asks to sign in anew, and what it showed is gone. */

import { expect, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };

test("the admin revokes a teacher's tablet: at once it shows nothing of the school", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const [teachers, admins] = [await contextOf(browser, LOOK), await contextOf(browser, LOOK)];
		const [tablet, board] = [await teachers.newPage(), await admins.newPage()];
		await signIn(tablet, school.url, "teacher");
		await expect(tablet.getByText("8 «Б» · Алгебра").first()).toBeVisible();
		await signIn(board, school.url, "admin");
		await board.goto(`${school.url}/admin`);
		const row = board.locator("tbody tr", { hasText: "Петрова" });
		await row.getByRole("button", { name: "Отозвать" }).click();
		await expect(board.locator("#revoke-form")).toContainText("Отменить отзыв нельзя");
		await board.locator("#revoke-reason").fill("остался в автобусе");
		await board.locator('button[form="revoke-form"]').click();
		await expect(row).toContainText("отозван ");
		await expect(board.locator("tbody tr", { hasText: "Карпов" })).toContainText("этот планшет");

		await expect(tablet.locator('input[name="login"]')).toBeVisible({ timeout: 60_000 });
		await expect(tablet.getByText("8 «Б» · Алгебра")).toHaveCount(0);
	} finally {
		await school.remove();
	}
});
