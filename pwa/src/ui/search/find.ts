/**
 * What a search finds: pupils by any part of the name, journals by class and subject; «ё» is «е», case and quotes none.
 *
 * Every word asked for must occur. A family name that begins so comes first, then any name, then any part.
 */

import type { KnownPupil } from "../pupil/pupil";

/** Letters, digits and single spaces. */
export function plain(text: string): string {
	return text
		.toLocaleLowerCase("ru")
		.replaceAll("ё", "е")
		.replaceAll(/[«»"·.,]/g, " ")
		.replaceAll(/\s+/g, " ")
		.trim();
}

/** 0: the text begins with the first word asked; 1: each begins a word; 2: each occurs; null: one does not. */
export function rank(text: string, asked: string): number | null {
	const [within, words] = [plain(text), plain(asked).split(" ").filter(Boolean)];
	if (words.length === 0 || !words.every((word) => within.includes(word))) return null;
	const begins = words.every((word) => ` ${within}`.includes(` ${word}`));
	if (!begins) return 2;
	return within.startsWith(words[0] ?? "") ? 0 : 1;
}

/** The pupils that fit, the likeliest first; the class may be asked for too: "иванов 8б". */
export function pupilsBy(asked: string, all: readonly KnownPupil[]): KnownPupil[] {
	return ranked(all, (known) => `${known.name} ${known.className.replaceAll(/[«»\s]/g, "")}`, asked);
}

/** Things whose text fits, the likeliest first, else in the order given. */
export function ranked<T>(all: readonly T[], textOf: (one: T) => string, asked: string): T[] {
	const found: [T, number][] = [];
	for (const one of all) {
		const at = rank(textOf(one), asked);
		if (at !== null) found.push([one, at]);
	}
	return found.sort((a, b) => a[1] - b[1]).map(([one]) => one);
}
