/**
 * A tablet that the admin revokes: at its next contact it delivers what is unsent, what it showed is gone, and it says why,
 * until somebody signs in.
 */

import { expect, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const WHY = "Школа закрыла доступ с этого планшета";

test("the admin revokes a teacher's tablet: at its next contact it shows nothing of the school, and says why", async ({
	browser,
}) => {
	const school = await School.make(MOMENT);
	try {
		const [teachers, admins] = [await contextOf(browser, LOOK), await contextOf(browser, LOOK)];
		const [tablet, board] = [await teachers.newPage(), await admins.newPage()];
		await signIn(tablet, school.url, "teacher");
		await expect(tablet.getByText("8 «Б» · Алгебра").first()).toBeVisible();
		await tablet.evaluate(() => navigator.serviceWorker.ready);
		await tablet.goto(`${school.url}/lesson/${LESSON}/marks`);
		await expect(tablet.locator("a.status").first()).toContainText("Всё отправлено");
		await teachers.setOffline(true);
		await tablet.locator("li", { hasText: "Абрамов Илья" }).getByRole("button").first().click();
		await tablet.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
		await expect(tablet.locator("a.status").first()).toContainText("только на этом планшете");

		await signIn(board, school.url, "admin");
		await board.goto(`${school.url}/admin`);
		const row = board.locator("tbody tr", { hasText: "Петрова" });
		await row.getByRole("button", { name: "Отозвать" }).click();
		await expect(board.locator("#revoke-form")).toContainText("Отменить отзыв нельзя");
		await board.locator("#revoke-reason").fill("остался в автобусе");
		await board.locator('button[form="revoke-form"]').click();
		await expect(row).toContainText("отозван ");
		await expect(board.locator("tbody tr", { hasText: "Карпов" })).toContainText("этот планшет");

		await teachers.setOffline(false);
		const login = tablet.locator('input[name="login"]');
		await expect(login).toBeVisible({ timeout: 60_000 });
		await expect(tablet.getByText(WHY)).toContainText("ждёт решения завуча");
		await expect(tablet.getByText("8 «Б» · Алгебра")).toHaveCount(0);
		await expect
			.poll(async () => (await teachers.cookies()).filter(({ name }) => name.startsWith("zvonok-d")))
			.toEqual([]);
		await tablet.screenshot({ path: "../screenshots/revoked.png" });
		await tablet.reload();
		await expect(login).toBeVisible();
		await expect(tablet.getByText(WHY)).toBeVisible();
		await expect(tablet.getByRole("alert").filter({ hasText: /запис/ }), "delivered, so nothing is lost").toHaveCount(
			0,
		);

		await signIn(tablet, school.url, "class_teacher");
		await tablet.keyboard.press("Control+Shift+L");
		await expect(tablet.getByRole("heading", { name: "Журнал закрыт" })).toBeVisible();
		await tablet.reload();
		await expect(tablet.getByRole("heading", { name: "Журнал закрыт" })).toBeVisible();
		await expect(tablet.getByText(WHY)).toHaveCount(0);

		await school.stop();
		const marks = (await school.ledger()).filter(({ kind, person }) => kind === "mark" && person === "t06");
		// Before the revocation or after it: no evidence tells, so the deputy head decides.
		expect(marks.map(({ verdict, reason }) => [verdict, reason])).toEqual([["held", "in_doubt"]]);
	} finally {
		await school.remove();
	}
});
