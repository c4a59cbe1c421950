/** Light, dark, or as the device has it; remembered on this tablet. */

import { createSignal } from "solid-js";

type Theme = "auto" | "light" | "dark";

const KEEP = "zvonok-theme";

const [theme, setTheme] = createSignal<Theme>("auto");

export { theme };

const device = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

/** Puts the remembered theme on the page and follows the device while it is "auto". */
export function startTheme(): void {
	try {
		const kept = localStorage.getItem(KEEP);
		if (kept === "light" || kept === "dark") setTheme(kept);
	} catch {
		// Private mode: auto.
	}
	paint();
	device().addEventListener("change", paint);
}

export function chooseTheme(next: Theme): void {
	setTheme(next);
	paint();
	try {
		localStorage.setItem(KEEP, next);
	} catch {
		// Private mode: the choice lasts until the tab closes.
	}
}

function paint(): void {
	const dark = theme() === "dark" || (theme() === "auto" && device().matches);
	document.documentElement.dataset["theme"] = dark ? "dark" : "light";
	const colour = dark ? "#12161f" : "#fbfaf6";
	document.querySelector('meta[name="theme-color"]')?.setAttribute("content", colour);
}
