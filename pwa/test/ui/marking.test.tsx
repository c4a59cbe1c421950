/** Marks at a lesson: one for everybody but …, a mark moved to the lesson it belongs to, plan against fact. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Lesson from "../../src/ui/lesson/Lesson";
import { go } from "../../src/ui/router";
import { JOURNAL, ME, PAPER, type Paper, type Row, settled, show, tabletOf } from "./paper";

let engine: Engine;
let screen: ReturnType<typeof show>;

async function open(date: string, view: "lesson" | "marks", more: Paper = {}): Promise<void> {
	const paper = Object.fromEntries(
		Object.entries(PAPER).map(([scope, rows]): [string, Row[]] => [scope, [...rows, ...(more[scope] ?? [])]]),
	);
	engine = await tabletOf({ person: ME }, paper);
	go(`/lesson/${JOURNAL}/${date}/3/${view}`);
	screen = show(engine, () => <Lesson params={{ journal: JOURNAL, date, number: "3", view }} />);
}
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

const text = (): string => (screen.container.textContent ?? "").replaceAll(/\s+/g, " ");
const mark = (date: string, pupil: string, place = 1) =>
	engine.row("mark", `${JOURNAL}/${date}/3/${pupil}/${place}`)?.values ?? null;
async function press(name: string | RegExp): Promise<void> {
	fireEvent.click(await screen.findByRole("button", { name }));
	await settled();
}

it("gives everyone a five but one: absent and marked pupils are not asked, one undo takes all back", async () => {
	await open("2026-11-20", "marks", {
		[`journal:${JOURNAL}`]: [["attendance", `${JOURNAL}/2026-11-20/3/p3`, { presence: "absent" }]],
	});
	await press("Всем одну отметку");
	const boxes = await screen.findAllByRole("checkbox");
	expect(boxes).toHaveLength(2);
	fireEvent.click(boxes[1] as HTMLElement);
	await press("Поставить 5 · 1 ученик");
	expect([mark("2026-11-20", "p1")?.value, mark("2026-11-20", "p2"), mark("2026-11-20", "p3")]).toEqual([
		"5",
		null,
		null,
	]);
	expect(screen.container.querySelector(".mark-row.active")?.textContent).toContain("Белова");
	await engine.undo();
	expect(mark("2026-11-20", "p1")?.value ?? null).toBeNull();
});

it("gives each pupil the mark that was pressed for them, however fast the keys come", async () => {
	await open("2026-11-20", "marks");
	const list = screen.container.querySelector(".mark-list") as HTMLElement;
	for (const key of ["5", "4", "/", "3", "2"]) fireEvent.keyDown(list, { key });
	await settled();
	const given = (pupil: string, place = 1) => mark("2026-11-20", pupil, place)?.value ?? null;
	expect([given("p1"), given("p2"), given("p2", 2), given("p3")]).toEqual(["5", "4", "3", "2"]);
});

it("goes back to the pupil whose mark is undone, by the key and by the keyboard, and on with redo", async () => {
	await open("2026-11-20", "marks");
	const given = () => ["p1", "p2", "p3"].map((pupil) => mark("2026-11-20", pupil)?.value ?? null);
	const active = () => screen.container.querySelector(".mark-row.active .who")?.textContent;
	const list = screen.container.querySelector(".mark-list") as HTMLElement;
	for (const key of ["5", "4"]) fireEvent.keyDown(list, { key });
	await settled();
	expect(active()).toBe("Петров Пётр");
	await press("Отменить");
	expect(active()).toBe("Белова Софья");
	expect(screen.container.querySelector(".says-who")?.textContent).toBe("Белова Софья");
	fireEvent.keyDown(list, { key: "я", code: "KeyZ", ctrlKey: true });
	await settled();
	expect([active(), ...given()]).toEqual(["Абрамов Илья", null, null, null]);
	for (const code of ["KeyY", "KeyY"]) fireEvent.keyDown(list, { key: "н", code, ctrlKey: true });
	await settled();
	expect([active(), ...given()]).toEqual(["Белова Софья", "5", "4", null]);
	fireEvent.keyDown(list, { key: "3" });
	await settled();
	expect(given()).toEqual(["5", "3", null]);
});

it("moves a mark with its comment to another lesson, and back by one undo", async () => {
	await open("2026-11-18", "marks");
	fireEvent.click(screen.getByRole("button", { name: /Белова/ }));
	await press("Перенести на другой урок");
	fireEvent.click(await screen.findByRole("radio", { name: /20 ноября/ }));
	await press("Перенести");
	expect(mark("2026-11-18", "p2")).toMatchObject({ value: null, comment: null });
	expect(mark("2026-11-20", "p2")).toMatchObject({ value: "2", comment: "Переписать" });
	await engine.undo();
	expect(mark("2026-11-18", "p2")).toMatchObject({ value: "2", comment: "Переписать" });
	expect(mark("2026-11-20", "p2")?.value ?? null).toBeNull();
});

it("says why a mark past its window can't be moved, and moves nothing", async () => {
	await open("2026-11-02", "marks");
	fireEvent.click(screen.getByRole("button", { name: /Абрамов/ }));
	await press("Перенести на другой урок");
	const dialog = await screen.findByRole("dialog");
	expect(dialog.textContent).toContain("Кузнецова");
	for (const choice of await screen.findAllByRole("radio")) expect(choice).toHaveProperty("disabled", true);
	expect(screen.getByRole("button", { name: "Перенести" })).toHaveProperty("disabled", true);
});

it("does not move a mark to a day on which the pupil was not of the class, nor where two marks stand", async () => {
	await open("2026-11-18", "marks", {
		[`journal:${JOURNAL}`]: [
			["mark", `${JOURNAL}/2026-11-20/3/p3/1`, { value: "4" }],
			["mark", `${JOURNAL}/2026-11-20/3/p3/2`, { value: "5" }],
			["mark", `${JOURNAL}/2026-11-18/3/p3/1`, { value: "3" }],
		],
	});
	fireEvent.click(screen.getByRole("button", { name: /Петров/ }));
	await press("Перенести на другой урок");
	const choices = await screen.findAllByRole("radio");
	expect(choices.map((choice) => choice.closest("label")?.textContent)).toEqual([
		expect.stringContaining("уже стоят две отметки"),
		expect.stringContaining("16 ноября"),
		expect.stringContaining("13 ноября"),
		expect.stringContaining("11 ноября"),
	]);
	expect(choices[0]).toHaveProperty("disabled", true);
});

it("comments, moves and erases for the pupil named above the keys, and says where there is nothing to", async () => {
	await open("2026-11-20", "marks");
	const acts = ["Комментарий", "Перенести на другой урок", "Стереть"];
	const off = () => acts.map((name) => screen.getByRole("button", { name }).getAttribute("aria-disabled"));
	const who = () => screen.container.querySelector(".says-who")?.textContent;
	fireEvent.click(await screen.findByRole("button", { name: /Белова/ }));
	await settled();
	expect([who(), ...off()]).toEqual(["Белова Софья", "true", "true", "true"]);
	for (const name of acts) await press(name);
	expect([who(), screen.queryByRole("dialog")]).toEqual(["Белова Софья", null]);
	fireEvent.click(screen.getByRole("button", { name: /Абрамов/ }));
	await press("5");
	for (const name of acts.slice(1)) await press(name);
	expect(screen.queryByRole("dialog")).toBeNull();
	expect([who(), mark("2026-11-20", "p1")?.value]).toEqual(["Белова Софья", "5"]);
	await press(/^н:/);
	fireEvent.click(screen.getByRole("button", { name: /Белова/ }));
	await settled();
	expect(off()).toEqual(["true", "true", null]);
	fireEvent.click(screen.getByRole("button", { name: /Абрамов/ }));
	await settled();
	expect([who(), ...off()]).toEqual(["Абрамов Илья", null, null, null]);
	await press("Комментарий");
	expect((await screen.findByRole("dialog")).textContent).toContain("Абрамов Илья");
	fireEvent.input(screen.getByRole("textbox"), { target: { value: "У доски" } });
	await press("Сохранить");
	expect(mark("2026-11-20", "p1")?.comment).toBe("У доски");
});

it.each([
	["the key of the strip", () => press("Комментарий к отметке: Абрамов Илья")],
	[
		"the keyboard",
		() => fireEvent.keyDown(screen.container.querySelector(".mark-list") as HTMLElement, { key: "F2", shiftKey: true }),
	],
])("comments on the mark given just now, though the next pupil is open, by %s", async (_, ask) => {
	await open("2026-11-20", "marks");
	await press("5");
	await ask();
	expect((await screen.findByRole("dialog")).textContent).toContain("Абрамов Илья");
	fireEvent.input(screen.getByRole("textbox"), { target: { value: "У доски" } });
	await press("Сохранить");
	expect(mark("2026-11-20", "p1")).toMatchObject({ value: "5", comment: "У доски" });
});

it("stands where the lesson's own undo took something back: at the pupil, or in the field", async () => {
	await open("2026-11-20", "lesson");
	await press(/Петров/);
	const field = () => screen.getByRole("textbox", { name: "Домашнее задание" });
	fireEvent.input(field(), { target: { value: "§ 18" } });
	fireEvent.blur(field());
	await settled();
	await press("Отменить");
	expect(engine.row("lesson", `${JOURNAL}/2026-11-20/3`)?.values.homework ?? null).toBeNull();
	expect(document.activeElement).toBe(field());
	await press("Отменить");
	expect(document.activeElement).toBe(screen.getByRole("button", { name: /Петров/ }));
});

it("shows plan against fact: topics given and lessons held so far, and how far behind", async () => {
	await open("2026-11-18", "lesson");
	expect(text()).toContain("1 тема плана за 8 уроков");
	expect(text()).toContain("отставание: 7 уроков");
});

it("opens the plan at the topic that comes next", async () => {
	await open("2026-11-20", "lesson");
	await press("Выбрать из плана");
	expect(document.activeElement?.textContent).toContain("Контрольная работа № 3");
	expect(document.activeElement?.textContent).toContain("следующая");
});

it("links the last homework to its lesson", async () => {
	await open("2026-11-20", "lesson", {
		[`journal:${JOURNAL}`]: [["lesson", `${JOURNAL}/2026-11-18/3`, { homework: "§ 21" }]],
	});
	const last = screen.getByRole("link", { name: /Прошлое, 18 нояб/ });
	expect(last.getAttribute("href")).toBe(`/lesson/${JOURNAL}/2026-11-18/3`);
});
