/**
 * Draws the PNG icons from icon.svg, by the system's Chromium: `node build/icons.mjs`, after a change of the drawing.
 *
 * The maskable icon fills its square to the edge, and its bell stays inside the circle that every mask leaves. An iPad
 * masks its icon itself and shows black where it is transparent; while the app starts it shows a picture of its own size.
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
const square = drawing.replace(' rx="96"', "");
const wanted = [
	["icon-192.png", 192, 192, drawing],
	["icon-512.png", 512, 512, drawing],
	["maskable-512.png", 512, 512, maskable],
	["apple-180.png", 180, 180, square],
	// Screens of iPads in points × 2: mini and 9.7, 10.2, Air.
	...[
		[768, 1024],
		[810, 1080],
		[820, 1180],
	].flatMap(([short, long]) => [
		[`splash-${short}.png`, 2 * short, 2 * long, null],
		[`splash-${short}-wide.png`, 2 * long, 2 * short, null],
	]),
];
const splash = `<body style="background: #fbfaf6; height: 100vh; display: grid; place-content: center">${drawing}`;

const executablePath = execFileSync(here("../../deploy/setup/chromium.sh"), ["--find"], { encoding: "utf8" }).trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, width, height, svg] of wanted) {
	const page = await browser.newPage({ viewport: { width, height } });
	const size = svg === null ? "256px" : "100vw";
	await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size} }</style>${svg ?? splash}`);
	await page.screenshot({ path: here(`../public/icons/${name}`), omitBackground: true });
}
await browser.close();
