/**
 * The tablet's own engine in a page of the school's origin, without screens: for entries by the thousand.
 *
 * It is built from the same source as the app and served beside it, so it shares the app's store as a second tab does.
 */

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { build } from "vite";
import type { Engine } from "../../pwa/src/engine/types.ts";
import type { School } from "./house.ts";

const PWA = fileURLToPath(new URL("../../pwa", import.meta.url));

declare global {
	interface Window {
		probe: Engine;
	}
}

/** Gives the school a build of the app of its own, with the engine (or another module) beside it, and serves that. */
export async function serveWithProbe(
	school: School,
	entry = join(PWA, "src/engine/engine.ts"),
	fileName = "engine.js",
): Promise<void> {
	await school.stop();
	school.dist = join(school.folder, "dist");
	await cp(join(PWA, "dist"), school.dist, { recursive: true });
	process.env["NODE_ENV"] = "production"; // else Vite builds for the tests that this process runs
	await build({
		root: PWA,
		configFile: false,
		publicDir: false,
		logLevel: "warn",
		build: {
			outDir: join(school.dist, "probe"),
			emptyOutDir: true,
			lib: { entry, formats: ["es"], fileName: () => fileName },
		},
	});
	await school.start();
}

/**
 * From the next page on the page's policy is not asked: the app has taken its one name there, and an engine beside the app
 * would start its worker under none.
 */
export async function withoutPolicy(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send("Page.setBypassCSP", { enabled: true });
}

/** Starts the engine in the page; the person is signed in on this tablet already, or has `password`. */
export async function startProbe(page: Page, password = ""): Promise<void> {
	await page.evaluate(async (secret) => {
		const address = "/probe/engine.js";
		const { createEngine } = (await import(address)) as { createEngine: () => Engine };
		const engine = createEngine();
		await engine.start();
		if (engine.session === null && "unlock" in engine && secret) {
			await (engine as Engine & { unlock(secret: string): Promise<void> }).unlock(secret);
		}
		window.probe = engine;
	}, password);
}

/** A month without network, the quick way: lessons of 100 entries, each lesson one write. Answers how many wait. */
export function writeMonth(page: Page, lesson: string, pupils: readonly string[], lessons: number): Promise<number> {
	return page.evaluate(
		async ([at, who, many]) => {
			for (let i = 0; i < many; i++) {
				const entries = Array.from({ length: 100 }, (_, j) => {
					const set = { value: String(2 + ((i + j) % 4)), comment: `работа ${i}` };
					return { kind: "mark" as const, key: `${at}/${who[j % who.length]}/${1 + (j % 2)}`, set };
				});
				await window.probe.write(entries);
			}
			return window.probe.status().unsent;
		},
		[lesson, pupils, lessons] as const,
	);
}

/** Writes so many entries, one by one, each awaited: the tick of each has been shown when this returns. */
export function writeMany(page: Page, lesson: string, pupils: readonly string[], count: number): Promise<number> {
	return page.evaluate(
		async ([at, who, many]) => {
			for (let i = 0; i < many; i++) {
				const value = String(2 + (i % 4));
				await window.probe.write([{ kind: "mark", key: `${at}/${who[i % who.length]}/1`, set: { value } }]);
			}
			return window.probe.status().unsent;
		},
		[lesson, pupils, count] as const,
	);
}
