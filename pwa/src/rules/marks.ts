/**
 * Arithmetic of marks: exact, never in floats. As `sync/marks.py`.
 *
 * A mark counts towards a mean when it is 1 to 5. «осв», «н/а», «.», «зач» and «незач» don't count. The proposal is
 * decided on the exact mean, not on the shown one.
 */

export const WEIGHTS: Readonly<Record<string, number>> = {
	control: 3,
	dictation: 2,
	independent: 2,
	practical: 2,
	laboratory: 2,
};

/** A mark's value as written, and its weight. */
export interface Weighted {
	readonly value: string | null;
	readonly weight: number;
}

/** An exact number: sum over weight, both whole, in lowest terms. */
export interface Fraction {
	readonly over: number;
	readonly under: number;
}

export const THRESHOLDS: readonly (readonly [mark: number, least: Fraction])[] = [
	[5, { over: 9, under: 2 }],
	[4, { over: 7, under: 2 }],
	[3, { over: 5, under: 2 }],
];

/** The weight of a kind of work by the school's settings; 1 where neither school nor custom says more. */
export function weightOf(work: string | null, weights: Readonly<Record<string, number>> | null): number {
	return weights?.[work ?? ""] ?? WEIGHTS[work ?? ""] ?? 1;
}

/** Exact Σ(w·m)/Σw of the marks that count; null when nothing counts. */
export function weightedMean(marks: readonly Weighted[]): Fraction | null {
	let over = 0;
	let under = 0;
	for (const { value, weight } of marks) {
		if (value === null || !/^[1-5]$/.test(value) || weight <= 0) continue;
		over += Number(value) * weight;
		under += weight;
	}
	if (!under) return null;
	const by = divisor(over, under);
	return { over: over / by, under: under / by };
}

function divisor(a: number, b: number): number {
	return b ? divisor(b, a % b) : a;
}

/** The mean with two decimals, half up, for the eye: "4.67". Put the comma in where the language wants one. */
export function shown(mean: Fraction): string {
	const hundredths = Math.floor((mean.over * 200 + mean.under) / (2 * mean.under));
	const text = String(hundredths).padStart(3, "0");
	return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** The term mark that the school's thresholds propose for an exact mean; 2 below the lowest. */
export function proposal(mean: Fraction, thresholds = THRESHOLDS): number {
	for (const [mark, least] of thresholds) {
		if (mean.over * least.under >= least.over * mean.under) return mark;
	}
	return 2;
}
