/**
 * The phrase book: typed dictionaries by area, Russian first, English in chunks that load when asked for.
 *
 * An area's Russian dictionary is the type; the English one must satisfy it, so that a missing phrase does not
 * compile. A screen calls `book(ru, () => import("./en/…"))` once and reads phrases through the accessor it gets,
 * which follows the language chosen.
 */

import { type Accessor, createSignal } from "solid-js";

export type Language = "ru" | "en";

const KEEP = "zvonok-language";

const [language, setLanguage] = createSignal<Language>(remembered());

export { language };

const chunks: (() => Promise<void>)[] = [];

/** Opens an area's book. English is read when it is first wanted; until then Russian shows. */
export function book<T extends object>(ru: T, english: () => Promise<{ default: T }>): Accessor<T> {
	const [en, setEn] = createSignal<T | null>(null);
	let under: Promise<void> | null = null;
	const load = (): Promise<void> => {
		under ??= english().then(
			(chunk) => {
				setEn(() => chunk.default);
			},
			() => {
				under = null; // a later try may find the network
			},
		);
		return under;
	};
	chunks.push(load);
	if (language() === "en") void load();
	return () => (language() === "en" ? (en() ?? ru) : ru);
}

/** Brings the English books, all of them. False: some are not on this tablet, and there is no network. */
async function english(): Promise<boolean> {
	try {
		await (await import("./english")).default();
	} catch {
		return false;
	}
	await Promise.all(chunks.map((load) => load()));
	return true;
}

/** Speaks another language from now on, and remembers it on this tablet. False: it can't be spoken yet. */
export async function speak(next: Language): Promise<boolean> {
	if (next === "en" && !(await english())) return false;
	setLanguage(next);
	document.documentElement.lang = next;
	try {
		localStorage.setItem(KEEP, next);
	} catch {
		// Private mode may forbid it: the choice then lasts until the tab closes.
	}
	return true;
}

/** Resolves when the books opened so far can be read in the language chosen; in Russian where that can't be had. */
export async function bookReady(): Promise<void> {
	if (language() === "en" && !(await english())) setLanguage("ru");
	document.documentElement.lang = language();
}

function remembered(): Language {
	try {
		return localStorage.getItem(KEEP) === "en" ? "en" : "ru";
	} catch {
		return "ru";
	}
}
