/**
 * `make screens`: a picture of every screen, in both languages, light and dark, on a tablet and a phone, and sheets
 * that show them side by side (screenshots/). It proves nothing: somebody looks at them.
 */

import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { School } from "./house.ts";
import { SCENES, stage } from "./scenes.ts";
import { contextOf, LOOKS, type Look, MOMENT, relook, SCREENS, signIn, visit, type Who } from "./screens.ts";

const FOLDER = fileURLToPath(new URL("../../screenshots", import.meta.url));
const nameOf = (look: Look): string => `${look.language}-${look.theme}-${look.size}`;

test("every screen, in every look", async ({ browser }) => {
	test.setTimeout(1_800_000);
	const school = await School.make(MOMENT);
	const taken = new Map<string, { title: string; file: string }[]>();
	try {
		await rm(FOLDER, { recursive: true, force: true });
		for (const look of LOOKS) await mkdir(join(FOLDER, nameOf(look)), { recursive: true });
		for (const [who, screens] of Object.entries(SCREENS) as [Who, (typeof SCREENS)[Who]][]) {
			const first = LOOKS[0] as Look;
			const context = await contextOf(browser, first);
			const page = await context.newPage();
			await page.goto(school.url);
			for (const look of LOOKS) {
				await relook(page, look);
				await page.reload();
				await page.locator('input[name="login"]').waitFor();
				if (who === "teacher") await shoot(page, look, "sign-in");
			}
			await relook(page, first);
			await signIn(page, school.url, who);
			for (const look of LOOKS) {
				await relook(page, look);
				for (const screen of screens) {
					await visit(page, school.url, screen);
					await shoot(page, look, screen.name);
					await screen.back?.(page);
				}
			}
			await context.close();
		}
		for (const scene of SCENES) {
			const page = await stage(browser, school, scene);
			for (const look of LOOKS) {
				await relook(page, look);
				for (const screen of scene.screens) {
					await visit(page, school.url, screen);
					await shoot(page, look, screen.name);
					await screen.back?.(page);
				}
			}
			await page.context().close();
		}
		for (const [look, shots] of taken) await sheet(look, shots);
	} finally {
		await school.remove();
	}

	async function shoot(page: import("@playwright/test").Page, look: Look, title: string): Promise<void> {
		const file = join(FOLDER, nameOf(look), `${title}.png`);
		await page.screenshot({ path: file });
		taken.set(nameOf(look), [...(taken.get(nameOf(look)) ?? []), { title, file }]);
	}

	/** All of one look on one page. */
	async function sheet(look: string, shots: { title: string; file: string }[]): Promise<void> {
		const columns = look.endsWith("phone") ? 8 : 4;
		const figures = await Promise.all(
			shots.map(async ({ title, file }) => {
				const data = (await readFile(file)).toString("base64");
				return `<figure><img src="data:image/png;base64,${data}"><figcaption>${title}</figcaption></figure>`;
			}),
		);
		const page = await browser.newPage({ viewport: { width: 2000, height: 1000 } });
		await page.setContent(
			`<style>body{display:grid;grid-template-columns:repeat(${columns},1fr);gap:12px;font:14px sans-serif}
			figure{margin:0}img{width:100%;border:1px solid #888}</style>${figures.join("")}`,
		);
		await page.screenshot({ path: join(FOLDER, `sheet-${look}.png`), fullPage: true });
		await page.close();
	}
});
