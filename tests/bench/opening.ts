/**
 * How soon the tablet is there, offline and with the processor slowed six times: from a fresh load to the grid, from the
 * PIN to the grid, from one person to another; and the engine's own part of it, with a journal of 6,000 marks.
 *
 * Chromium slows the page's main thread alone. The worker that stretches a PIN runs at full speed, so the same
 * stretching is timed on the main thread too, slowed and not, and the difference told.
 */

import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import type { SyncRequest, SyncResponse } from "../../pwa/src/generated/messages.ts";
import { countProcessor, JOURNAL, Pen, signInToLong, weekdays } from "../browser/hands.ts";
import { School } from "../browser/house.ts";
import { serveWithProbe, withoutPolicy } from "../browser/probe.ts";
import { MOMENT } from "../browser/screens.ts";
import { ms, runs, tell } from "./table.ts";

const SLOWED = 6;
const TIMES = 5;
const PIN = "470915";
const GRID = "table.grid td";
const MARKS = 6_000;
const PIECES = fileURLToPath(new URL("pieces.ts", import.meta.url));

/** ms from the last key or tap, or from the load of a page just begun, until the selector's element is painted. */
async function until(page: Page, selector: string, act: () => Promise<unknown>): Promise<number> {
	await page.evaluate((wanted) => {
		let began = Number.NaN;
		const note = (event: Event): void => {
			began = event.timeStamp;
		};
		for (const type of ["click", "keydown"]) addEventListener(type, note, true);
		const shown = new Promise((resolve) => {
			const look = (): void => {
				if (began > 0 && document.querySelector(wanted)) setTimeout(() => resolve(performance.now() - began), 0);
				else requestAnimationFrame(look);
			};
			look();
		});
		Object.assign(window, { shown });
	}, selector);
	await act();
	return page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown);
}

/** ms from the beginning of a fresh load until the grid is painted. */
async function load(page: Page, address: string): Promise<number> {
	await page.goto(address, { waitUntil: "commit" });
	return page.evaluate(
		(wanted) =>
			new Promise<number>((resolve) => {
				const look = (): void => {
					if (document.querySelector(wanted)) setTimeout(() => resolve(performance.now()), 0);
					else requestAnimationFrame(look);
				};
				look();
			}),
		GRID,
	);
}

async function lock(page: Page): Promise<void> {
	await page.keyboard.press("Control+Shift+L");
	await expect(page.getByRole("heading", { name: "Журнал закрыт" })).toBeVisible();
}

async function setPin(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/today`);
	await page.getByRole("button", { name: "Задать ПИН-код" }).click();
	await page.getByLabel("ПИН-код, от 6 цифр").fill(PIN);
	await page.getByLabel("Ещё раз").fill(PIN);
	await page.getByRole("button", { name: "Задать", exact: true }).click();
	await expect(page.getByText("ПИН-код задан")).toBeVisible();
}

test("from nothing to the grid", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const { context, page } = await signInToLong(browser, school.url);
		await page.evaluate(() => navigator.serviceWorker.ready);
		await setPin(page, school.url);
		await lock(page);
		await page.getByRole("button", { name: "Войти другому по логину" }).click();
		await page.getByRole("textbox", { name: "Логин" }).fill("orlov");
		await page.getByRole("textbox", { name: "Пароль" }).fill("zvonok-orlov");
		await page.getByRole("button", { name: "Войти", exact: true }).click();
		await page.locator("nav").first().waitFor();
		await setPin(page, school.url);
		await context.setOffline(true);
		const cdp = await countProcessor(page);
		await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });

		const switched: number[] = [];
		for (let i = 0; i < TIMES * 2; i += 1) {
			await lock(page);
			await page.getByRole("button", { name: "Сменить" }).click();
			await page.getByRole("button", { name: i % 2 ? /Орлов/ : /Петрова/ }).click();
			await page.keyboard.type(PIN);
			switched.push(await until(page, "nav", () => page.keyboard.press("Enter")));
		}
		if (!(await page.getByText("Петрова").count())) {
			await lock(page);
			await page.getByRole("button", { name: "Сменить" }).click();
			await page.getByRole("button", { name: /Петрова/ }).click();
			await page.keyboard.type(PIN);
			await page.keyboard.press("Enter");
		}
		await page.locator("nav").first().waitFor();

		const loaded: number[] = [];
		for (let i = 0; i < TIMES; i += 1) loaded.push(await load(page, `${school.url}/journal/${JOURNAL}`));

		const opened: number[] = [];
		for (let i = 0; i < TIMES; i += 1) {
			await page.goto(`${school.url}/journals`);
			const link = page.locator(`a[href*="/journal/${JOURNAL}"]`).first();
			await link.waitFor();
			await page.waitForTimeout(1_000); // what a person takes to look: the list has come to rest
			opened.push(await until(page, GRID, () => link.click()));
		}

		const unlocked: number[] = [];
		for (let i = 0; i < TIMES; i += 1) {
			await lock(page);
			await page.keyboard.type(PIN);
			unlocked.push(await until(page, GRID, () => page.keyboard.press("Enter")));
		}
		tell(`${SLOWED}×: offline, from the load of the page to the grid`, runs(loaded), "1.5 s");
		tell(`${SLOWED}×: offline, from a tap on a journal in the list to its grid`, runs(opened));
		tell(`${SLOWED}×: PIN (Enter) to the grid, the worker that stretches it unslowed`, runs(unlocked), "1 s");
		tell(`${SLOWED}×: another person's PIN (Enter) to their day`, runs(switched));
		await context.close();
	} finally {
		await school.remove();
	}
});

