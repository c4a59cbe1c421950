/**
 * A browser that throws away more than the store: whichever of the two places where the tally lies is left, the next
 * start says how many entries are gone, and by which numbers.
 */

import { expect, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };

for (const [what, types, tally] of [
	["everything but its cookies", "indexeddb,local_storage,cache_storage,service_workers", true],
	["the store and the tally's cookie", "indexeddb", false],
] as const)
	test(`a browser that cleared ${what}: what went is named by number`, async ({ browser }) => {
		const school = await School.make(MOMENT);
		try {
			const tablet = await contextOf(browser, LOOK);
			const page = await tablet.newPage();
			await signIn(page, school.url, "teacher");
			await page.goto(`${school.url}/lesson/${LESSON}/marks`);
			const line = (name: string) => page.locator(".mark-row", { hasText: name });
			const giveMark = async (name: string, mark: string): Promise<void> => {
				await line(name).getByRole("button").click();
				await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
				await expect(line(name).locator(".marks")).toHaveText(mark);
			};
			await giveMark("Абрамов Илья", "5");
			await expect(pill(page)).toHaveText("Всё отправлено и в копии");
			// Stopped, not emulated: of what is emulated a request may still reach the server, and then nothing was lost.
			await school.stop();
			for (const name of ["Белова Софья", "Жуков Максим", "Ковалёва Дарья"]) await giveMark(name, "4");
			await expect(pill(page)).toContainText("3 записи только на этом планшете");

			// Within two seconds; a page that goes writes it at once, but then the cookie may come after its clearing.
			await expect.poll(() => page.evaluate(() => document.cookie)).toMatch(/zvonok-tally=[\w-]+\.4\.1\b/);

			const cdp = await tablet.newCDPSession(page);
			await page.goto("about:blank");
			await cdp.send("Storage.clearDataForOrigin", { origin: school.url, storageTypes: types });
			if (!tally) await tablet.clearCookies({ name: "zvonok-tally" });
			expect((await tablet.cookies()).some(({ name }) => name === "zvonok-tally")).toBe(tally);
			await school.start();
			await page.goto(school.url);
			await expect(page.getByRole("alert").first()).toContainText("3 записи были на этом планшете и не отправлено");
			await signIn(page, school.url, "teacher");
			await page.goto(`${school.url}/attention`);
			await expect(page.locator("article", { hasText: "Записи пропали с планшета" })).toContainText("номера 2–4");
			await tablet.close();
		} finally {
			await school.remove();
		}
	});
