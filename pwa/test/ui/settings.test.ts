/** The school's settings as a form: what is proposed, what was changed, what can't be read. */

import { expect, it } from "vitest";
import type { School } from "../../src/generated/model";
import { changesOf, draftOf, faultsOf, meanOf, wholeOf } from "../../src/ui/admin/settings";

const school = { window_days: 14, grace_days: 3, publication: "live", weights: null } as School;

it("proposes term marks from means that fall with the mark, written with a comma or a point", () => {
	const draft = draftOf(school);
	expect(draft.thresholds).toEqual({ "5": "4,50", "4": "3,50", "3": "2,50" });
	expect(draft.floors).toEqual({ "1": "3", "3": "5", "5": "7" });
	const set = changesOf({ ...draft, thresholds: { ...draft.thresholds, "5": "4.6" } }, school);
	expect(set).toEqual({ thresholds: { "5": 460, "4": 350, "3": 250 } });
	expect(changesOf({ ...draft, thresholds: { ...draft.thresholds, "5": "4.50" } }, school)).toEqual({});
	expect(faultsOf({ ...draft, thresholds: { ...draft.thresholds, "4": "4,5" } })).toEqual(new Set(["thresholds"]));
	expect([meanOf("5,00"), meanOf("5,01"), meanOf("1"), meanOf("0,99"), meanOf("4,5x")]).toEqual([
		500,
		null,
		100,
		null,
		null,
	]);
});

it("asks for marks by weekly hours and keeps floors that the form does not show", () => {
	const known = { ...school, floors: { "1": 3, "2": 4, "3": 5, "5": 7 } } as School;
	const draft = draftOf(known);
	const set = changesOf({ ...draft, floors: { ...draft.floors, "5": "8" } }, known);
	expect(set).toEqual({ floors: { "1": 3, "2": 4, "3": 5, "5": 8 } });
	expect(faultsOf({ ...draft, floors: { ...draft.floors, "1": "-1" } })).toEqual(new Set(["floor 1"]));
});

it("keeps weights that the form does not show", () => {
	const known = { ...school, weights: { control: 4, oral: 2 } } as School;
	const draft = draftOf(known);
	expect(draft.weights["control"]).toBe("4");
	const set = changesOf({ ...draft, weights: { ...draft.weights, homework: "0" } }, known);
	expect(set.weights).toMatchObject({ control: 4, oral: 2, homework: 0, answer: 1 });
	expect(changesOf(draft, known)).toEqual({});
});

it("reads whole numbers at both edges", () => {
	expect([wholeOf("0", 10), wholeOf("10", 10), wholeOf("11", 10), wholeOf("", 10), wholeOf("1e1", 10)]).toEqual([
		0,
		10,
		null,
		null,
		null,
	]);
	expect(faultsOf({ ...draftOf(school), publishAt: "24:00" }).has("publishAt")).toBe(true);
	expect(faultsOf(draftOf(school)).size).toBe(0);
});
