/**
 * Arithmetic of marks: exact, never in floats. As `sync/marks.py`.
 *
 * A mark counts towards a mean when it is 1 to 5. «осв», «н/а», «.», «зач» and «незач» don't count. The proposal is
 * decided on the exact mean, not on the shown one. Weights, thresholds and floors are the school's, over those below.
 */

const COUNTS = /^[1-5]$/;

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

/** What a school sets by name: weights by kind of work, thresholds by mark, floors by weekly hours. */
export type Settings = Readonly<Record<string, number>> | null;

/** Mark -> the least mean for it, in hundredths. */
export const THRESHOLDS: Readonly<Record<string, number>> = { "5": 450, "4": 350, "3": 250 };

/** Weekly hours -> marks asked for in a term. */
export const FLOORS: Readonly<Record<string, number>> = { "1": 3, "3": 5, "5": 7 };

const LOWEST = 2;

/** The weight of a kind of work by the school's settings; 1 where neither school nor custom says more. */
export function weightOf(work: string | null, weights: Settings): number {
	return weights?.[work ?? ""] ?? WEIGHTS[work ?? ""] ?? 1;
}

/** Exact Σ(w·m)/Σw of the marks that count; null when nothing counts. */
export function weightedMean(marks: readonly Weighted[]): Fraction | null {
	let over = 0;
	let under = 0;
	for (const { value, weight } of marks) {
		if (!counts(value) || weight <= 0) continue;
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

/** The term mark that the thresholds propose for an exact mean: the best whose least mean is reached, else 2. */
export function proposal(mean: Fraction, thresholds: Settings = null): number {
	const reached = Object.entries({ ...THRESHOLDS, ...thresholds })
		.filter(([, hundredths]) => mean.over * 100 >= hundredths * mean.under)
		.map(([mark]) => Number(mark));
	return Math.max(LOWEST, ...reached);
}

/** How many marks a pupil should have in a term: by the greatest number of hours not above the journal's. */
export function floorOf(hours: number | null, floors: Settings = null): number {
	const asked = Object.entries(floors ?? FLOORS)
		.map(([least, marks]) => [Number(least), marks] as const)
		.sort(([a], [b]) => a - b);
	const found = asked.filter(([least]) => least <= (hours ?? 1)).at(-1) ?? asked[0];
	return found?.[1] ?? 0;
}

/** True when a mark goes into the mean. */
export function counts(value: string | null): value is string {
	return value !== null && COUNTS.test(value);
}

/** True when two decimals say the mean exactly. */
export function isExact(mean: Fraction): boolean {
	return (mean.over * 100) % mean.under === 0;
}

/** The sums behind a mean, "(5·3 + 4) : (3 + 1) = 19 : 4", nothing shortened; null when no mark counts. */
export function arithmetic(marks: readonly Weighted[]): string | null {
	const counting = marks.filter((m) => counts(m.value) && m.weight > 0);
	if (counting.length === 0) return null;
	if (counting.length === 1) return counting[0]?.value ?? "";
	const over = counting.reduce((sum, m) => sum + Number(m.value) * m.weight, 0);
	const under = counting.reduce((sum, m) => sum + m.weight, 0);
	const plain = counting.every((m) => m.weight === 1);
	const top = counting.map((m) => (m.weight === 1 ? m.value : `${m.value}·${m.weight}`)).join(" + ");
	const bottom = plain ? String(counting.length) : `(${counting.map((m) => m.weight).join(" + ")})`;
	return `(${top}) : ${bottom} = ${over} : ${under}`;
}
