/** The office over the real engine: the queue, one tap and many, a director who decides nothing, substitutions, gaps. */

import { fireEvent, within } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Office from "../../src/ui/office/Office";
import { appointing, canEnd, type Draft, ending, faultsOf } from "../../src/ui/office/substitute";
import { useZone } from "../../src/ui/phrases/format";
import { writesEnded } from "../../src/ui/writing";
import { NOW, type Paper, type Row, show, tabletOf } from "./paper";

const DAY = 86_400_000;
const DEPUTY = { person: "d1", name: "Кузнецова Марина Львовна", roles: ["deputy_head"] };
const DIRECTOR = { person: "d0", name: "Соловьёва Нина Ивановна", roles: ["director"] };

const matter = (n: number, cells: Record<string, unknown>): Row => [
	"matter",
	`office/dt1:${n}`,
	{
		kind: "mark",
		target: `8b-alg/2026-11-0${n}/3/p1/1`,
		set: { value: "4" },
		was: { value: "3" },
		author: "t1",
		written: NOW - 4 * DAY,
		arrived: NOW - DAY + n,
		verdict: "held",
		reason: "window_closed",
		detail: { given: NOW - 18 * DAY, since: NOW - 4 * DAY },
		...cells,
	},
];
const SCHOOL: Row[] = [
	["school", "32", { name: "Школа № 32", timezone: "Europe/Moscow", window_days: 14 }],
	["term", "q2", { name: "II четверть", number: 2, starts: "2026-11-02", ends: "2026-12-29" }],
	["class", "8b", { name: "8 «Б»", grade: 8 }],
	["subject", "alg", { name: "Алгебра", short: "Алг." }],
	["person", "t1", { last_name: "Петрова", first_name: "Анна", middle_name: "Петровна" }],
	["person", "t3", { last_name: "Орлов", first_name: "Сергей", middle_name: "Игоревич" }],
	["person", "d1", { last_name: "Кузнецова", first_name: "Марина", middle_name: "Львовна" }],
	["grant", "g1", { person: "d1", role: "deputy_head", starts: "2026-09-01" }],
	["journal", "8b-alg", { class_id: "8b", subject: "alg" }],
	["teaching", "8b-alg/t1/2026-09-01", { active: true }],
];
const OFFICE: Paper = {
	school: SCHOOL,
	office: [
		["pupil", "p1", { last_name: "Гаврилова", first_name: "Мария" }],
		matter(2, {}),
		matter(1, { arrived: NOW - 3 * DAY }),
		matter(3, { reason: "term_locked", detail: { since: NOW - DAY, by: "d1", term: "q2" } }),
		matter(4, { outcome: "declined", decided_by: "d1", decided: NOW - DAY, note: "Нет работы" }),
		matter(5, { verdict: "refused", reason: "off_scale", set: { value: "7" } }),
	],
};

let engine: Engine;
let screen: ReturnType<typeof show>;

async function open(who: Partial<typeof DEPUTY>, paper: Paper = OFFICE, rest = ""): Promise<void> {
	useZone("Europe/Moscow");
	engine = await tabletOf({ ...DEPUTY, ...who }, { ...paper, [`inbox:${who.person ?? "d1"}`]: [] });
	screen = show(engine, () => <Office params={{ rest }} />);
}
const cards = (): HTMLElement[] => screen.queryAllByRole("article");
const outcome = (n: number): string | null | undefined => engine.row("matter", `office/dt1:${n}`)?.values.outcome;
async function press(place: HTMLElement, name: string | RegExp): Promise<void> {
	fireEvent.click(within(place).getByRole("button", { name }));
	await writesEnded();
	await new Promise((next) => setTimeout(next, 0));
}

afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

