/** Paths: what a pattern takes, and who may go where. */

import { expect, it } from "vitest";
import type { Session } from "../../src/engine/types";
import { match } from "../../src/ui/router";
import { homeOf, isFamily, sectionsOf } from "../../src/ui/sections";

it("takes one part for each name, and the rest for a star", () => {
	expect(match("/lesson/:journal/:date/:number", "/lesson/8b-alg/2026-11-20/3")).toEqual({
		journal: "8b-alg",
		date: "2026-11-20",
		number: "3",
	});
	expect(match("/lesson/:journal/:date/:number", "/lesson/8b-alg/2026-11-20")).toBeNull();
	expect(match("/me", "/me/more")).toBeNull();
	expect(match("/office/*", "/office")).toEqual({ rest: "" });
	expect(match("/office/*", "/office/held/2")).toEqual({ rest: "held/2" });
	expect(match("/journal/:journal", "/journal/8%D0%B1")).toEqual({ journal: "8б" });
	expect(match("/journal/:journal", "/journal/%E0%A4%A")).toEqual({ journal: "%E0%A4%A" });
});

const who = (...roles: string[]): Session => ({
	school: "32",
	school_name: "",
	person: "x",
	name: "",
	roles,
	pupils: [],
	device: "d",
	epoch: "e",
	known: 0,
	server_time: 0,
	seal: "",
	mac: "",
	since: 0,
});
const paths = (session: Session, teaches: boolean): string[] =>
	sectionsOf(session, teaches, { attention: 0, office: 0 }).map((section) => section.href);

it("shows a family the diary and themselves, and nothing of the staff's", () => {
	for (const role of ["parent", "pupil"]) {
		expect(isFamily(who(role))).toBe(true);
		const found = paths(who(role), false);
		expect(found[0]).toBe("/diary");
		expect(found[found.length - 1]).toBe("/me");
		for (const staffs of ["/today", "/journals", "/attention", "/class", "/office", "/admin"])
			expect(found).not.toContain(staffs);
		expect(homeOf(who(role), false)).toBe("/diary");
	}
	expect(isFamily(who("parent", "teacher"))).toBe(false);
});

it("opens where the person works", () => {
	expect(homeOf(who("teacher"), true)).toBe("/today");
	expect(homeOf(who("class_teacher", "teacher"), true)).toBe("/today");
	expect(homeOf(who("deputy_head"), false)).toBe("/office");
	expect(homeOf(who("director"), false)).toBe("/office");
	expect(homeOf(who("admin"), false)).toBe("/admin");
	expect(homeOf(who("observer"), false)).toBe("/journals");
});

it("offers each role its sections", () => {
	expect(paths(who("teacher"), true)).toEqual(["/today", "/journals", "/attention", "/me"]);
	expect(paths(who("class_teacher", "teacher"), true)).toContain("/class");
	expect(paths(who("deputy_head"), false)).toEqual(["/journals", "/attention", "/office", "/me"]);
	expect(paths(who("admin"), false)).toEqual(["/attention", "/admin", "/me"]);
});

it("counts what waits at the section that has it; requests at the office of who decides on them alone", () => {
	const badges = (...roles: string[]) =>
		Object.fromEntries(
			sectionsOf(who(...roles), false, { attention: 2, office: 3 }).map(({ href, badge }) => [href, badge ?? 0]),
		);
	expect(badges("deputy_head")).toMatchObject({ "/attention": 2, "/office": 3, "/journals": 0 });
	expect(badges("director")).toMatchObject({ "/attention": 2, "/office": 0 });
});
