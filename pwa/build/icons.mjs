/**
 * Draws the PNG icons from icon.svg, by the system's Chromium: `node build/icons.mjs`, after a change of the drawing.
 *
 * The maskable icon fills its square to the edge, and its bell stays inside the circle that every mask leaves.
 */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const drawing = readFileSync(here("../public/icons/icon.svg"), "utf8");
const maskable = drawing
	.replace(' rx="96"', "")
	.replace("<g ", '<g transform="translate(66 66) scale(.74)" ')
	.replaceAll("M104 0", "M120 0");
const wanted = [
	["icon-192.png", 192, drawing],
	["icon-512.png", 512, drawing],
	["maskable-512.png", 512, maskable],
];

const executablePath = execFileSync(here("../../deploy/setup/chromium.sh"), ["--find"], { encoding: "utf8" }).trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, side, svg] of wanted) {
	const page = await browser.newPage({ viewport: { width: side, height: side } });
	await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
	await page.screenshot({ path: here(`../public/icons/${name}`), omitBackground: true });
}
await browser.close();
