/**
 * Who sees what: the sections of the app by role, and where each begins.
 *
 * Families see only the diary. This is what the screen offers; what a person may hold or write is the server's law.
 */

import type { Session } from "../engine/types";
import { isFamily } from "../rules/family";
import type { Section } from "./parts/Nav";
import { shell } from "./phrases/shell";

export { isFamily };

/** May approve what is held, and sees every journal. */
export function isHead(session: Session): boolean {
	return ["deputy_head", "director", "observer"].some((role) => session.roles.includes(role));
}

/** How many things wait for this person, by the section that has them. */
export interface Waiting {
	readonly attention: number;
	/** Requests that a deputy head decides on. */
	readonly office: number;
}

/** The sections of the app for this person, `waiting` at their badges. `teaches`: some journal is theirs. */
export function sectionsOf(session: Session, teaches: boolean, waiting: Waiting): Section[] {
	const t = shell().nav;
	const me: Section = { href: "/me", icon: "me", label: t.me };
	if (isFamily(session))
		return [{ href: "/diary", icon: "diary", label: t.diary }, { href: "/marks", icon: "marks", label: t.marks }, me];
	const has = (role: string): boolean => session.roles.includes(role);
	const found: Section[] = [];
	if (teaches)
		found.push({
			href: "/today",
			icon: "today",
			label: t.today,
			also: ["/lesson"],
		});
	if (teaches || has("class_teacher") || isHead(session))
		found.push({
			href: "/journals",
			icon: "journals",
			label: t.journals,
			also: ["/journal", "/terms", "/pupil"],
		});
	found.push({
		href: "/attention",
		icon: "attention",
		label: t.attention,
		badge: waiting.attention,
	});
	if (has("class_teacher")) found.push({ href: "/class", icon: "class", label: t.class });
	if (has("deputy_head") || has("director"))
		found.push({
			href: "/office",
			icon: "office",
			label: has("deputy_head") ? t.deputy : t.office,
			badge: has("deputy_head") ? waiting.office : 0,
		});
	if (has("admin")) found.push({ href: "/admin", icon: "admin", label: t.admin });
	return [...found, me];
}

/** Where the app opens for this person. */
export function homeOf(session: Session, teaches: boolean): string {
	if (isFamily(session)) return "/diary";
	if (teaches) return "/today";
	if (session.roles.includes("class_teacher")) return "/class";
	if (session.roles.some((r) => r === "deputy_head" || r === "director")) return "/office";
	return session.roles.includes("admin") ? "/admin" : "/journals";
}