describe("decisions", () => {
	beforeEach(() => open(DEPUTY));

	it("tell both values, who wrote when and when it came, and the rule with its dates; the oldest first", () => {
		expect(cards()).toHaveLength(3);
		const first = cards()[0]?.textContent ?? "";
		expect(first).toContain("Гаврилова Мария · 8 «Б» · Алгебра · 1 ноября");
		expect(first).toMatch(/3было, когда запись пришлапервая отметка здесь — 2 нояб\., 12:00/);
		expect(first).toContain("4Петрова Анна Петровнанаписано 16 нояб., 12:00, дошло 17 нояб., 12:00");
		expect(first).toContain("Исправлять отметку можно 14 дней с момента выставления: срок вышел 16 нояб., 12:00");
		expect(cards()[2]?.textContent).toContain("II четверть");
	});

	it("are made by one tap, and stand below as not sent yet", async () => {
		await press(cards()[0] as HTMLElement, "Разрешить");
		expect(outcome(1)).toBe("approved");
		expect(cards()).toHaveLength(2);
		const decided = screen.container.querySelector(".settled")?.textContent ?? "";
		expect(decided).toContain("ещё не отправлено");
		expect(decided).toContain("Гаврилова Мария");
		expect(engine.pending().map((p) => p.entry.set)).toEqual([{ outcome: "approved" }]);
	});

	it("do not tell the deputy head that she may allow it: the buttons do", () => {
		const [why] = screen.container.querySelectorAll(".matter .why");
		expect(why?.textContent).toContain("14 дней с момента выставления");
		expect(why?.textContent).not.toMatch(/Разрешить|Кузнецова/);
	});

	it("carry a note when there is one", async () => {
		const card = cards()[0] as HTMLElement;
		await press(card, "С пояснением");
		expect(document.activeElement).toBe(within(card).getByRole("textbox"));
		fireEvent.input(within(card).getByRole("textbox"), { target: { value: " Принесите работу " } });
		await press(card, "Отклонить");
		expect(engine.pending().map((p) => p.entry.set)).toEqual([{ outcome: "declined", note: "Принесите работу" }]);
	});

	it("keep the note that is being typed when the matter changes meanwhile, and its field when the note is emptied", async () => {
		const card = cards()[0] as HTMLElement;
		await press(card, "С пояснением");
		const field = within(card).getByRole<HTMLTextAreaElement>("textbox");
		fireEvent.input(field, { target: { value: "Принесите" } });
		// Another tab of hers, or the author's word for it.
		await engine.write([{ kind: "matter", key: "office/dt1:1", set: { note: "Прежнее" } }]);
		expect(within(cards()[0] as HTMLElement).getByRole("textbox")).toBe(field);
		expect(field.value).toBe("Принесите");
		screen.unmount();
		screen = show(engine, () => <Office params={{ rest: "" }} />);
		const again = within(cards()[0] as HTMLElement).getByRole<HTMLTextAreaElement>("textbox");
		expect(again.value).toBe("Прежнее");
		fireEvent.input(again, { target: { value: "" } });
		expect(within(cards()[0] as HTMLElement).getByRole("textbox")).toBe(again);
	});

	it("are made for many at once with one note, as one step", async () => {
		fireEvent.click(screen.getByRole("checkbox", { name: /Выбрать все, 3 записи/ }));
		const bulk = screen.getByRole("group", { name: "Выбрано: 3" });
		fireEvent.input(within(bulk).getByRole("textbox"), { target: { value: "Разово" } });
		await press(bulk, "Разрешить");
		expect([1, 2, 3].map(outcome)).toEqual(["approved", "approved", "approved"]);
		expect(engine.pending().every((p) => p.entry.set["note"] === "Разово")).toBe(true);
		expect(screen.container.textContent).toContain("Решать нечего");
	});

	it("show what was decided with its note, and what the rules refused with their reason", () => {
		expect(screen.container.querySelector(".settled")?.textContent).toContain("«Нет работы»");
		expect(screen.container.textContent).toContain("Не принято правилами: 1");
		expect(screen.container.textContent).toContain("Такой отметки нет в шкале школы.");
	});
});

it("approves nothing into a year that is in the archive, and says so; what waited stays and can be declined", async () => {
	const changes = [
		[NOW - 2 * DAY, "locked", "a1", "приказ"],
		[NOW - DAY, "archived", "a1", "приказ"],
	];
	const year: Row = ["year", "2026", { starts: "2026-09-01", ends: "2027-06-01", state: "archived", changes }];
	const lists: Row = ["enrolment", "8b/p1/2026-09-01", { name: "Гаврилова Мария" }];
	await open(DEPUTY, { ...OFFICE, school: [...SCHOOL, year], "class:8b": [lists] });
	expect(cards()).toHaveLength(3);
	const card = cards()[0] as HTMLElement;
	expect(card.textContent).toContain("Учебный год сдан в архив 19 нояб.");
	expect(card.textContent).toContain("разрешить в них ничего нельзя");
	expect(within(card).queryByRole("button", { name: "Разрешить" })).toBeNull();
	await press(card, "Отклонить");
	expect(outcome(1)).toBe("declined");
});

