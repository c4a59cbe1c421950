/**
 * The service worker: the app starts without a server, a new version waits for consent, and no answer of the server
 * about a school is ever kept.
 *
 * Two builds of the real app, served by the real server in turn. The second differs in its page alone.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { freePort } from "./house.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUILT = join(ROOT, "pwa/dist");

let folder = "";
let port = 0;
let server: ChildProcess | null = null;

async function start(): Promise<void> {
	const script = join(ROOT, "tests/browser/app_server.py");
	const args = [script, join(folder, "data"), join(folder, "dist"), String(port)];
	const child = spawn(join(ROOT, ".venv/bin/python"), args, { stdio: ["ignore", "pipe", "inherit"] });
	server = child;
	await new Promise<void>((resolve, reject) => {
		child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
		child.stdout.once("data", () => resolve());
	});
}

async function stop(): Promise<void> {
	const child = server;
	server = null;
	if (child === null || child.exitCode !== null) return;
	const gone = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGTERM");
	await gone;
}

/** The next version of the app: another page, the same assets. */
async function publishNext(): Promise<void> {
	const mark = { tag: "meta", attrs: { name: "edition", content: "second" }, injectTo: "head" as const };
	process.env.NODE_ENV = "production"; // else Vite builds for the tests that this process runs
	await build({
		root: join(ROOT, "pwa"),
		configFile: join(ROOT, "pwa/vite.config.ts"),
		logLevel: "warn",
		plugins: [{ name: "second-edition", transformIndexHtml: () => [mark] }],
		build: { outDir: join(folder, "next"), emptyOutDir: true },
	});
	await cp(join(folder, "next"), join(folder, "dist"), { recursive: true });
}

const edition = (page: Page) => page.locator('meta[name="edition"]');
const started = (page: Page) => expect(page.locator("#app > *").first()).toBeVisible();
const controlled = (page: Page) =>
	page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		return navigator.serviceWorker.controller !== null;
	});
const kept = (page: Page) =>
	page.evaluate(async () => {
		const found: Record<string, string[]> = {};
		for (const name of await caches.keys()) {
			const requests = await (await caches.open(name)).keys();
			found[name] = requests.map((request) => new URL(request.url).pathname).sort();
		}
		return found;
	});

test.beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "zvonok-worker-"));
	await cp(BUILT, join(folder, "dist"), { recursive: true });
	port = await freePort();
	await start();
});

test.afterEach(async () => {
	await stop();
	await rm(folder, { recursive: true });
});

test("the app starts with the server gone: reload, deep link, new tab", async ({ page, context }) => {
	const address = `http://127.0.0.1:${port}`;
	const errors: string[] = [];
	context.on("weberror", (error) => errors.push(error.error().message));
	await page.goto(`${address}/`);
	await started(page);
	await expect.poll(() => controlled(page)).toBe(true);

	await stop();
	await context.setOffline(true);
	await page.reload();
	await started(page);
	await page.goto(`${address}/journals/8b-alg?from=2026-11-01`);
	await started(page);
	const other = await context.newPage();
	await other.goto(`${address}/attention`);
	await started(other);

	expect(errors).toEqual([]);
	// Neither an answer about a school nor the server's own pages are kept.
	const paths = Object.values(await kept(page)).flat();
	expect(paths).toContain("/");
	expect(paths.filter((path) => !/^\/($|assets\/|icons\/)/.test(path))).toEqual([]);
	for (const path of ["/api/hello", "/healthz", "/metrics"]) {
		await expect(page.evaluate((asked) => fetch(asked), path)).rejects.toThrow();
		await expect(other.goto(address + path)).rejects.toThrow(/ERR_/);
	}
});

test("a new version waits until the person takes it, and the old one goes", async ({ page }) => {
	await page.goto(`http://127.0.0.1:${port}/`);
	await started(page);
	await expect.poll(() => controlled(page)).toBe(true);
	const [first] = Object.keys(await kept(page));

	await publishNext();
	const asked: string[] = [];
	page.context().on("request", (request) => {
		if (request.serviceWorker() !== null) asked.push(new URL(request.url()).pathname);
	});
	await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
	await expect(page.getByRole("button", { name: "Обновить" })).toBeVisible();

	// Without consent a reload still gives the old version, and asks again.
	await page.reload();
	await started(page);
	await expect(edition(page)).toHaveCount(0);
	expect(Object.keys(await kept(page))).toHaveLength(2);
	await page.getByRole("button", { name: "Обновить" }).click();
	await expect(edition(page)).toHaveAttribute("content", "second");
	await started(page);
	await expect.poll(async () => Object.keys(await kept(page))).toHaveLength(1);
	expect(Object.keys(await kept(page))).not.toContain(first);

	// What both versions share was not asked for twice.
	const shared = await readdir(join(BUILT, "assets"));
	expect(asked.filter((path) => shared.includes(path.replace("/assets/", "")))).toEqual([]);
	expect(asked).toContain("/");
});

test("a version whose page does not fit its list is not installed", async ({ page }) => {
	await page.goto(`http://127.0.0.1:${port}/`);
	await started(page);
	await expect.poll(() => controlled(page)).toBe(true);
	const before = await kept(page);

	// The server was given the next version's worker, but still answers the page of the old one.
	await publishNext();
	await cp(join(BUILT, "index.html"), join(folder, "dist/index.html"));
	const state = await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.update();
		const coming = registration.installing;
		if (coming === null) return "nothing came";
		return new Promise<string>((resolve) => coming.addEventListener("statechange", () => resolve(coming.state)));
	});
	expect(state).toBe("redundant");
	await page.reload();
	await started(page);
	expect(Object.keys(await kept(page)).filter((name) => name in before)).toHaveLength(1);
	await expect(edition(page)).toHaveCount(0);
});
