/**
 * Keeping: which parts of the app this device keeps for working without network, beside what everybody's has.
 *
 * A teacher's tablet need not carry the office and the diary, nor a parent's phone the administrator's screens. The
 * parts themselves are cut by `build/precache.ts`; the service worker keeps those that a page has asked for.
 */

import type { Session } from "../engine/types";
import { isFamily } from "./sections";

/** Parts of the app for this person, in this language. */
export function partsFor(session: Session, language: string): string[] {
	const has = (role: string): boolean => session.roles.includes(role);
	const found: string[] = [];
	if (isFamily(session)) found.push("diary");
	if (has("class_teacher")) found.push("class");
	if (has("deputy_head") || has("director")) found.push("office");
	if (has("admin")) found.push("admin");
	if (language === "en") found.push("english");
	return found;
}

/** Has the service worker keep them, once there is one. */
export async function keep(parts: readonly string[]): Promise<void> {
	const { active } = (await navigator.serviceWorker?.ready) ?? {};
	active?.postMessage({ keep: parts });
}