it("of many chosen approves those of an open year; those of the archive stay chosen, to be declined", async () => {
	const changes = [[NOW - DAY, "archived", "a1", "приказ"]];
	const year: Row = ["year", "2026", { starts: "2026-09-01", ends: "2026-11-03", state: "archived", changes }];
	const next: Row = ["year", "2027", { starts: "2026-11-03", ends: "2027-06-01" }];
	const lists: Row = ["enrolment", "8b/p1/2026-09-01", { name: "Гаврилова Мария" }];
	await open(DEPUTY, { ...OFFICE, school: [...SCHOOL, year, next], "class:8b": [lists] });
	fireEvent.click(screen.getByRole("checkbox", { name: /Выбрать все, 3 записи/ }));
	await press(screen.getByRole("group", { name: "Выбрано: 3" }), "Разрешить");
	expect([1, 2, 3].map(outcome)).toEqual([null, null, "approved"]);
	const bulk = screen.getByRole("group", { name: "Выбрано: 2" });
	expect(bulk.textContent).toContain("разрешить в них ничего нельзя");
	expect(within(bulk).queryByRole("button", { name: "Разрешить" })).toBeNull();
	await press(bulk, "Отклонить");
	expect([1, 2].map(outcome)).toEqual(["declined", "declined"]);
});

it("lets a director read everything and decide nothing", async () => {
	await open(DIRECTOR);
	expect(cards()).toHaveLength(3);
	expect(screen.queryByRole("button", { name: "Разрешить" })).toBeNull();
	expect(screen.queryByRole("checkbox")).toBeNull();
	expect(screen.container.textContent).toContain("Только для чтения");
});

describe("cells with two values", () => {
	const key = "8b-alg/2026-11-18/3/p1/1";
	const heads: Row[3] = {
		value: [
			["4", "t3", NOW - DAY, "dt3:1", 2],
			["3", "t1", NOW - DAY, "dt1:9", 1],
		],
	};
	const paper: Paper = { ...OFFICE, "journal:8b-alg": [["mark", key, { value: "4" }, heads]] };

	it("of the journals on this tablet can be settled by the deputy head, whoever wrote them", async () => {
		await open(DEPUTY, paper);
		const part = screen.getByRole("region", { name: "Разошлись в открытых журналах" });
		expect(part.textContent).toContain("Орлов С. И.");
		await press(part, "Взять 3");
		expect(engine.row("mark", key)?.values.value).toBe("3");
	});

	it("are shown to a director, who settles nothing", async () => {
		await open(DIRECTOR, paper);
		const part = screen.getByRole("region", { name: "Разошлись в открытых журналах" });
		expect(within(part).queryByRole("button", { name: /Взять|Оставить|Поставить/ })).toBeNull();
	});
});

it("lists lessons without a topic or a roll call by the teacher answerable for them", async () => {
	const journal: Row[] = [
		["slot", "8b-alg/1/3/2026-09-01", {}],
		["slot", "8b-alg/3/3/2026-09-01", {}],
		["lesson", "8b-alg/2026-11-16/3", { topic: "Корень", roll: true }],
		["lesson", "8b-alg/2026-11-18/3", { topic: "Корень" }],
	];
	const substitution: Row = ["substitution", "8b-alg/t3/2026-11-09", { ends: "2026-11-10", reason: "курсы" }];
	const school = { ...OFFICE, school: [...SCHOOL, substitution], "journal:8b-alg": journal };
	await open(DEPUTY, school, "unfilled");
	const groups = [...screen.container.querySelectorAll("details")].map((d) => d.textContent ?? "");
	expect(groups[0]).toContain("Петрова Анна Петровна2 урока");
	expect(groups[0]).toContain("18 ноября, 3-й урок · 8 «Б» · Алгебра нет переклички");
	expect(groups[0]).not.toContain("16 ноября");
	expect(groups[1]).toContain("Орлов Сергей Игоревич1 урок");
	expect(screen.container.textContent).toContain("Загружено журналов: 1 из 1");
});

