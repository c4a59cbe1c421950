/**
 * What the status line says while entries are on their way, in every tab: of two tabs one alone speaks with the server,
 * and both show each entry, whoever wrote it, from the moment it is kept to the moment it is safe.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };

const cell = (page: Page, name: string) =>
	page.getByRole("grid").locator("tbody tr", { hasText: name }).locator("td.today").last();
const line = (page: Page, name: string) => page.locator(".mark-row", { hasText: name });

test("sending, sent, safe: said while it is so, in both tabs, of which one asks the server", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const tablet = await contextOf(browser, LOOK);
		const first = await tablet.newPage();
		await signIn(first, school.url, "teacher");
		await expect(pill(first)).toContainText("Всё отправлено");
		await first.goto(`${school.url}/lesson/${LESSON}/marks`);
		await line(first, "").first().waitFor();
		const second = await tablet.newPage();
		await second.goto(`${school.url}/journal/8b-algebra`);
		await cell(second, "Абрамов Илья").waitFor();
		await expect(pill(second)).toContainText("Всё отправлено");
		const asked = new Map<Page, number>();
		/** Answers of the server wait until the test lets them go. */
		let release: () => void = () => undefined;
		let held: Promise<void> = Promise.resolve();
		for (const page of [first, second])
			await page.route("**/api/32/sync", async (route) => {
				asked.set(page, (asked.get(page) ?? 0) + 1);
				const answer = await route.fetch();
				await held;
				await route.fulfill({ response: answer });
			});

		for (const [from, to, name, mark] of [
			[first, second, "Абрамов Илья", "5"],
			[second, first, "Белова Софья", "4"],
		] as const) {
			held = new Promise((resolve) => {
				release = resolve;
			});
			const shown = (page: Page) => (page === first ? line(page, name) : cell(page, name));
			if (from === first) {
				await line(from, name).getByRole("button").click();
				await from.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
			} else {
				await cell(from, name).click();
				await from.keyboard.press(mark);
				await from.keyboard.press("Enter");
			}
			for (const page of [from, to]) {
				await expect(shown(page).locator(".marks")).toHaveText(mark);
				await expect(shown(page)).toHaveClass(/\blocal\b/);
				await expect(pill(page)).toContainText("Отправляется… 1 запись");
				await expect(pill(page).locator(".pill")).not.toHaveClass(/\bok\b/);
			}
			release();
			for (const page of [from, to]) {
				await expect(shown(page)).toHaveClass(/\bsafe\b/);
				await expect(pill(page)).toHaveText("Всё отправлено и в копии");
				await expect(pill(page).locator(".pill")).toHaveClass(/\bok\b/);
			}
		}
		expect([...asked.keys()], "one tab alone asks").toHaveLength(1);

		// The one that asked goes, and the other takes its place.
		const [leader] = asked.keys();
		const stays = leader === first ? second : first;
		await (leader === first ? first : second).close();
		asked.clear();
		if (stays === second) {
			await cell(second, "Васильев Артём").click();
			await second.keyboard.press("3");
			await second.keyboard.press("Enter");
			await expect(cell(second, "Васильев Артём")).toHaveClass(/\bsafe\b/);
		} else {
			await line(first, "Васильев Артём").getByRole("button").click();
			await first.getByRole("toolbar").getByRole("button", { name: "3", exact: true }).click();
			await expect(line(first, "Васильев Артём")).toHaveClass(/\bsafe\b/);
		}
		await expect(pill(stays)).toHaveText("Всё отправлено и в копии");
		expect(asked.get(stays) ?? 0).toBeGreaterThan(0);

		await tablet.close();
		await school.stop();
		const entered = (await school.ledger()).filter(({ person, kind }) => person === "t06" && kind === "mark");
		expect(entered.map(({ n, set, verdict }) => [n, set["value"], verdict])).toEqual([
			[1, "5", "accepted"],
			[2, "4", "accepted"],
			[3, "3", "accepted"],
		]);
	} finally {
		await school.remove();
	}
});
