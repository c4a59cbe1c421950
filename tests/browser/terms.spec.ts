/**
 * What a term's marks are made of, recomputed: the sums from the pupil's own list, the mean from the sums, the proposal
 * from the school's thresholds, also after the admin has set others; and what is given is what was proposed.
 */

import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };

test.describe.configure({ mode: "serial" });

let school: School;
let context: BrowserContext;
let page: Page;

/** A pupil's line as it stands: "(5·3 + 4) : (3 + 1) = 19 : 4 = 4,75", "4,75", "выходит 5", what is given. */
interface Line {
	readonly pupil: string;
	readonly sums: string;
	readonly mean: string;
	readonly proposed: string;
	readonly given: string;
}

async function lines(): Promise<Line[]> {
	await page.locator(".term-line .sums").first().waitFor();
	return page.locator(".term-line").evaluateAll((all) =>
		all.map((li) => {
			const text = (selector: string): string => li.querySelector(selector)?.textContent?.trim() ?? "";
			return {
				pupil: li.querySelector<HTMLElement>("[data-pupil]")?.dataset["pupil"] ?? "",
				sums: text(".sums"),
				mean: text(".proposed b"),
				proposed: text(".proposed small").replace(/\D/g, ""),
				given: text(".given b"),
			};
		}),
	);
}

/** Marks and weights of a sum, and what it comes to. */
function read(sums: string): { marks: string[]; over: number; under: number } {
	const [, top = "", , over = "0", under = "1"] = /^\((.*?)\) : (\(.*?\)|\d+) = (\d+) : (\d+)/.exec(sums) ?? [];
	return { marks: top.split(" + "), over: Number(over), under: Number(under) };
}

const comma = (mean: number): string => (Math.floor(mean * 100 + 0.5 + 1e-9) / 100).toFixed(2).replace(".", ",");

function check(all: readonly Line[], thresholds: readonly (readonly [string, number])[]): void {
	for (const { sums, mean, proposed, pupil } of all) {
		if (mean === "" || !sums.includes(" : ")) continue;
		const { marks, over, under } = read(sums);
		const parts = marks.map((mark) => mark.split("·").map(Number));
		expect(
			parts.reduce((sum, [mark = 0, weight = 1]) => sum + mark * weight, 0),
			`${pupil} ${sums}`,
		).toBe(over);
		expect(
			parts.reduce((sum, [, weight = 1]) => sum + weight, 0),
			`${pupil} ${sums}`,
		).toBe(under);
		expect(mean, `${pupil} ${sums}`).toBe(comma(over / under));
		const reached = thresholds.find(([, least]) => over * 100 >= least * under)?.[0] ?? "2";
		expect(proposed, `${pupil} ${sums}`).toBe(reached);
	}
}

async function open(browser: Browser): Promise<void> {
	context = await contextOf(browser, LOOK);
	page = await context.newPage();
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toContainText("Всё отправлено");
	await page.goto(`${school.url}/terms/8b-algebra`);
}

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	await open(browser);
});

test.afterAll(async () => {
	await context?.close();
	await school?.remove();
});

test("the sums are the pupil's marks with their weights, the mean is theirs exactly, the proposal follows from it", async () => {
	const all = await lines();
	const counted = all.filter(({ sums }) => sums.includes("·"));
	expect(counted.length, "lines with a weight").toBeGreaterThan(15);
	expect(new Set(all.map(({ proposed }) => proposed)).size, "not all alike").toBeGreaterThan(1);
	check(all, [
		["5", 450],
		["4", 350],
		["3", 250],
	]);
	for (const { pupil, sums } of counted.slice(0, 3)) {
		await page.goto(`${school.url}/pupil/${pupil}/8b-algebra/q2`);
		const own = page.locator("details[open] .pupil-marks li");
		await own.first().waitFor();
		const listed = await own.evaluateAll((list) =>
			list.map((li) => {
				const weight = /вес (\d+)/.exec(li.textContent ?? "")?.[1];
				const value = li.querySelector(".value")?.textContent?.trim() ?? "";
				return weight ? `${value}·${weight}` : value;
			}),
		);
		expect(read(sums).marks.sort()).toEqual(listed.filter((mark) => /^\d/.test(mark)).sort());
	}
});

test("the admin sets other thresholds: the proposals follow, and what is taken at once is what was proposed", async ({
	browser,
}) => {
	await page.goto(`${school.url}/terms/8b-algebra`);
	const before = await lines();
	const admins = await contextOf(browser, LOOK);
	const board = await admins.newPage();
	await signIn(board, school.url, "admin");
	await board.goto(`${school.url}/admin/settings`);
	await board.getByLabel("«5» от").fill("4,80");
	await board.getByLabel("«4» от").fill("4,00");
	await board.getByLabel("«3» от").fill("3,20");
	await board.locator('form.settings button[type="submit"]').click();
	await expect(pill(board)).toContainText("Всё отправлено");
	await admins.close();

	const proposed = async (): Promise<string> => (await lines()).map((line) => line.proposed).join();
	await expect.poll(proposed).not.toBe(before.map((line) => line.proposed).join());
	const all = await lines();
	check(all, [
		["5", 480],
		["4", 400],
		["3", 320],
	]);
	await page.getByRole("button", { name: /Принять предложенное/ }).click();
	for (const box of await page.getByRole("dialog").getByRole("checkbox").all()) await box.check();
	await page.getByRole("button", { name: /^Поставить · / }).click();
	await expect(page.locator(".term-line .given b").first()).toBeVisible();
	for (const { given, proposed: wanted } of await lines()) if (wanted) expect(given).toBe(wanted);

	await expect(pill(page)).toContainText("Всё отправлено");
	await school.stop();
	const entered = (await school.ledger()).filter(({ kind, person }) => kind === "term_mark" && person === "t06");
	expect(entered.map(({ key, set, verdict }) => [key.split("/")[2], set["value"], verdict]).sort()).toEqual(
		all
			.filter((line) => line.proposed)
			.map((line) => [line.pupil, line.proposed, "accepted"])
			.sort(),
	);
});
