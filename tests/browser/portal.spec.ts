/**
 * A network that answers for our server: a captive portal at the school's own address, in real Chromium. Whatever it
 * says, nothing counts as sent, the app stays as it was, and all of it leaves once the way is free.
 */

import { createServer, type RequestListener, type Server } from "node:http";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { contextOf, LESSON, type Look, MOMENT, pill, signIn } from "./screens.ts";

const LOOK: Look = { language: "ru", theme: "light", size: "tablet" };
const PAGE = "<!doctype html><title>Wi-Fi</title><h1>Войдите в сеть кафе</h1>";

/** What portals answer, to every address and verb. */
const ANSWERS: readonly (readonly [string, RequestListener])[] = [
	["its page, as if all were well", (_, response) => void response.setHeader("content-type", "text/html").end(PAGE)],
	[
		"the way to its page",
		(request, response) => {
			if (request.url === "/login") response.setHeader("content-type", "text/html").end(PAGE);
			else response.writeHead(302, { location: "/login" }).end();
		},
	],
	[
		"that a sign-in is wanted (511)",
		(_, response) => void response.writeHead(511, { "content-type": "text/html" }).end(PAGE),
	],
	["JSON of its own", (_, response) => void response.setHeader("content-type", "application/json").end('{"ok":true}')],
];

test.describe.configure({ mode: "serial" });

let school: School;
let tablet: BrowserContext;
let page: Page;
let portal: Server | null = null;
/** "POST /api/32/sync" and the like, as the portal was asked. */
const asked: string[] = [];

const line = (name: string) => page.locator(".mark-row", { hasText: name });

async function open(answer: RequestListener): Promise<void> {
	asked.length = 0;
	const server = createServer((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		request.resume();
		response.setHeader("connection", "close");
		answer(request, response);
	});
	await new Promise<void>((ready) => server.listen(school.port, "127.0.0.1", ready));
	portal = server;
}

async function close(): Promise<void> {
	const server = portal;
	portal = null;
	if (server === null) return;
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
}

/** Somebody takes up the tablet: the app asks at once, whatever it waits for. */
async function takeUp(): Promise<void> {
	const before = asked.filter((each) => each === "POST /api/32/sync").length;
	await expect
		.poll(async () => {
			await page.evaluate(() => dispatchEvent(new Event("focus")));
			return asked.filter((each) => each === "POST /api/32/sync").length;
		})
		.toBeGreaterThan(before);
}

async function giveMark(name: string, mark: string): Promise<void> {
	await line(name).getByRole("button").click();
	await page.getByRole("toolbar").getByRole("button", { name: mark, exact: true }).click();
	await expect(line(name).locator(".marks")).toHaveText(mark);
}

test.beforeAll(async ({ browser }) => {
	school = await School.make(MOMENT);
	tablet = await contextOf(browser, LOOK);
	page = await tablet.newPage();
	await signIn(page, school.url, "teacher");
	await expect(pill(page)).toContainText("Всё отправлено и в копии");
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await page.goto(`${school.url}/lesson/${LESSON}/marks`);
	await line("").first().waitFor();
});

test.afterAll(async () => {
	await close();
	await tablet?.close();
	await school?.remove();
});

test("the server is gone: the line says since when, and no more that all is sent", async () => {
	await school.stop();
	await page.evaluate(() => dispatchEvent(new Event("focus")));
	await expect(pill(page)).toContainText(/Нет связи с сервером с .*\d\d:\d\d/);
	await expect(pill(page).locator(".pill")).not.toHaveClass(/\bok\b/);
});

test("something before the server says that the server is down: that is no contact with it", async () => {
	await open((_, response) => void response.writeHead(502, { "content-type": "text/html" }).end("Bad Gateway"));
	await takeUp();
	await expect(pill(page)).toContainText(/Нет связи с сервером с .*\d\d:\d\d/);
	await page.locator("a.status").first().click();
	await expect(page.locator(".tablet-facts").first()).not.toContainText("на связи");
	await page.getByRole("button", { name: "Отправить сейчас" }).click();
	await expect(page.getByText("Сервер пока не отвечает")).toBeVisible();
	await page.goBack();
	await line("").first().waitFor();
	await close();
});

for (const [n, [what, answer]] of ANSWERS.entries()) {
	test(`a portal answers with ${what}: it is not the server, and nothing is lost`, async () => {
		await open(answer);
		await takeUp();
		await expect(pill(page)).toContainText(
			n === 0 ? "Это не наш сервер: сеть просит войти" : "только на этом планшете",
		);
		const name = ["Абрамов Илья", "Белова Софья", "Васильев Артём", "Дмитриев Егор"][n] ?? "";
		await giveMark(name, "5");
		await takeUp();
		const count = `${n + 1} ${n === 0 ? "запись" : "записи"}`;
		await expect(pill(page)).toContainText(`${count} только на этом планшете · сеть просит войти`);
		await expect(line(name)).toHaveClass(/\blocal\b/);

		// The app itself is not the portal's: it starts from what was kept, and no worker of the portal's comes in.
		await page.evaluate(async () => {
			const registration = await navigator.serviceWorker.ready;
			await registration.update().catch(() => undefined);
		});
		await page.reload();
		await expect(line(name).locator(".marks")).toHaveText("5");
		await expect(pill(page)).toContainText(`${count} только на этом планшете`);
		expect(asked).toContain("GET /sw.js");
		expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1);
		await expect(page.getByRole("button", { name: "Обновить", exact: true })).toHaveCount(0);
		await close();
	});
}

test("the way is free again: every entry is at the server, once", async () => {
	await school.start();
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await expect(pill(page)).toContainText("Всё отправлено и в копии");
	await school.stop();
	const theirs = (await school.ledger()).filter(({ person }) => person === "t06");
	expect(theirs.map(({ key, set, verdict }) => [key.split("/")[3], set["value"], verdict])).toEqual(
		["p2301", "p2303", "p2306", "p2309"].map((pupil) => [pupil, "5", "accepted"]),
	);
});
