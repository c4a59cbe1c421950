/** Term marks: exact arithmetic, the school's proposal, a reason where it is not followed, all proposals as one step. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Terms from "../../src/ui/terms/Terms";
import { JOURNAL, PAPER, type Paper, type Row, settled, show, tabletOf } from "./paper";

const JOURNAL_SCOPE = `journal:${JOURNAL}`;
let engine: Engine;
let screen: ReturnType<typeof show>;

/** The class on paper with further rows. */
async function open(more: Paper = {}, term = "q2"): Promise<void> {
	const paper = Object.fromEntries(
		Object.entries(PAPER).map(([scope, rows]): [string, Row[]] => [scope, [...rows, ...(more[scope] ?? [])]]),
	);
	engine = await tabletOf({}, paper);
	screen = show(engine, () => <Terms params={{ journal: JOURNAL, term }} />);
}
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

const text = (of: Element = screen.container): string => (of.textContent ?? "").replaceAll(/\s+/g, " ");
function lineOf(name: RegExp): HTMLElement {
	const found = [...screen.container.querySelectorAll<HTMLElement>(".term-line")].find((li) => name.test(text(li)));
	if (found === undefined) throw new Error(`no line of ${name}`);
	return found;
}
const given = (pupil: string, term = "q2") => engine.row("term_mark", `${JOURNAL}/${term}/${pupil}`)?.values ?? null;
async function press(name: string | RegExp): Promise<void> {
	fireEvent.click(await screen.findByRole("button", { name }));
	await settled();
}

it("shows the mean as sums, rounds only for the eye, and says how many marks it contains", async () => {
	await open();
	expect(text(lineOf(/Абрамов/))).toContain("(3 + 5·3) : (1 + 3) = 18 : 4 = 4,50");
	expect(text(lineOf(/Абрамов/))).toContain("выходит 5");
	expect(text(lineOf(/Абрамов/))).toContain("2 отметки");
	expect(text(lineOf(/Белова/))).toContain("выходит 2");
	expect(text(lineOf(/Петров/))).toContain("нет отметок");
});

it("proposes by the school's thresholds", async () => {
	await open({
		school: [["school", "32", { name: "Школа № 32", timezone: "Europe/Moscow", thresholds: { "5": 465 } }]],
	});
	expect(text(lineOf(/Абрамов/))).toContain("выходит 4");
});

it("asks for as many marks as the school's floor for these hours, and lists who lacks them", async () => {
	await open();
	expect(text()).toContain("не меньше 5 отметок");
	expect(text(lineOf(/Абрамов/))).toContain("мало отметок: 2 из 5");
	screen.unmount();
	await engine.stop();
	await open({
		school: [["school", "32", { name: "Школа № 32", timezone: "Europe/Moscow", floors: { "1": 1, "3": 2 } }]],
	});
	expect(text(lineOf(/Абрамов/))).not.toContain("мало отметок");
	expect(text(lineOf(/Белова/))).toContain("мало отметок: 1 из 2");
	fireEvent.click(screen.getByRole("radio", { name: "Мало отметок · 3" }));
	expect(screen.container.querySelectorAll(".term-line")).toHaveLength(3);
});

it("counts what only this tablet has, and says so", async () => {
	await open();
	await engine.write([{ kind: "mark", key: `${JOURNAL}/2026-11-20/3/p1/1`, set: { value: "4" } }]);
	await settled();
	expect(text(lineOf(/Абрамов/))).toContain("(3 + 5·3 + 4) : (1 + 3 + 1) = 22 : 5 = 4,40");
	expect(text(lineOf(/Абрамов/))).toContain("3 отметки · из них только на этом планшете: 1");
});

it("gives the proposed mark by one key, with no reason, and goes on to the next pupil", async () => {
	await open();
	await press("5");
	expect(given("p1")).toMatchObject({ value: "5", reason: null });
	expect(lineOf(/Белова/).classList.contains("active")).toBe(true);
});

it("writes a mark that differs only together with its reason, as one entry", async () => {
	await open();
	await press("4");
	expect(given("p1")).toBeNull();
	expect(await screen.findByRole("button", { name: "Поставить 4" })).toHaveProperty("disabled", true);
	await press("Учтены контрольные работы");
	expect(given("p1")).toMatchObject({ value: "4", reason: "Учтены контрольные работы" });
	expect(engine.pending()).toHaveLength(1);
	expect(text(lineOf(/Абрамов/))).toContain("Почему: Учтены контрольные работы");
});

