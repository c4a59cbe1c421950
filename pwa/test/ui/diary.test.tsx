/** The diary's screen over the real engine: what a parent reads, offline, of the own child. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Diary from "../../src/ui/diary/Diary";
import { go } from "../../src/ui/router";
import { type Paper, type Row, show, tabletOf } from "./paper";

const PARENT = { person: "f1", name: "Ковалёва Ольга", roles: ["parent"], pupils: ["p1"] };
const FAMILY: Paper = {
	"diary:p1": [
		["diary_card", "p1", { name: "Ковалёва Дарья", class_id: "8b", journals: ["8b-alg", "8b-his"] }],
		["diary", "p1/2026-11-20/1/8b-alg", { marks: [["4", "В пятой потерян знак"]] }],
		["diary", "p1/2026-11-20/2/8b-his", { presence: "late", minutes: 7 }],
		["diary", "p1/2026-11-13/1/8b-alg", { marks: [["5", null]] }],
		["diary", "p1/2026-11-18/2/8b-his", { presence: "absent", excuse: "ill" }],
	],
	"bulletin:8b": [
		[
			"bulletin",
			"8b",
			{
				class_name: "8 «Б»",
				school_name: "Школа № 32",
				timezone: "Europe/Moscow",
				timetable: [
					[5, 1, "8b-alg", "Алгебра", "214", "2026-09-01", null],
					[5, 2, "8b-his", "История", null, "2026-09-01", null],
					[3, 2, "8b-his", "История", null, "2026-09-01", null],
				],
				bells: [[1, "08:30", "09:15"]],
				breaks: [],
				terms: [["II четверть", "2026-11-02", "2026-12-29"]],
			},
		],
		[
			"bulletin_lesson",
			"8b/2026-11-20/1/8b-alg",
			{
				subject: "Алгебра",
				teacher: "Петрова А. П.",
				topic: "Квадратный корень",
				work: "control",
				weight: 3,
				homework: "§ 21, № 534",
			},
		],
	],
};

let engine: Engine;
let screen: ReturnType<typeof show>;

async function open(paper: Paper, who: Partial<typeof PARENT> = {}, rest = ""): Promise<void> {
	engine = await tabletOf({ ...PARENT, ...who }, paper);
	screen = show(engine, () => <Diary params={{ rest }} />);
}
const text = (): string => screen.container.textContent ?? "";
const day = (name: RegExp): HTMLElement => screen.getByRole("region", { name });

beforeEach(() => {
	localStorage.clear();
	go("/diary");
});
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("tells the day: mark with its weight, who said what, lateness in words, homework with its day", async () => {
	await open(FAMILY);
	const friday = day(/пятница, 20 ноября/).textContent ?? "";
	expect(friday).toContain("Алгебра");
	expect(friday).toContain("Квадратный корень · Контрольная работа · вес 3");
	expect(friday).toContain("Петрова А. П.: «В пятой потерян знак»");
	expect(friday).toContain("опоздание на 7 минут");
	expect(friday).toContain("§ 21, № 534 · на 27 нояб.");
	expect(day(/среда, 18 ноября/).textContent).toContain("отсутствие на уроке: болезнь");
});

it("says up to when it is complete, in the school's time, and that there is no network", async () => {
	await open(FAMILY);
	expect(text()).toContain("на 12:00 сегодня");
	await engine.syncNow();
	expect(text()).toContain("без связи · на 12:00 сегодня");
});

it("is as of the last publication where the diary is published once a day", async () => {
	const daily = (FAMILY["bulletin:8b"] ?? []).map(
		([kind, key, cells]): Row =>
			kind === "bulletin" ? [kind, key, { ...cells, publication: "daily" }] : [kind, key, cells],
	);
	await open({ ...FAMILY, "bulletin:8b": daily });
	expect(text()).toContain("на 19 нояб., 17:00");
});

it("shows homework at the lesson it is due for", async () => {
	await open(FAMILY, {}, "2026-11-27");
	expect(day(/пятница, 27 ноября/).textContent).toContain("К этому уроку · задано 20 нояб.§ 21, № 534");
});

it("shows the marks with the arithmetic of their mean", async () => {
	go("/marks");
	await open(FAMILY);
	expect(text()).toContain("(5 + 4·3) : (1 + 3) = 17 : 4 = 4,25");
	expect(text()).toContain("Без отметок: История");
});

it("says that a diary is published only with consent, and shows nothing of the child", async () => {
	await open({ "inbox:f1": [] });
	expect(text()).toContain("только с письменного согласия");
	expect(text()).not.toContain("Ковалёва Дарья");
});

it("says so when no pupil is registered under the login", async () => {
	await open({ "inbox:f1": [] }, { pupils: [] });
	expect(text()).toContain("не записан ни один ученик");
});

it("changes between several children, and keeps to them", async () => {
	const second: Paper = {
		...FAMILY,
		"diary:p2": [["diary_card", "p2", { name: "Ковалёв Пётр", class_id: "8b", journals: ["8b-his"] }]],
		"diary:p9": [["diary_card", "p9", { name: "Чужой Ребёнок", class_id: "8b", journals: [] }]],
	};
	await open(second, { pupils: ["p1", "p2"] });
	expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Ковалёва Дарья");
	fireEvent.click(screen.getByRole("radio", { name: "Пётр" }));
	expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Ковалёв Пётр");
	expect(text()).not.toContain("Чужой");
	expect(text()).not.toContain("Алгебра");
});

it("puts a dot on a day that changed since it was looked at, and takes it away when it is", async () => {
	await open(FAMILY);
	const link = (): HTMLElement => screen.getByRole("link", { name: /среда, 18 ноября/ });
	expect(link().className).not.toContain("new");
	screen.unmount();
	localStorage.setItem("zvonok-looked-p1", JSON.stringify({ base: 1, days: {} }));
	screen = show(engine, () => <Diary params={{ rest: "" }} />);
	expect(link().className).toContain("new");
	expect(link().getAttribute("aria-label")).toContain("есть новое");
	screen.unmount();
	screen = show(engine, () => <Diary params={{ rest: "2026-11-18" }} />);
	expect(link().className).not.toContain("new");
	screen.unmount();
	screen = show(engine, () => <Diary params={{ rest: "" }} />);
	expect(link().className).not.toContain("new");
});

/** The same family whose lessons are on these weekdays alone; what was published is left out. */
function lessonsOn(...weekdays: number[]): Paper {
	const [[kind, key, cells]] = FAMILY["bulletin:8b"] as [Row];
	const timetable = weekdays.map((weekday) => [weekday, 1, "8b-alg", "Алгебра", "214", "2026-09-01", null]);
	const cover = (FAMILY["diary:p1"] ?? []).slice(0, 1);
	return { "diary:p1": cover, "bulletin:8b": [[kind, key, { ...cells, timetable }]] };
}
const chosen = (): string => screen.container.querySelector(".day.on")?.getAttribute("aria-label") ?? "";
const leads = (name: string): string | null => screen.getByRole("link", { name }).getAttribute("href");

it("opens on the next school day when the week has no lesson left, and today as long as it has", async () => {
	await open(lessonsOn(2, 3));
	expect(chosen()).toBe("вторник, 24 ноября");
	expect(leads("Следующая неделя")).toBe("/diary/2026-11-30");
	expect(leads("Предыдущая неделя")).toBe("/diary/2026-11-16");
	expect(screen.queryByRole("link", { name: "Следующий учебный день" })).toBeNull();
	screen.unmount();
	screen = show(engine, () => <Diary params={{ rest: "2026-11-18" }} />);
	expect(leads("Следующая неделя")).toBe("/diary/2026-11-23");
	expect(leads("Следующий учебный день")).toBe("/diary");
	for (const weekday of [5, 6]) {
		screen.unmount();
		await engine.stop();
		await open(lessonsOn(2, weekday));
		expect(chosen()).toBe("пятница, 20 ноября");
		expect(leads("Следующая неделя")).toBe("/diary/2026-11-23");
	}
});

it("opens on today when no lesson is known", async () => {
	await open(lessonsOn());
	expect(chosen()).toBe("пятница, 20 ноября");
});
