/** The class teacher's screens over the real engine, offline: one tap for a day, one tap for a lesson. */

import { fireEvent, within } from "@solidjs/testing-library";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Tutor from "../../src/ui/tutor/Tutor";
import { writesEnded } from "../../src/ui/writing";
import { type Paper, show, tabletOf } from "./paper";

const TUTOR = { person: "t2", name: "Белова Ирина Николаевна", roles: ["class_teacher"] };
const CLASS: Paper = {
	school: [
		["school", "32", { name: "Школа № 32", timezone: "Europe/Moscow" }],
		["term", "q2", { name: "II четверть", number: 2, starts: "2026-11-02", ends: "2026-12-29" }],
		["class", "8b", { name: "8 «Б»", grade: 8 }],
		["class", "9a", { name: "9 «А»", grade: 9 }],
		["subject", "alg", { name: "Алгебра", short: "Алг." }],
		["subject", "his", { name: "История", short: "Ист." }],
		["grant", "g1", { person: "t2", role: "class_teacher", target: "8b", starts: "2026-09-01" }],
		["grant", "g2", { person: "t2", role: "class_teacher", target: "9a", starts: "2025-09-01", ends: "2026-06-01" }],
		["journal", "8b-alg", { class_id: "8b", subject: "alg" }],
		["journal", "8b-his", { class_id: "8b", subject: "his" }],
	],
	"class:8b": [
		["enrolment", "8b/p1/2026-09-01", { name: "Абрамов Илья" }],
		["enrolment", "8b/p2/2026-09-01", { name: "Белова Софья" }],
	],
	"journal:8b-alg": [
		["slot", "8b-alg/5/3/2026-09-01", {}],
		["lesson", "8b-alg/2026-11-20/3", { topic: "Корень", roll: true, work: "control" }],
		["lesson", "8b-alg/2026-11-18/3", { topic: "Корень", roll: true }],
		["mark", "8b-alg/2026-11-20/3/p2/1", { value: "4" }],
		["mark", "8b-alg/2026-11-18/3/p2/1", { value: "2" }],
		["attendance", "8b-alg/2026-11-20/3/p1", { presence: "absent" }],
		["attendance", "8b-alg/2026-11-18/3/p1", { presence: "absent" }],
		["attendance", "8b-alg/2026-11-20/3/p2", { presence: "late", minutes: 7 }],
	],
	"journal:8b-his": [
		["slot", "8b-his/5/1/2026-09-01", {}],
		["slot", "8b-his/5/2/2026-09-01", {}],
		["lesson", "8b-his/2026-11-20/1", { topic: "Реформы", roll: true }],
		["attendance", "8b-his/2026-11-20/1/p1", { presence: "absent" }],
	],
	"inbox:t2": [],
};

let engine: Engine;
let screen: ReturnType<typeof show>;

const open = (rest = ""): void => {
	screen = show(engine, () => <Tutor params={{ rest }} />);
};
const card = (name: string): HTMLElement => screen.getByRole("article", { name });
const tap = async (place: HTMLElement, name: RegExp | string): Promise<void> => {
	fireEvent.click(within(place).getByRole("button", { name }));
	await writesEnded();
	await new Promise((next) => setTimeout(next, 0));
};
const reasons = (): (string | null | undefined)[] =>
	["8b-his/2026-11-20/1/p1", "8b-alg/2026-11-20/3/p1", "8b-alg/2026-11-18/3/p1"].map(
		(key) => engine.row("attendance", key)?.values.reason,
	);

beforeEach(async () => {
	engine = await tabletOf(TUTOR, CLASS);
});
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("shows the own class by today's grant, not by one that has ended", () => {
	open();
	expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Класс 8 «Б»");
	expect(screen.queryByRole("radio", { name: "9 «А»" })).toBeNull();
});

it("gathers a pupil's absences across the subjects, and says where the roll was not called", () => {
	open();
	expect(card("Абрамов Илья").textContent).toContain("уроки 1, 3");
	expect(screen.container.textContent).toContain("Нет переклички: 2 Ист.");
	expect(screen.container.textContent).toContain("Белова Софья 3 Алг. · 7 мин");
});

it("sets the reason of the whole day by one tap, offline, and takes it back by another", async () => {
	open();
	await tap(card("Абрамов Илья"), "Болезнь");
	expect(reasons()).toEqual(["ill", "ill", null]);
	expect(engine.pending().map((p) => Object.keys(p.entry.set))).toEqual([["reason"], ["reason"]]);
	expect(card("Абрамов Илья").querySelector(".sign.local")).not.toBeNull();
	await tap(card("Абрамов Илья"), "Болезнь");
	expect(reasons()).toEqual([null, null, null]);
});

it("sets the reason of one lesson when that lesson was chosen first", async () => {
	open();
	await tap(card("Абрамов Илья"), /3-й урок, Алгебра/);
	await tap(card("Абрамов Илья"), "Записка");
	expect(reasons()).toEqual([null, "parents", null]);
});

it("lists the days without a reason by pupil, and settles them all or one day of them", async () => {
	open("open");
	// The tab asks for what nobody has said yet; «Без причины» is an answer.
	expect(screen.getByRole("link", { name: /^Причина не указана/ })).toBeTruthy();
	expect(within(card("Абрамов Илья")).getByRole("button", { name: "Без причины" })).toBeTruthy();
	expect(screen.queryByRole("link", { name: /Без причины/ })).toBeNull();
	expect(card("Абрамов Илья").textContent).toContain("2 дня, 3 урока");
	await tap(card("Абрамов Илья"), /18 ноября/);
	await tap(card("Абрамов Илья"), "Уважительная");
	expect(reasons()).toEqual([null, null, "valid"]);
	expect(card("Абрамов Илья").textContent).toContain("1 день, 2 урока");
	await tap(card("Абрамов Илья"), "Без причины");
	expect(screen.container.textContent).toContain("Все пропуски объяснены");
});

it("shows the class at a glance: weighted means, last marks, missed lessons, journals one tap away", () => {
	open("overview");
	const rows = [...screen.container.querySelectorAll("tbody tr")].map((row) => row.textContent);
	expect(rows[0]).toContain("за неделю 3 урока, за период 3 урока, без указанной причины 3 урока");
	expect(rows[1]).toContain("3,5024");
	const link = screen.getByRole("link", { name: "Открыть журнал: Алгебра" });
	expect(link.getAttribute("href")).toBe("/journal/8b-alg");
});
