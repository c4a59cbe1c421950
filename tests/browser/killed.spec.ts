/**
 * A browser killed right after a tick: SIGKILL to the whole process group of a real Chromium, again and again; every
 * entry whose tick was shown is in the store afterwards. `make patience` does it a hundred times.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { serveWithProbe, startProbe, withoutPolicy, writeMany } from "./probe.ts";
import { LESSON, MOMENT, pill, signIn } from "./screens.ts";

const KILLS = Number(process.env["KILLS"] ?? 5);
const EACH = 40;
const PUPILS = ["p2301", "p2303", "p2307", "p2311", "p2315"];
const SECRET = "zvonok-petrova";

/** A Chromium of its own, leader of its process group. */
class Killable {
	private readonly child: ChildProcess;
	private readonly browser: Browser;

	private constructor(child: ChildProcess, browser: Browser) {
		this.child = child;
		this.browser = browser;
	}

	static async open(profile: string, executable: string, args: readonly string[]): Promise<Killable> {
		const port = join(profile, "DevToolsActivePort");
		await rm(port, { force: true });
		const own = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
		const child = spawn(executable, [...args, ...own], { detached: true, stdio: "ignore" });
		let line = "";
		await expect
			.poll(async () => {
				line = await readFile(port, "utf8").catch(() => "");
				return line.includes("\n");
			})
			.toBe(true);
		return new Killable(child, await chromium.connectOverCDP(`http://127.0.0.1:${line.split("\n")[0]}`));
	}

	async page(): Promise<Page> {
		const [context] = this.browser.contexts();
		if (!context) throw new Error("no context");
		return context.pages()[0] ?? context.newPage();
	}

	/** The whole group, at once: nothing of it gets to write anything. */
	async kill(): Promise<void> {
		const gone = new Promise((resolve) => this.child.once("exit", resolve));
		process.kill(-(this.child.pid ?? 0), "SIGKILL");
		await gone;
	}
}

test(`${KILLS} kills right after a tick lose none of ${KILLS * EACH} entries`, async ({ launchOptions }) => {
	test.setTimeout(60_000 + KILLS * 20_000);
	const school = await School.make(MOMENT);
	const profile = await mkdtemp(join(tmpdir(), "zvonok-killed-"));
	const { executablePath = "", args = [] } = launchOptions;
	const open = (): Promise<Killable> => Killable.open(profile, executablePath, args);
	try {
		await serveWithProbe(school);
		let tablet = await open();
		let page = await tablet.page();
		await signIn(page, school.url, "teacher");
		await expect(pill(page)).toContainText("Всё отправлено");
		await page.route("**/api/**", (route) => route.abort());
		await startProbe(page);
		for (let kill = 1; kill <= KILLS; kill++) {
			expect(await writeMany(page, LESSON, PUPILS, EACH)).toBe(kill * EACH);
			await tablet.kill();
			tablet = await open();
			page = await tablet.page();
			await page.route("**/api/**", (route) => route.abort());
			await withoutPolicy(page);
			await page.goto(school.url);
			await startProbe(page, SECRET);
			const found = await page.evaluate(() => window.probe.status().unsent);
			expect(found).toBe(kill * EACH);
		}
		await tablet.kill();
	} finally {
		await school.remove();
		await rm(profile, { recursive: true, force: true });
	}
});
