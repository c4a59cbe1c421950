/**
 * How quick the tablet is: `make bench-tablet`. Figures, no verdicts: the machine is shared, and time on the wall with it.
 *
 * The grid: a class of about thirty, a term of seventy lessons more, 24 columns rendered, the processor slowed six times
 * as on a cheap tablet, offline. The main thread's processor time is taken at full speed.
 */

import { test } from "@playwright/test";
import { countProcessor, giveMarks, JOURNAL, processorMs, share, signInToLong, watchKeys } from "../browser/hands.ts";
import { School } from "../browser/house.ts";
import { MOMENT } from "../browser/screens.ts";
import { heapOf } from "./heap.ts";
import { ms, tell } from "./table.ts";

const SLOWED = 6;
/** The lengthened journal has three lessons today: one to count in, two to time in, where no entry stands yet. */
const TIMED = [1, 2];
const PUPILS = 25;

test("the grid under a teacher's hands", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const { context, page } = await signInToLong(browser, school.url);
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.goto(`${school.url}/journal/${JOURNAL}`);
		await page.getByRole("radio", { name: "Весь период" }).check();
		await page.locator("table.grid td.today").first().waitFor();
		const [rows, columns, rendered] = await page.evaluate(() => {
			const table = document.querySelector("table.grid") as HTMLTableElement;
			return [table.tBodies[0]?.rows.length, Number(table.ariaColCount) - 3, table.tHead?.rows[0]?.cells.length ?? 0];
		});
		await context.setOffline(true);
		const cdp = await countProcessor(page);

		await giveMarks(page, PUPILS, "4");
		const before = await processorMs(cdp);
		await giveMarks(page, PUPILS, "5");
		const entry = (await processorMs(cdp)) - before;
		await page.locator("table.grid tbody tr").first().locator("td.today").first().click();
		await page.mouse.move(0, 0);
		/** Processor of two keys for each pupil. */
		const keys = async (first: string, second: string): Promise<number> => {
			const before = await processorMs(cdp);
			for (let i = 0; i < PUPILS; i += 1) {
				await page.keyboard.press(first);
				await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0))));
				await page.keyboard.press(second);
			}
			return ((await processorMs(cdp)) - before) / PUPILS;
		};
		const driver = await keys("F8", "F8"); // keys that mean nothing here: what driving the browser takes by itself
		const update = await keys("Delete", "ArrowDown");

		const watched = await watchKeys(page);
		await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
		for (const nth of TIMED) await giveMarks(page, PUPILS, "4", nth);
		await page.waitForTimeout(500);
		const { painted, durable } = await watched.taken();
		const size = `${rows} pupils × ${(rendered ?? 0) - 3} of ${columns} columns`;
		tell(`${size}, ${SLOWED}×: key until painted, p50`, `${ms(share(painted, 0.5))} (${painted.length} keys)`, "80 ms");
		tell(`${size}, ${SLOWED}×: key until painted, p95`, ms(share(painted, 0.95)), "150 ms");
		tell(`${size}, ${SLOWED}×: Enter until the tick "on this tablet", p50`, ms(share(durable, 0.5)));
		tell(`${size}, ${SLOWED}×: the same, p95`, `${ms(share(durable, 0.95))} (${durable.length} entries)`, "50 ms");
		tell(`${size}, 1×: processor per entry (digit, Enter, write, repaint)`, ms(entry / PUPILS));
		const less = `less what the driver takes (${ms(driver)})`;
		tell(`${size}, 1×: processor per cell update (Delete, arrow), ${less}`, ms(update - driver), "8 ms");
		tell("heap with that grid open, after a collection", await heapOf(cdp), "25 MB");
		await context.close();
	} finally {
		await school.remove();
	}
});
