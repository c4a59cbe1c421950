/** The status line: green means that nothing is without a receipt and that the backup has it. */

import { afterEach, expect, it } from "vitest";
import { NOBODY } from "../../src/engine/status";
import type { Status } from "../../src/engine/types";
import { noteWarnings } from "../../src/ui/needs";
import { statusLine } from "../../src/ui/parts/StatusPill";

const NOW = Date.UTC(2026, 10, 20, 9, 0);
const FINE: Status = {
	...NOBODY,
	person: "t1",
	reachable: true,
	lastContact: NOW,
	persisted: true,
	leading: true,
	live: true,
};
afterEach(() => noteWarnings(0));

const line = (more: Partial<Status>) => statusLine({ ...FINE, ...more }, NOW, "2026-11-20");

it("is green when all is sent and in the backup", () => {
	expect(line({})).toMatchObject({ tone: "ok", text: "Всё отправлено и в копии" });
});

it.each<[string, Partial<Status>]>([
	["an entry is unsent", { unsent: 1, oldestUnsent: NOW }],
	["an entry is on its way", { unsent: 1, oldestUnsent: NOW, sending: true }],
	["the backup is behind", { notDurable: 1 }],
	["the server is out of reach", { reachable: false }],
	["nobody asked the server yet", { reachable: null }],
	["something is still loading", { loading: true }],
	["the session ended", { signedOut: true }],
	["a stranger answers", { reachable: false, trouble: "not_our_server" }],
	["the store refused an entry", { storeTrouble: "quota" }],
	["an entry needs attention", { attention: 3 }],
	["an entry waits for the deputy head", { attention: 1, held: 1 }],
])("is not green while %s", (_, more) => {
	expect(line(more).tone).not.toBe("ok");
});

it("says that a network wants a sign-in also while entries wait", () => {
	const { tone, text } = line({ unsent: 1, oldestUnsent: NOW - 3_600_000, trouble: "not_our_server" });
	expect({ tone, text }).toEqual({ tone: "wait", text: "1 запись только на этом планшете · сеть просит войти" });
});

it("counts what is only on this tablet, and how old the oldest is", () => {
	const text = line({ unsent: 14, oldestUnsent: NOW - 2 * 3_600_000 }).text;
	expect(text).toBe("14 записей только на этом планшете · 2 ч");
});

it("says unsent work before it says that the server is out of reach", () => {
	expect(line({ unsent: 2, oldestUnsent: NOW, reachable: false }).text).toContain("только на этом планшете");
	expect(line({ unsent: 2, oldestUnsent: NOW, signedOut: true }).text).toContain("Нужно войти снова");
	expect(line({ unsent: 2, oldestUnsent: NOW, signedOut: true }).text).toContain("2 записи");
});

it("tells how many entries need attention, and leads there", () => {
	const said = line({ attention: 3 });
	expect(said.text).toBe("Всё отправлено и в копии · 3 требуют внимания");
	expect(said.href).toBe("/attention");
	expect(line({ attention: 1, notDurable: 2 }).text).toContain("копия догоняет");
});

it.each<[string, Partial<Status>, string]>([
	["only here", { unsent: 2, oldestUnsent: NOW }, "2 записи только на этом планшете · 3 требуют внимания"],
	["on their way", { unsent: 2, oldestUnsent: NOW, sending: true }, "Отправляется… 2 записи · 3 требуют внимания"],
	["without a session", { unsent: 2, oldestUnsent: NOW, signedOut: true }, "3 требуют внимания"],
	["all sent, out of reach", { reachable: false }, "3 требуют внимания"],
])("says what needs the person beside what is %s", (_, more, text) => {
	const said = line({ ...more, attention: 3 });
	expect(said.text).toContain(text);
	expect(said).toMatchObject({ href: "/attention", tone: "wait" });
});

it("says nothing beside a store that fails", () => {
	expect(line({ storeTrouble: "quota", attention: 3 }).text).toBe("Планшет не смог сохранить запись");
});

it("tells in its own words and colour what waits for the deputy head alone: nothing is to be done about it", () => {
	expect(line({ attention: 2, held: 2 })).toEqual({
		href: "/attention",
		tone: "held",
		sign: "held",
		text: "Всё отправлено и в копии · ждёт решения завуча: 2",
	});
	const unsent = line({ attention: 1, held: 1, unsent: 2, oldestUnsent: NOW });
	expect(unsent.text).toBe("2 записи только на этом планшете · ждёт решения завуча: 1");
	expect(unsent).toMatchObject({ href: "/attention", tone: "wait", sign: "local" });
	expect(line({ attention: 3, held: 1 }).text).toBe("Всё отправлено и в копии · 2 требуют внимания");
});

it("counts the warnings too, as the badge does", () => {
	noteWarnings(2);
	expect(line({ attention: 3, held: 2 }).text).toBe("Всё отправлено и в копии · 3 требуют внимания");
	expect(line({ unsent: 1, oldestUnsent: NOW }).text).toBe("1 запись только на этом планшете · 2 требуют внимания");
});
