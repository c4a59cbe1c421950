/** A hand that has a keyboard only: Tab goes from stop to stop, and each must be in sight and ringed. */

import { expect, type Page } from "@playwright/test";

/** Goes on by Tab until the focus is on what bears this name; each stop is in the window and ringed. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
	const passed: string[] = [];
	for (let n = 0; n < 120; n += 1) {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(() => {
			const focused = document.activeElement as HTMLElement;
			const { left, right, top, bottom } = focused.getBoundingClientRect();
			const style = getComputedStyle(focused);
			const label = (focused as HTMLInputElement).labels?.[0]?.textContent;
			return {
				said: [focused.getAttribute("aria-label"), label, focused.textContent].filter(Boolean).join(" "),
				nowhere: focused === document.body,
				seen: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
				// The parts of a date have the browser's own rings.
				ringed: focused.matches('[type="date"]') || style.outlineStyle !== "none" || style.boxShadow !== "none",
			};
		});
		if (at.nowhere) continue; // the browser's own bar
		expect(at.seen, `in the window: ${at.said}`).toBe(true);
		expect(at.ringed, `ringed: ${at.said}`).toBe(true);
		if (name.test(at.said)) return;
		passed.push(at.said.slice(0, 40)); // a choice bears all that can be chosen
	}
	throw new Error(`Tab does not reach ${name}: ${passed.join(" | ")}`);
}

/** In the choice that has the focus, down to what bears this name. */
export async function choose(page: Page, name: RegExp): Promise<void> {
	for (let n = 0; n < 120; n += 1) {
		await page.keyboard.press("ArrowDown");
		const chosen = await page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.text);
		if (name.test(chosen ?? "")) return;
	}
	throw new Error(`there is no ${name} to choose`);
}
