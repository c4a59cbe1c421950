/** Roll call: everyone is here; a tap is absent, a second late, a third here again. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Engine } from "../../src/engine/types";
import { Roll } from "../../src/ui/lesson/Roll";
import { useLesson } from "../../src/ui/lesson/state";
import { writesEnded } from "../../src/ui/writing";
import { JOURNAL, paperTablet, show } from "./paper";

const LESSON = `${JOURNAL}/2026-11-20/3`;

const SOON = { timeout: 15_000 };

let engine: Engine;
let screen: ReturnType<typeof show>;

function open(date: string): void {
	screen = show(engine, () => {
		const lesson = useLesson(() => ({ journal: JOURNAL, date, number: "3" }));
		return <Roll lesson={lesson} />;
	});
}

beforeEach(async () => {
	engine = await paperTablet();
	open("2026-11-20");
});
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

async function tap(name: string | RegExp): Promise<void> {
	fireEvent.click(screen.getByRole("button", { name }));
	await writesEnded();
	await new Promise((next) => setTimeout(next, 0));
}
const presence = (pupil: string) => engine.row("attendance", `${LESSON}/${pupil}`)?.values ?? null;

it("lists the pupils of that day: who came later is there, who left is not", () => {
	expect(screen.container.querySelectorAll(".pupil")).toHaveLength(3);
	expect(screen.container.textContent).toContain("Петров Пётр");
	expect(screen.container.textContent).not.toContain("Фёдоров");
	expect(screen.container.textContent).toContain("ещё не проведена · 3 ученика");
	expect(screen.container.textContent).not.toContain("присутствуют");
	screen.unmount();
	open("2026-11-04");
	expect(screen.container.textContent).not.toContain("Петров Пётр");
	expect(screen.container.textContent).toContain("Фёдоров");
});

it("marks an absence by one tap, lateness by two, and presence by three", async () => {
	await tap(/Белова/);
	expect(presence("p2")).toMatchObject({ presence: "absent", minutes: null });
	expect(screen.container.textContent).toContain("присутствуют 2 из 3");
	await tap(/Белова/);
	expect(presence("p2")).toMatchObject({ presence: "late", minutes: 5 });
	expect(screen.container.textContent).toContain("присутствуют 3 из 3");
	await tap(/Белова/);
	expect(presence("p2")).toMatchObject({ presence: "present", minutes: null });
});

it("counts two taps at once as two, and stores once that the roll was called", async () => {
	const row = screen.getByRole("button", { name: /Белова/ });
	fireEvent.click(row);
	fireEvent.click(row);
	fireEvent.click(screen.getByRole("button", { name: /Абрамов/ }));
	await vi.waitFor(() => expect(presence("p1")).toMatchObject({ presence: "absent" }), SOON);
	expect(presence("p2")).toMatchObject({ presence: "late", minutes: 5 });
	expect(engine.pending().filter(({ entry }) => entry.kind === "lesson")).toHaveLength(1);
	expect(engine.pending().filter(({ entry }) => entry.kind === "attendance")).toHaveLength(3);
});

it("stores that the roll was called with the first tap, in the same undo step", async () => {
	await tap(/Белова/);
	expect(engine.row("lesson", LESSON)?.values.roll).toBe(true);
	await engine.undo();
	expect(presence("p2")?.presence ?? null).toBeNull();
	expect(engine.row("lesson", LESSON)?.values.roll ?? null).toBeNull();
});

it("stores that the roll was called when everyone is here", async () => {
	await tap("Все на месте");
	expect(engine.row("lesson", LESSON)?.values.roll).toBe(true);
	expect(engine.pending()).toHaveLength(1);
	expect(screen.queryByRole("button", { name: "Все на месте" })).toBeNull();
});

it("counts minutes of lateness in steps of five, from five to forty-five", async () => {
	await tap(/Абрамов/);
	await tap(/Абрамов/);
	await tap("Больше на 5 минут");
	expect(presence("p1")?.minutes).toBe(10);
	await tap("Меньше на 5 минут");
	expect(presence("p1")?.minutes).toBe(5);
	expect(screen.getByRole("button", { name: "Меньше на 5 минут" })).toHaveProperty("disabled", true);
});

it("says in words what each pupil's state is, and that it is only on this tablet", async () => {
	await tap(/Белова/);
	const row = screen.getByRole("button", { name: /Белова/ });
	expect(row.textContent).toContain("нет на уроке");
	expect(row.textContent).toContain("только на этом планшете");
});
