/** Means for the eye: two decimals, half up, with the decimal sign of the language. Never decide anything by these. */

import { type Fraction, shown } from "../../rules/marks";
import { language } from "../phrases/book";

/** "4,67"; in English "4.67". */
export function meanText(mean: Fraction): string {
	return language() === "en" ? shown(mean) : shown(mean).replace(".", ",");
}

/** Colour class of a mark: "m5" to "m2" for marks on the scale of five, "m" for words and signs. */
export function markTone(value: string): string {
	return /^[1-5]$/.test(value) ? `m${value}` : "m";
}
