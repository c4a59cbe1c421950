/**
 * A new version, the old one again, and no version at all, with a month's entries waiting: none is lost.
 *
 * Two builds of the real app, served by the real school in turn; the second differs in its page alone.
 */

import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { School } from "./house.ts";
import { serveWithProbe, startProbe, writeMonth } from "./probe.ts";
import { LESSON, MOMENT, pill, signIn, unlock } from "./screens.ts";

const PWA = fileURLToPath(new URL("../../pwa", import.meta.url));
const PUPILS = ["p2301", "p2303", "p2307", "p2311", "p2315"];
const WAITING = Number(process.env["WAITING"] ?? 500); // `make patience`: 5,000

const edition = (page: Page) => page.locator('meta[name="edition"]');
const look = (page: Page) => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));

type Box = NonNullable<Awaited<ReturnType<ReturnType<Page["locator"]>["boundingBox"]>>>;

async function place(page: Page, what: string): Promise<Box> {
	const box = await page.locator(what).first().boundingBox();
	if (box === null) throw new Error(`${what} is not on the screen`);
	return box;
}

function overlap(a: Box, b: Box): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The next version of the app: another page, the same assets. */
async function publishNext(school: School): Promise<void> {
	const mark = { tag: "meta", attrs: { name: "edition", content: "second" }, injectTo: "head" as const };
	await build({
		root: PWA,
		configFile: join(PWA, "vite.config.ts"),
		logLevel: "warn",
		plugins: [{ name: "second-edition", transformIndexHtml: () => [mark] }],
		build: { outDir: join(school.folder, "next"), emptyOutDir: true },
	});
	await cp(join(school.folder, "next"), school.dist, { recursive: true });
}

async function waiting(page: Page): Promise<number> {
	await expect(pill(page)).toContainText("только на этом планшете", { timeout: 30_000 });
	await startProbe(page);
	const found = await page.evaluate(() => window.probe.status().unsent);
	await page.evaluate(() => window.probe.stop());
	return found;
}

test(`update, rollback and the way out lose none of ${WAITING} waiting entries`, async ({ page }) => {
	const school = await School.make(MOMENT);
	try {
		await serveWithProbe(school);
		await signIn(page, school.url, "teacher");
		await expect(pill(page)).toContainText("Всё отправлено");
		await expect
			.poll(() =>
				page.evaluate(async () => (await navigator.serviceWorker.ready) && !!navigator.serviceWorker.controller),
			)
			.toBe(true);
		await page.route("**/api/**", (route) => route.abort());
		await startProbe(page);
		expect(await writeMonth(page, LESSON, PUPILS, WAITING / 100)).toBe(WAITING);
		await page.evaluate(() => window.probe.stop());

		await test.step("the new version waits, asks, and commits the open editor first", async () => {
			await page.goto(`${school.url}/lesson/${LESSON}`);
			await page.getByLabel("Домашнее задание").fill("§ 18, открыто в поле");
			await publishNext(school);
			await look(page);
			await page.getByRole("button", { name: "Обновить", exact: true }).click();
			await expect(edition(page)).toHaveAttribute("content", "second");
			expect(await waiting(page)).toBe(WAITING + 1);
			await expect(page.getByLabel("Домашнее задание")).toHaveValue("§ 18, открыто в поле");
		});

		await test.step("back to the version before, offered beside the status line and the keys", async () => {
			await cp(join(PWA, "dist"), school.dist, { recursive: true });
			await look(page);
			await page.goto(`${school.url}/lesson/${LESSON}/marks`);
			await expect(page.locator(".update")).toBeVisible();
			for (const width of [1180, 800, 360]) {
				await page.setViewportSize({ width, height: 740 });
				await expect(page.locator(".strip")).toBeVisible();
				const [offer, line, keys] = await Promise.all([
					place(page, ".update"),
					place(page, "a.status"),
					place(page, ".strip"),
				]);
				expect([overlap(offer, line), overlap(offer, keys)], `${width} px`).toEqual([false, false]);
				await page.screenshot({ path: `../screenshots/update-offer-${width}.png` });
			}
			await page.getByRole("button", { name: "Обновить", exact: true }).click();
			await expect(edition(page)).toHaveCount(0);
			expect(await waiting(page)).toBe(WAITING + 1);
		});

		await test.step("the way out: the caches are empty, the worker is gone, the entries are there", async () => {
			const caught = page.waitForEvent("load");
			await writeFile(join(school.data, "safe-app"), "");
			await look(page);
			await caught;
			await expect
				.poll(() => page.evaluate(async () => (await caches.keys()).length).catch(() => -1), { timeout: 20_000 })
				.toBe(0);
			await page.reload();
			// With the worker went what hands the key over.
			await unlock(page, "zvonok-petrova");
			expect(await waiting(page)).toBe(WAITING + 1);
			expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(0);
			await rm(join(school.data, "safe-app"));
			await page.reload();
			await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(1);
		});

		await test.step("all of them arrive, each once", async () => {
			await page.unroute("**/api/**");
			await page.reload();
			await unlock(page, "zvonok-petrova");
			await expect(pill(page)).toContainText("Всё отправлено", { timeout: 60_000 });
			await school.stop();
			const numbers = (await school.ledger()).filter((line) => line.person === "t06").map((line) => line.n);
			expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: WAITING + 1 }, (_, i) => i + 1));
		});
	} finally {
		await school.remove();
	}
});
