/** Days and moments, as the server's. The figures are Python's (zoneinfo), at changes of the clock and far away. */

import { expect, test } from "vitest";
import { ALWAYS, dayAfter, dayOf, momentOf, spanOf, weekdayOf } from "../../src/rules/days";

const FIRSTS: [string, string | null, number][] = [
	["2026-11-20", "Europe/Moscow", 1795122000000],
	["2026-11-20", null, 1795132800000],
	["2026-11-20", "No/Such", 1795132800000],
	["2026-03-29", "Europe/Berlin", 1774738800000],
	["2026-03-30", "Europe/Berlin", 1774821600000],
	["2026-10-25", "Europe/Berlin", 1792879200000],
	["2010-10-31", "Europe/Moscow", 1288468800000],
	["2019-03-31", "Asia/Beirut", 1553983200000],
	["2019-10-27", "Asia/Beirut", 1572127200000],
	["2018-11-04", "America/Sao_Paulo", 1541300400000],
	["2019-02-17", "America/Sao_Paulo", 1550372400000],
	["1970-01-01", "Asia/Vladivostok", -36000000],
	["2011-12-30", "Pacific/Apia", 1325239200000],
];

test.each(FIRSTS)("%s begins in %s at %i", (day, zone, moment) => {
	expect(momentOf(day, zone)).toBe(moment);
	if (day !== "2011-12-30") expect(dayOf(moment, zone)).toBe(moment < 0 ? "1970-01-01" : day);
});

test("the day of a moment, clamped to the years there are", () => {
	expect(dayOf(1795122000000 - 1, "Europe/Moscow")).toBe("2026-11-19");
	expect(dayOf(-5, "UTC")).toBe("1970-01-01");
	expect(dayOf(2 ** 53, "UTC").slice(0, 3)).toBe("999");
});

test("an empty end is open", () => {
	expect(spanOf("2026-11-20", "", "UTC")).toEqual({ opens: 1795132800000, closes: ALWAYS });
	expect(spanOf(null, "2026-11-21", "UTC")).toEqual({ opens: -ALWAYS, closes: 1795219200000 });
});

test("days of the calendar", () => {
	expect(dayAfter("2026-12-31")).toBe("2027-01-01");
	expect(dayAfter("2028-03-01", -1)).toBe("2028-02-29");
	expect([weekdayOf("2026-11-20"), weekdayOf("2026-11-22"), weekdayOf("2026-11-23")]).toEqual([5, 7, 1]);
});