test(`a journal of ${MARKS} marks in the engine`, async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		await serveWithProbe(school, PIECES, "pieces.js");
		const context = await browser.newContext();
		const page = await context.newPage();
		const pen = await Pen.open(page, school.url, MOMENT);
		const scope = `journal:${JOURNAL}`;
		const cursors: Record<string, number> = {};
		const before = await pull(pen, cursors);
		// Of the class all the term: marked before it and lately.
		const marked = keysIn(before, scope).map((key) => key.split("/"));
		const those = (when: (day: string) => boolean) =>
			new Set(marked.flatMap(([, day = "", , pupil = ""]) => (when(day) ? [pupil] : [])));
		const lately = those((day) => day > "2026-11-16");
		const pupils = [...those((day) => day < "2026-11-03")].filter((pupil) => lately.has(pupil));
		const lessons = weekdays("2026-11-03", "2026-11-24").flatMap((day) =>
			Array.from({ length: 10 }, (_, i) => 7 + i).map((at) => `${JOURNAL}/${day}/${at}`),
		);
		const keys = lessons.flatMap((key) => pupils.flatMap((pupil) => [1, 2].map((place) => `${key}/${pupil}/${place}`)));
		await pen.write(keys.slice(0, MARKS).map((key, i) => ({ kind: "mark", key, set: { value: String(2 + (i % 4)) } })));
		cursors[scope] = 0;
		const pages = await pull(pen, cursors);
		const pulled = keysIn(pages, scope).length;
		if (pulled < MARKS) throw new Error(`only ${pulled} marks came`);

		await withoutPolicy(page);
		await page.goto(school.url);
		const cdp = await countProcessor(page);
		const measured = async (rate: number): Promise<Measured> => {
			await cdp.send("Emulation.setCPUThrottlingRate", { rate });
			return page.evaluate(measure, { pages, scope, times: TIMES });
		};
		const slow = await measured(SLOWED);
		const quick = await measured(1);
		const kB = pages.reduce((sum, { body }) => sum + body.length, 0) / 1000;
		const size = `${pulled} marks, ${kB.toFixed(0)} kB of JSON in ${pages.length}`;
		tell(`${SLOWED}×: a pull decoded (${size}): parsed, checked, taken in, digest`, runs(slow.decode), "40 ms");
		tell("1×: the same", runs(quick.decode));
		tell(`${SLOWED}×: that journal opened: read, decrypted, unpacked`, runs(slow.open), "150 ms");
		tell("1×: the same", runs(quick.open));
		tell(`${SLOWED}×: a secret stretched on the main thread`, `${runs(slow.stretch)} (1×: ${runs(quick.stretch)})`);
		tell("so slowed as well, a PIN would take longer by", ms(middle(slow.stretch) - middle(quick.stretch)));
		await context.close();
	} finally {
		await school.remove();
	}
});

interface Pulled {
	readonly request: SyncRequest;
	readonly body: string;
}

/** Everything from the cursors on, which move to its end. */
async function pull(pen: Pen, cursors: Record<string, number>): Promise<Pulled[]> {
	const pages: Pulled[] = [];
	for (let more = true; more; ) {
		const request = pen.request([], { ...cursors });
		const { body, answer } = await pen.exchange(request);
		const { news } = answer;
		for (const { scope, upto } of news) cursors[scope] = upto;
		if (news.length) pages.push({ request, body });
		more = news.length > 0;
	}
	return pages;
}

const keysIn = (pages: readonly Pulled[], name: string): string[] =>
	pages.flatMap(({ body }) => {
		const news = (JSON.parse(body) as SyncResponse).news.filter(({ scope }) => scope === name);
		return news.flatMap(({ tables }) => (tables["mark"]?.rows ?? []).map(([key]) => String(key)));
	});
const middle = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

interface Measured {
	readonly decode: number[];
	readonly open: number[];
	readonly stretch: number[];
}

/** In the page: each a few times, the first of all left out, as it compiles. */
async function measure(given: {
	readonly pages: readonly Pulled[];
	readonly scope: string;
	readonly times: number;
}): Promise<Measured> {
	const { pages, scope: name, times } = given;
	const address = "/probe/pieces.js";
	const { Case, readSync, Scope, Store, stretched } = (await import(address)) as typeof import("./pieces.ts");
	type Scope = InstanceType<typeof Scope>;
	type Around = Parameters<typeof Store.open>[0];
	const timed = async (act: () => unknown): Promise<number[]> => {
		const took: number[] = [];
		for (let i = 0; i <= times; i += 1) {
			const began = performance.now();
			await act();
			took.push(performance.now() - began);
			await new Promise((next) => setTimeout(next, 50));
		}
		return took.slice(1);
	};
	const taken = () => {
		let scope: Scope | undefined;
		for (const { body, request } of pages) {
			const response = readSync(JSON.parse(body), request, "32");
			if (!response) throw new Error("not an answer");
			scope ??= new Scope(name, response.epoch);
			for (const news of response.news) if (news.scope === name) scope.take(news);
		}
		if (!scope) throw new Error("no page");
		scope.digest();
		return scope;
	};
	const decode = await timed(taken);
	const lock = new Case(crypto, await Case.makeKey(crypto), "32|bench");
	const store = await Store.open({ indexedDB } as Around, "bench", () => undefined);
	const sealed = await lock.seal("scope", name, taken().pack());
	await store.write((tx) => tx.setRows("scope", name, sealed));
	const open = await timed(async () => {
		const found = await store.get("scope", name);
		if (!found) throw new Error("it is not there");
		Scope.unpack(name, await lock.open<import("./pieces.ts").Packed>("scope", name, found));
	});
	store.close();
	const salt = crypto.getRandomValues(new Uint8Array(16));
	return { decode, open, stretch: await timed(() => stretched("470915", salt)) };
}
