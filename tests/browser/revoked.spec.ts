/**
 * A tablet that the admin revokes, and one of a person who has left: at its next contact it delivers what is unsent, what
 * it showed is gone, from the disk too, and it says why, until somebody signs in.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const WHY = "Школа закрыла доступ с этого планшета";

/** Records of the teacher's that lie on the tablet, by store; none where there is no database either. */
function lying(page: Page): Promise<Record<string, number>> {
	return page.evaluate(async () => {
		const found: Record<string, number> = { scope: 0, staged: 0, outbox: 0 };
		if (!(await indexedDB.databases()).some(({ name }) => name === "zvonok-32-t06")) return found;
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open("zvonok-32-t06");
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		for (const store of Object.keys(found))
			found[store] = await new Promise<number>((resolve) => {
				const asked = db.transaction(store).objectStore(store).count();
				asked.onsuccess = () => resolve(asked.result);
			});
		db.close();
		return found;
	});
}

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
		await expect(pill(tablet)).toContainText("Всё отправлено");
		await teachers.setOffline(true);
		await tablet.locator("li", { hasText: "Абрамов Илья" }).getByRole("button").first().click();
		await tablet.getByRole("toolbar").getByRole("button", { name: "5", exact: true }).click();
		await expect(pill(tablet)).toContainText("только на этом планшете");

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
		expect(await lying(tablet)).toEqual({ scope: 0, staged: 0, outbox: 0 });
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

test("somebody who has left: what the tablet still had is delivered in the same contact that empties it", async ({
	browser,
}) => {
	const school = await School.make(MOMENT);
	try {
		const teachers = await contextOf(browser, LOOK);
		const tablet = await teachers.newPage();
		await signIn(tablet, school.url, "teacher");
		await tablet.evaluate(() => navigator.serviceWorker.ready);
		await tablet.goto(`${school.url}/lesson/${LESSON}/marks`);
		await expect(pill(tablet)).toContainText("Всё отправлено");
		await teachers.setOffline(true);
		for (const [name, mark] of [
			["Абрамов Илья", "5"],
			["Белова Софья", "4"],
		] as const) {
			await tablet.locator("li", { hasText: name }).getByRole("button").first().click();
			await tablet.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
			await expect(tablet.locator("li", { hasText: name }).locator(".marks")).toHaveText(mark);
		}
		expect(await lying(tablet)).toMatchObject({ outbox: 2, staged: 0 });
		expect((await lying(tablet))["scope"]).toBeGreaterThan(3);
		await school.close("petrova");
		await tablet.waitForTimeout(4_000); // a server that runs notices another process's deed within a second or so
		const contacts: string[] = [];
		teachers.on("request", (request) => {
			if (request.method() === "POST") contacts.push(new URL(request.url()).pathname);
		});
		await teachers.setOffline(false);

		await expect(tablet.locator('input[name="login"]')).toBeVisible({ timeout: 60_000 });
		await expect(tablet.getByText(WHY)).toBeVisible();
		await expect(tablet.getByText("Абрамов")).toHaveCount(0);
		expect(await lying(tablet)).toEqual({ scope: 0, staged: 0, outbox: 0 });
		expect(contacts.filter((path) => path.endsWith("/parcels"))).toHaveLength(1);
		expect(contacts.filter((path) => path.endsWith("/sync")).length).toBeLessThanOrEqual(2);

		await tablet.locator('input[name="login"]').fill("petrova");
		await tablet.locator('input[name="password"]').fill("zvonok-petrova");
		await tablet.locator('form button[type="submit"]').click();
		await expect(tablet.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
		await expect(tablet.locator("nav")).toHaveCount(0);
		await teachers.close();
		await school.stop();
		const marks = (await school.ledger()).filter(({ kind, person }) => kind === "mark" && person === "t06");
		expect(marks.map(({ n, set, verdict }) => [n, set["value"], verdict])).toEqual([
			[1, "5", "held"],
			[2, "4", "held"],
		]);
	} finally {
		await school.remove();
	}
});
