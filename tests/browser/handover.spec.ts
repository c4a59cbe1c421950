/**
 * A reload of an unlocked tablet asks for nothing, however the page before it ended; and once a page stands, nobody but
 * it has the key.
 */

import { expect, type Page, test } from "@playwright/test";
import { School } from "./house.ts";
import { MOMENT, signIn } from "./screens.ts";

const stands = (page: Page) => expect(page.getByRole("heading", { name: "Сегодня", exact: true })).toBeVisible();
const closed = (page: Page) => expect(page.getByRole("heading", { name: "Журнал закрыт" })).toBeVisible();

/** The next pages reload when they first open something sealed: they have the key then, and do not stand yet. */
function leaveEarly(): void {
	const { decrypt } = SubtleCrypto.prototype;
	SubtleCrypto.prototype.decrypt = function (...asked): Promise<ArrayBuffer> {
		const left = Number(sessionStorage.getItem("early"));
		if (!left) return decrypt.apply(this, asked);
		sessionStorage.setItem("early", String(left - 1));
		location.reload();
		return new Promise(() => undefined);
	};
}

/** What the worker answers to whoever asks for the teacher's key. */
function keptByWorker(page: Page): Promise<boolean> {
	return page.evaluate(async () => {
		const { active } = await navigator.serviceWorker.ready;
		const line = new MessageChannel();
		const answer = new Promise<unknown>((resolve) => {
			line.port1.onmessage = ({ data }) => resolve(data);
		});
		active?.postMessage({ say: "want", owner: "32|t06" }, [line.port2]);
		return (await answer) !== null;
	});
}

test("reloads in succession, and one past the cache, ask for nothing; no key is left with the worker", async ({
	page,
}) => {
	const school = await School.make(MOMENT);
	try {
		await signIn(page, school.url, "teacher");
		await page.evaluate(() => navigator.serviceWorker.ready);
		await stands(page);

		await page.addInitScript(leaveEarly);
		await page.evaluate(() => sessionStorage.setItem("early", "3"));
		await page.reload({ waitUntil: "commit" });
		await stands(page);
		expect(await page.evaluate(() => sessionStorage.getItem("early")), "each of them was left early").toBe("0");
		await page.goto(`${school.url}/healthz`);
		expect(await keptByWorker(page), "for the next page").toBe(true);
		await page.goto(school.url);
		await stands(page);
		expect(await keptByWorker(page), "it stands").toBe(false);

		const cdp = await page.context().newCDPSession(page);
		await Promise.all([page.waitForEvent("load"), cdp.send("Page.reload", { ignoreCache: true })]);
		await stands(page);
		expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
		await page.reload();
		await stands(page);

		await page.keyboard.press("Control+Shift+L");
		await closed(page);
		expect(await keptByWorker(page)).toBe(false);
		await page.reload();
		await closed(page);
	} finally {
		await school.remove();
	}
});
