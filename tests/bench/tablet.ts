/**
 * How quick the tablet is: `make bench-tablet`. Figures, no verdicts: the machine is shared, and time on the wall with it.
 *
 * The grid: a class of about thirty, a term of seventy lessons more, 24 columns rendered, the processor slowed six times
 * as on a cheap tablet, offline. The main thread's processor time is taken at full speed.
 */

import { test } from "@playwright/test";
import {
	countProcessor,
	giveMarks,
	JOURNAL,
	press,
	processorMs,
	share,
	signInToLong,
	watchKeys,
} from "../browser/hands.ts";
import { School } from "../browser/house.ts";
import { MOMENT } from "../browser/screens.ts";
import { heapOf } from "./heap.ts";
import { ms, tell } from "./table.ts";

const SLOWED = 6;
/** The lengthened journal has three lessons today: one to count in, two to time in, where no entry stands yet. */
const TIMED = [1, 2];
const PUPILS = 25;
/** Series of keys for one figure, the best of which counts: other work on the machine can only make one dearer. */
const SERIES = 3;

test("the grid under a teacher's hands", async ({ browser }) => {
	const school = await School.make(MOMENT);
	try {
		const { context, page } = await signInToLong(browser, school.url);
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.goto(`${school.url}/journal/${JOURNAL}`);
		await page.getByRole("radio", { name: "Весь период" }).press("Space");
		await page.locator("table.grid td.today").first().waitFor();
		const [rows, columns, rendered] = await page.evaluate(() => {
			const table = document.querySelector("table.grid") as HTMLTableElement;
			return [table.tBodies[0]?.rows.length, Number(table.ariaColCount) - 3, table.tHead?.rows[0]?.cells.length ?? 0];
		});
		await context.setOffline(true);
		const cdp = await countProcessor(page);

		/** Processor per pupil, of marks given as a hand gives them, and of two keys with a frame between. */
		const given = async (mark: string): Promise<number> => {
			const before = await processorMs(cdp);
			await giveMarks(page, PUPILS, mark);
			return ((await processorMs(cdp)) - before) / PUPILS;
		};
		const keys = async (first: string, second: string): Promise<number> => {
			await press(page);
			await page.waitForTimeout(500); // the last series has come to rest
			const before = await processorMs(cdp);
			for (let i = 0; i < PUPILS; i += 1) {
				await page.keyboard.press(first);
				await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0))));
				await page.keyboard.press(second);
			}
			return ((await processorMs(cdp)) - before) / PUPILS;
		};
		const took = { entry: [] as number[], driver: [] as number[], move: [] as number[], both: [] as number[] };
		await giveMarks(page, PUPILS, "4");
		for (let i = 0; i < SERIES; i += 1) {
			took.entry.push(await given(i % 2 ? "4" : "5"));
			took.driver.push(await keys("F8", "F8")); // keys that mean nothing here: what driving the browser takes by itself
			took.move.push(await keys("F8", "ArrowDown"));
			took.both.push(await keys("Delete", "ArrowDown"));
		}
		const [entry = 0, driver = 0, move = 0, both = 0] = Object.values(took).map((ms) => Math.min(...ms));

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
		tell(`${size}, 1×: processor per entry (digit, Enter, write, repaint)`, ms(entry));
		tell(`${size}, 1×: processor per cell update (Delete), less the move`, ms(both - move), "8 ms");
		const less = `less what the driver takes (${ms(driver)})`;
		tell(`${size}, 1×: processor per move to the next cell (arrow), ${less}`, ms(move - driver));
		tell(`${size}, 1×: both (Delete, arrow), ${less}`, ms(both - driver));
		tell("heap with that grid open, after a collection", await heapOf(cdp), "25 MB");
		await context.close();
	} finally {
		await school.remove();
	}
});