it("drops the reason with a mark that agrees with the proposal", async () => {
	await open({ [JOURNAL_SCOPE]: [["term_mark", `${JOURNAL}/q2/p1`, { value: "4", reason: "Рост" }]] });
	await press("5");
	expect(given("p1")).toMatchObject({ value: "5", reason: null });
});

it("goes back to the pupil whose term mark is undone", async () => {
	await open();
	const who = () => screen.container.querySelector(".says-who")?.textContent;
	await press(/^5/);
	expect(who()).toBe("Белова Софья");
	await press("Отменить");
	expect([who(), given("p1")?.value ?? null]).toEqual(["Абрамов Илья", null]);
});

it("calls for the reason where a mark stands that differs and says nothing", async () => {
	await open({ [JOURNAL_SCOPE]: [["term_mark", `${JOURNAL}/q2/p1`, { value: "3" }]] });
	await press("Отличается от среднего балла: укажите причину");
	await press("Мало отметок");
	expect(given("p1")).toMatchObject({ value: "3", reason: "Мало отметок" });
});

it("takes «н/а» and «осв» without a reason where no mark counts, and never a point", async () => {
	await open();
	fireEvent.click(lineOf(/Петров/).querySelector("button") as HTMLElement);
	await press(/^н\/а/);
	expect(given("p3")).toMatchObject({ value: "н/а", reason: null });
	fireEvent.click(lineOf(/Петров/).querySelector("button") as HTMLElement);
	await press(/^\./);
	expect(given("p3")).toMatchObject({ value: "н/а" });
});

it("takes all proposals after a look, as one step: too few marks are left out unless ticked, given ones stay", async () => {
	await open({
		school: [["school", "32", { name: "Школа № 32", timezone: "Europe/Moscow", floors: { "1": 2 } }]],
		[JOURNAL_SCOPE]: [["term_mark", `${JOURNAL}/q2/p4`, { value: "н/а" }]],
	});
	await press(/Принять предложенное · 2/);
	const boxes = (await screen.findAllByRole("checkbox")) as HTMLInputElement[];
	expect(boxes.map((box) => box.checked)).toEqual([true, false]);
	fireEvent.click(boxes[1] as HTMLElement);
	await press("Поставить · 2 ученика");
	expect([given("p1")?.value, given("p2")?.value, given("p4")?.value]).toEqual(["5", "2", "н/а"]);
	await engine.undo();
	expect([given("p1")?.value ?? null, given("p2")?.value ?? null]).toEqual([null, null]);
});

it("says that a locked term is locked, by whom it can be opened, and that an entry will wait", async () => {
	const lock = [[Date.UTC(2026, 10, 19), true, "d1", "конец"]];
	const term = {
		year: "2026",
		name: "II четверть",
		starts: "2026-11-02",
		ends: "2026-12-29",
		locked: true,
		changes: lock,
	};
	await open({ school: [["term", "q2", term]] });
	expect(text()).toMatch(/Период «II четверть» закрыт/);
	expect(text()).toContain("Кузнецова");
});

it("offers no marks to a class of the first year", async () => {
	await open({ school: [["class", "8b", { name: "1 «Б»", grade: 1 }]] });
	expect(text()).toContain("В первом классе отметок не ставят");
	expect(screen.container.querySelectorAll(".term-line")).toHaveLength(0);
	expect(screen.queryByRole("toolbar")).toBeNull();
});

it("erases only where a mark stands, as in a lesson", async () => {
	await open({ [JOURNAL_SCOPE]: [["term_mark", `${JOURNAL}/q2/p1`, { value: "5" }]] });
	const off = async (name: RegExp): Promise<string | null> => {
		fireEvent.click(lineOf(name).querySelector("button") ?? lineOf(name));
		await settled();
		return screen.getByRole("button", { name: "Стереть" }).getAttribute("aria-disabled");
	};
	expect([await off(/Абрамов/), await off(/Белова/)]).toEqual([null, "true"]);
});
