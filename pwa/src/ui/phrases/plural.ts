/**
 * Numbers with their nouns, by the plural rules of the language.
 *
 * Russian needs one, few and many ("запись", "записи", "записей"), English one and other.
 */

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

const rules = new Map<string, Intl.PluralRules>();

function rulesOf(language: string): Intl.PluralRules {
	const known = rules.get(language) ?? new Intl.PluralRules(language);
	rules.set(language, known);
	return known;
}

/** The noun's form for the number: form("ru", {one: "час", few: "часа", many: "часов"})(2) is "часа". */
export function form(language: string, forms: Forms): (n: number) => string {
	const last = forms.other ?? forms.many ?? "";
	return (n) => forms[rulesOf(language).select(n)] ?? last;
}

/** The number with its noun: "14 записей". */
export function count(language: string, forms: Forms): (n: number) => string {
	const noun = form(language, forms);
	const number = new Intl.NumberFormat(language);
	return (n) => `${number.format(n)} ${noun(n)}`;
}
