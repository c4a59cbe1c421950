/** The search finds pupils by any part of the name, among those this person may see; a pupil's page shows their marks. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Pupil from "../../src/ui/pupil/Pupil";
import { go, path } from "../../src/ui/router";
import { pupilsBy, rank } from "../../src/ui/search/find";
import { opened, recentJournals } from "../../src/ui/search/recent";
import Search from "../../src/ui/search/Search";
import { JOURNAL, ME, paperTablet, show } from "./paper";

let engine: Engine;
let screen: ReturnType<typeof show>;

beforeEach(async () => {
	localStorage.clear();
	go("/today");
	engine = await paperTablet();
});
afterEach(async () => {
	screen?.unmount();
	await engine.stop();
});

const known = (name: string, className = "") => ({ pupil: name, name, classes: [], className });
const options = (): string[] => screen.getAllByRole("option").map((one) => one.textContent ?? "");
function ask(words: string): HTMLElement {
	const field = screen.getByRole("combobox");
	fireEvent.input(field, { target: { value: words } });
	return field;
}

it("finds by any part of the name, by several parts, whatever case, and «е» for «ё»", () => {
	expect(rank("Фёдоров Семён", "федо")).toBe(0);
	expect(rank("Фёдоров Семён", "семен")).toBe(1);
	expect(rank("Фёдоров Семён", "ДОР")).toBe(2);
	expect(rank("Федоров Семен", "фёдоров сем")).toBe(0);
	expect(rank("Фёдоров Семён", "федоров анна")).toBeNull();
	expect(rank("Фёдоров Семён", "  ")).toBeNull();
});

it("puts family names that begin so first, and hears the class", () => {
	const all = [known("Анисимов Роман", "7 «А»"), known("Романов Илья", "8 «Б»"), known("Громанов Пётр", "8 «Б»")];
	expect(pupilsBy("роман", all).map((p) => p.name)).toEqual(["Романов Илья", "Анисимов Роман", "Громанов Пётр"]);
	expect(pupilsBy("роман 8б", all).map((p) => p.name)).toEqual(["Романов Илья", "Громанов Пётр"]);
});

it("is a list driven from the field: arrows choose, Enter opens, and the address has no name", async () => {
	screen = show(engine, () => <Search onClose={() => undefined} />);
	const field = ask("о");
	expect(options().slice(0, 3)).toEqual(["Абрамов Илья8 «Б»", "Белова Софья8 «Б»", "Петров Пётр8 «Б»"]);
	const first = screen.getAllByRole("option")[0];
	expect(first?.getAttribute("aria-selected")).toBe("true");
	expect(field.getAttribute("aria-activedescendant")).toBe(first?.id);
	fireEvent.keyDown(field, { key: "ArrowDown" });
	expect(screen.getAllByRole("option")[1]?.getAttribute("aria-selected")).toBe("true");
	fireEvent.keyDown(field, { key: "ArrowDown" });
	fireEvent.keyDown(field, { key: "ArrowDown" });
	fireEvent.keyDown(field, { key: "ArrowUp" });
	fireEvent.keyDown(field, { key: "Enter" });
	expect(path()).toBe("/pupil/p3");
});

it("says in words that nothing was found", () => {
	screen = show(engine, () => <Search onClose={() => undefined} />);
	ask("Щукин");
	expect(screen.queryAllByRole("option")).toHaveLength(0);
	expect(screen.container.textContent).toContain("Ничего не нашлось");
});

it("offers today's journals before a word is written", () => {
	screen = show(engine, () => <Search onClose={() => undefined} />);
	expect(options()).toEqual(["8 «Б»Алгебра"]);
});

it("remembers journals by id alone, each person's own, the latest first", () => {
	for (const id of ["a", "b", "a", "c"]) opened(ME, `/journal/${id}/marks`);
	expect(recentJournals(ME)).toEqual(["c", "a", "b"]);
	expect(recentJournals("other")).toEqual([]);
	localStorage.setItem(`zvonok-recent-${ME}`, "{broken");
	expect(recentJournals(ME)).toEqual([]);
});

it("shows a pupil's marks with their arithmetic; the window's title does not name the pupil", () => {
	screen = show(engine, () => <Pupil params={{ pupil: "p1", journal: JOURNAL, term: "q2" }} />);
	const text = (screen.container.textContent ?? "").replaceAll(/\s+/g, " ");
	expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Абрамов Илья");
	expect(text).toContain("(3 + 5·3) : (1 + 3) = 18 : 4 = 4,50");
	expect(text).toContain("Контрольная работа · вес 3 · Квадратный корень");
	expect(document.title).toBe("Ученик · Звонок");
});

it("says of a pupil who is not on this tablet that there is none", () => {
	screen = show(engine, () => <Pupil params={{ pupil: "p99" }} />);
	expect(screen.container.textContent).toContain("Такого ученика на планшете нет");
});