it("does not say that all is filled when only the journals of this tablet were looked at", async () => {
	const geometry: Row = ["journal", "8b-geo2", { class_id: "8b", subject: "alg", year: "2026", hours: 2 }];
	await open(DEPUTY, { ...OFFICE, school: [...SCHOOL, geometry], "journal:8b-alg": [] }, "unfilled");
	expect(screen.container.textContent).toContain("Загружено журналов: 1 из 2");
	expect(screen.container.textContent).toContain("В них всё заполнено.");
	expect(screen.container.textContent).not.toContain("За последние две недели всё заполнено");
	expect(screen.container.textContent).toContain("Не загружены журналы классов: 8 «Б».");
});

describe("substitutions", () => {
	const draft: Draft = {
		away: "t1",
		journals: ["8b-alg", "8b-geo"],
		substitute: "t3",
		from: "2026-11-23",
		until: "2026-11-27",
		numbers: "",
		reason: " больничный ",
	};

	it("end on the day after the last", () => {
		expect(appointing(draft)).toEqual([
			{
				kind: "substitution",
				key: "8b-alg/t3/2026-11-23",
				set: { ends: "2026-11-28", reason: "больничный", numbers: null },
			},
			{
				kind: "substitution",
				key: "8b-geo/t3/2026-11-23",
				set: { ends: "2026-11-28", reason: "больничный", numbers: null },
			},
		]);
		expect(faultsOf(draft).size).toBe(0);
		expect(faultsOf({ ...draft, numbers: " 2, 5" }).size).toBe(0);
		expect(faultsOf({ ...draft, numbers: "второй" })).toEqual(new Set(["numbers"]));
		expect(appointing({ ...draft, numbers: "2, 5" })[0]?.set).toMatchObject({ numbers: [2, 5] });
	});

	it("want everything filled in, a day that is not before the first, and another teacher", () => {
		expect([...faultsOf({ ...draft, until: "2026-11-22", substitute: "t1", reason: " " })].sort()).toEqual([
			"reason",
			"same",
			"until",
		]);
		expect(faultsOf({ ...draft, journals: [] }).has("journals")).toBe(true);
	});

	it("are written from the form, and one that has begun ends with today", async () => {
		await open(DEPUTY, OFFICE, "substitutions");
		const form = screen.container.querySelector("form") as HTMLElement;
		fireEvent.change(within(form).getByLabelText(/Кого заменяют/), { target: { value: "t1" } });
		fireEvent.change(within(form).getByLabelText(/Кто заменяет/), { target: { value: "t3" } });
		fireEvent.change(within(form).getByLabelText("Последний день"), { target: { value: "2026-11-27" } });
		await press(form, "Назначить");
		expect(form.textContent).toContain("Напишите причину");
		fireEvent.input(within(form).getByLabelText("Причина"), { target: { value: "курсы" } });
		fireEvent.submit(form);
		await writesEnded();
		const row = engine.row("substitution", "8b-alg/t3/2026-11-20");
		expect(row?.values).toEqual({ ends: "2026-11-28", reason: "курсы", numbers: null });
		const list = screen.getByRole("region", { name: "Идут и предстоят" });
		expect(list.textContent).toContain("Орлов Сергей Игоревич (вместо: Петрова А. П.)");
		await press(list, "Закончить сегодня");
		expect(engine.row("substitution", "8b-alg/t3/2026-11-20")?.values.ends).toBe("2026-11-21");
	});

	it("that have not begun are called off altogether, and what ends today has nothing to end", () => {
		const row = (key: string, ends: string) => {
			const [journal = "", person = "", starts = ""] = key.split("/");
			const values = { ends, reason: null, numbers: null };
			return { key, parts: { journal, person, starts }, seq: 1, values, states: {}, heads: null };
		};
		expect(ending(row("8b-alg/t3/2026-11-23", "2026-11-28"), "2026-11-20").set).toEqual({ ends: null });
		expect(canEnd(row("8b-alg/t3/2026-11-16", "2026-11-21"), "2026-11-20")).toBe(false);
		expect(canEnd(row("8b-alg/t3/2026-11-16", "2026-11-22"), "2026-11-20")).toBe(true);
	});
});
