/**
 * A small router of own paths over the History API: deep links, the back button, links as plain `<a href>`.
 *
 * Holds always:
 * 1. A plain click on a link to this app never loads the page anew; a click with a modifier stays the browser's.
 * 2. Leaving a screen first commits the open editor: it loses its focus, and editors commit on blur.
 */

import { createSignal } from "solid-js";

export type Params = Readonly<Record<string, string>>;

const [path, setPath] = createSignal(here());

/** The path shown now, without the query. */
export { path };

function here(): string {
	const full = typeof location === "undefined" ? "/" : location.pathname;
	return full.length > 1 ? full.replace(/\/+$/, "") : full;
}

/** Goes to a path of the app. `replace`: leaves no step for the back button. */
export function go(to: string, options: { replace?: boolean } = {}): void {
	commitOpenEditor();
	if (options.replace) history.replaceState(null, "", to);
	else {
		history.pushState(null, "", to);
		steps += 1;
	}
	arrive();
	scrollTo(0, 0);
}

/** Back to where the person came from; to `otherwise` when the app was opened here. */
export function back(otherwise: string): void {
	commitOpenEditor();
	if (steps > 0) history.back();
	else go(otherwise, { replace: true });
}

/** Editors commit on blur; whoever takes the screen away calls this first. */
export function commitOpenEditor(): void {
	const active = document.activeElement;
	if (active instanceof HTMLElement) active.blur();
}

/**
 * Parameters of the path when it has the form of the pattern, else null.
 * "/lesson/:journal/:date/:number" takes one part each; a last "*" takes the rest, also none.
 */
export function match(pattern: string, at: string): Params | null {
	const wanted = pattern.split("/").filter(Boolean);
	const given = at.split("/").filter(Boolean);
	const params: Record<string, string> = {};
	for (const [i, part] of wanted.entries()) {
		if (part === "*") {
			params["rest"] = given.slice(i).join("/");
			return params;
		}
		const value = given[i];
		if (value === undefined) return null;
		if (part.startsWith(":")) params[part.slice(1)] = readable(value);
		else if (part !== value) return null;
	}
	return given.length === wanted.length ? params : null;
}

function readable(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

let steps = 0;

function arrive(): void {
	setPath(here());
	queueMicrotask(headingTakesFocus);
}

// A screen reader must learn that the screen changed; a field that took the focus itself keeps it.
function headingTakesFocus(): void {
	requestAnimationFrame(() => {
		const active = document.activeElement;
		if (active !== null && active !== document.body && active.isConnected) {
			if (active.closest("main")) return;
		}
		document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
	});
}

/** The same for a screen that is still on its way: its heading takes the focus once it is there. */
export function focusHeading(tries = 120): void {
	requestAnimationFrame(() => {
		if (document.querySelector(".page h1") !== null) headingTakesFocus();
		else if (tries > 0) focusHeading(tries - 1);
	});
}

/** Starts to follow clicks and the back button; returns the way to stop. */
export function startRouter(): () => void {
	const click = (event: MouseEvent): void => {
		if (event.defaultPrevented || event.button !== 0) return;
		if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
		const link = (event.target as Element | null)?.closest?.("a");
		if (!link?.href || link.target || link.hasAttribute("download")) return;
		const url = new URL(link.href);
		if (url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
		event.preventDefault();
		go(url.pathname + url.search, {
			replace: link.dataset["replace"] !== undefined,
		});
	};
	const pop = (): void => {
		commitOpenEditor();
		steps = Math.max(0, steps - 1);
		arrive();
	};
	document.addEventListener("click", click);
	addEventListener("popstate", pop);
	return () => {
		document.removeEventListener("click", click);
		removeEventListener("popstate", pop);
	};
}
