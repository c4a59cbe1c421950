/**
 * Pictures of the running app for the README: `make pictures`.
 *
 * The journal on a tablet and the diary on a phone, of a demo school at a fixed moment, so that they change only when
 * the app does.
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { School } from "./house.ts";
import { MOMENT, signIn } from "./screens.ts";

const FOLDER = fileURLToPath(new URL("../../deploy/pictures", import.meta.url));

test("pictures of the running app", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		await mkdir(FOLDER, { recursive: true });
		const tablet = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "ru-RU" });
		await signIn(tablet, school.url, "teacher");
		await tablet.goto(`${school.url}/journal/8b-algebra`);
		await tablet.getByRole("grid").waitFor();
		await tablet.context().setOffline(true);
		const cells = tablet.locator("td.today");
		await cells.first().click();
		for (const mark of ["5", "4", "4", "3", "5"]) {
			await tablet.keyboard.press(mark);
			await tablet.keyboard.press("Enter");
		}
		await cells.nth(4).and(tablet.locator(".local")).waitFor();
		await tablet.screenshot({ path: join(FOLDER, "journal.png") });
		const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: "ru-RU" });
		await signIn(phone, school.url, "parent");
		await phone.goto(`${school.url}/diary/2026-11-23`);
		await phone.locator("h2").first().waitFor();
		await phone.screenshot({ path: join(FOLDER, "diary.png") });
	} finally {
		await school.remove();
	}
});
