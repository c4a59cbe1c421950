/** The admin's screens: locks with their reason, settings as changed cells, tablets by concern, the backup in words. */

import { fireEvent, within } from "@solidjs/testing-library";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "../../src/engine/types";
import type { School } from "../../src/generated/model";
import Admin from "../../src/ui/admin/Admin";
import { backupOf } from "../../src/ui/admin/backup";
import { draftOf, faultsOf } from "../../src/ui/admin/settings";
import { byConcern, concernOf, type Tablet, tabletsOf } from "../../src/ui/admin/tablets";
import { useZone } from "../../src/ui/phrases/format";
import { writesEnded } from "../../src/ui/writing";
import { NOW, type Paper, type Row, show, tabletOf } from "./paper";

const DAY = 86_400_000;
const ADMIN = { person: "a1", name: "Карпов Денис Сергеевич", roles: ["admin"] };
const PAPER: Paper = {
	school: [
		[
			"school",
			"32",
			{ name: "Школа № 32", timezone: "Europe/Moscow", window_days: 14, grace_days: 3, publication: "live" },
		],
		["person", "a1", { last_name: "Карпов", first_name: "Денис", middle_name: "Сергеевич" }],
		["person", "t1", { last_name: "Петрова", first_name: "Анна", middle_name: "Петровна" }],
		[
			"term",
			"q1",
			{
				name: "I четверть",
				number: 1,
				starts: "2026-09-01",
				ends: "2026-10-26",
				locked: true,
				changes: [[NOW - 20 * DAY, true, "a1", "Отчётный период закончен"]],
			},
		],
		["term", "q2", { name: "II четверть", number: 2, starts: "2026-11-02", ends: "2026-12-29" }],
		["grant", "g1", { person: "t1", role: "observer", starts: "2026-09-01", ends: "2026-11-01", reason: "проверка" }],
		["grant", "g2", { person: "a1", role: "admin", starts: "2026-09-01" }],
	],
	"inbox:a1": [],
};

let engine: Engine;
let screen: ReturnType<typeof show>;
const open = (rest = ""): void => {
	screen = show(engine, () => <Admin params={{ rest }} />);
};
const text = (): string => screen.container.textContent ?? "";

beforeEach(async () => {
	useZone("Europe/Moscow");
	engine = await tabletOf(ADMIN, PAPER);
});
afterEach(async () => {
	screen.unmount();
	vi.unstubAllGlobals();
	await engine.stop();
});

describe("terms", () => {
	it("tell who locked them, when and why, and their last day", () => {
		open("terms");
		const [first, second] = screen.getAllByRole("article");
		expect(first?.textContent).toContain("закрыт");
		expect(first?.textContent).toContain("25 октября 2026 г.");
		expect(first?.textContent).toContain("Закрыт 31 окт., 12:00, Карпов Денис Сергеевич.");
		expect(first?.textContent).toContain("Отчётный период закончен");
		expect(second?.textContent).toContain("открыт");
	});

	it("are locked with a reason and not without one", async () => {
		open("terms");
		fireEvent.click(within(screen.getAllByRole("article")[1] as HTMLElement).getByRole("button"));
		const form = screen.container.querySelector("#lock-form") as HTMLFormElement;
		fireEvent.submit(form);
		expect(form.textContent).toContain("Напишите основание");
		expect(engine.pending()).toHaveLength(0);
		fireEvent.input(form.querySelector("textarea") as Element, { target: { value: " Приказ № 14 " } });
		fireEvent.submit(form);
		await writesEnded();
		expect(engine.pending().map((p) => [p.entry.key, p.entry.set])).toEqual([
			["q2", { locked: true, reason: "Приказ № 14" }],
		]);
		expect(screen.getAllByRole("article")[1]?.textContent).toContain("ещё не отправлено");
	});
});

describe("the school year", () => {
	const changes = [[NOW - 5 * DAY, "locked", "a1", "Приказ № 20"]];
	const named: Row[] = [
		["class", "8b", { name: "8 «Б»", grade: 8 }],
		["subject", "alg", { name: "Алгебра" }],
		["journal", "8b-alg", { class_id: "8b", subject: "alg", year: "2026" }],
		["teaching", "8b-alg/t1/2026-09-01", { active: true }],
	];
	const at = async (state: string | null, more: Row[] = []): Promise<HTMLElement> => {
		const year: Row = [
			"year",
			"2026",
			{ name: "2026/27 учебный год", starts: "2026-09-01", ends: "2027-06-01", state },
		];
		if (state !== null) year[2]["changes"] = changes;
		await engine.stop();
		const school = (PAPER["school"] ?? []).map(([kind, key, cells]): Row => {
			return [kind, key, kind === "term" ? { ...cells, year: "2026" } : cells];
		});
		engine = await tabletOf(ADMIN, { ...PAPER, school: [...school, year, ...named], office: more });
		open("terms");
		return screen.getByRole("article", { name: "2026/27 учебный год" });
	};
	const press = (place: HTMLElement, name: string): void => {
		fireEvent.click(within(place).getByRole("button", { name }));
	};
	const form = (id: string): HTMLFormElement => screen.container.querySelector(`#${id}`) as HTMLFormElement;
	const pending = () => engine.pending().map((p) => [p.entry.kind, p.entry.key, p.entry.set]);

	it("is locked with a reason, and says what follows", async () => {
		const card = await at(null);
		expect(card.textContent).toContain("открыт");
		expect(within(card).getAllByRole("button")).toHaveLength(1);
		press(card, "Закрыть год");
		expect(form("year-form").textContent).toContain("принимаются ещё 3 дня");
		fireEvent.submit(form("year-form"));
		expect(form("year-form").textContent).toContain("Напишите основание");
		fireEvent.input(screen.getByLabelText("Основание"), { target: { value: " Приказ № 20 " } });
		fireEvent.submit(form("year-form"));
		await writesEnded();
		expect(pending()).toEqual([["year", "2026", { state: "locked", reason: "Приказ № 20" }]]);
		expect(text()).toContain("ещё не отправлено");
	});

	it("goes into the archive only from the lock, with a reason, and after ticking that there is no way back", async () => {
		const held = { kind: "mark", target: "8b-alg/2026-11-06/2/p1/1", set: { value: "5" }, verdict: "held" };
		const card = await at("locked", [["matter", "office/dt1:1", held]]);
		expect(card.textContent).toContain("Закрыт 15 нояб., 12:00, Карпов Денис Сергеевич. Основание: Приказ № 20");
		press(card, "Сдать в архив");
		expect(form("year-form").textContent).toContain("Сейчас ждут решения завуча: 1 запись");
		expect(form("year-form").textContent).toContain("Отменить нельзя");
		fireEvent.input(screen.getByLabelText("Основание"), { target: { value: "Приказ № 30" } });
		fireEvent.submit(form("year-form"));
		await writesEnded();
		expect(form("year-form").textContent).toContain("Отметьте, что понимаете это.");
		expect(pending()).toEqual([]);
		fireEvent.click(screen.getByRole("checkbox", { name: "Понимаю, что отменить это нельзя" }));
		fireEvent.submit(form("year-form"));
		await writesEnded();
		expect(pending()).toEqual([["year", "2026", { state: "archived", reason: "Приказ № 30" }]]);
	});

	it("offers nothing once it is archived", async () => {
		const card = await at("archived");
		expect(card.textContent).toContain("в архиве");
		expect(card.textContent).toContain("писать в них нельзя никому");
		expect(within(card).queryAllByRole("button")).toHaveLength(0);
		const [, first] = screen.getAllByRole("article");
		expect(first?.textContent).toContain("I четверть");
		expect(within(first as HTMLElement).queryAllByRole("button")).toHaveLength(0);
	});

	it("is opened for a teacher by name until a day, and closed to that teacher again", async () => {
		const card = await at("locked");
		press(card, "Открыть учителю");
		fireEvent.submit(form("reopen-form"));
		expect(form("reopen-form").textContent).toContain("Выберите учителя.");
		expect(form("reopen-form").textContent).toContain("Нужен день не раньше сегодняшнего.");
		fireEvent.change(screen.getByLabelText(/^Учитель/), { target: { value: "t1" } });
		expect((screen.getByRole("checkbox", { name: "8 «Б» · Алгебра" }) as HTMLInputElement).checked).toBe(true);
		fireEvent.change(screen.getByLabelText(/^Последний день/), { target: { value: "2026-11-27" } });
		fireEvent.input(screen.getByLabelText(/^Основание/), { target: { value: "болезнь" } });
		fireEvent.submit(form("reopen-form"));
		await writesEnded();
		const key = "t1/2026-11-20/8b-alg";
		expect(pending()).toEqual([["opening", key, { journal: "8b-alg", ends: "2026-11-28", reason: "болезнь" }]]);
		const listed = screen.getByRole("list", { name: "Открыто по имени" });
		expect(listed.textContent).toContain("Петрова Анна Петровнас 20 ноября по 27 ноября · болезнь8 «Б» · Алгебра");
		press(listed, "Прекратить");
		await writesEnded();
		expect(engine.row("opening", key)?.values.ends).toBeNull();
		expect(screen.queryByRole("list", { name: "Открыто по имени" })).toBeNull();
	});
});

describe("settings", () => {
	const school = { window_days: 14, grace_days: 3, publication: "live", weights: null } as School;

	it("write the cells that changed and no other", async () => {
		open("settings");
		fireEvent.input(screen.getByLabelText(/Сколько дней можно исправлять/), { target: { value: "21" } });
		fireEvent.click(screen.getByRole("radio", { name: "Раз в день" }));
		fireEvent.submit(screen.container.querySelector("form") as Element);
		await writesEnded();
		expect(engine.pending().map((p) => p.entry.set)).toEqual([{ window_days: 21, publication: "daily" }]);
		expect(text()).toContain("ещё не отправлено");
	});

	it("refuse what is no whole number, in words beside the field", () => {
		open("settings");
		fireEvent.input(screen.getByLabelText("Контрольная работа"), { target: { value: "3,5" } });
		expect(text()).toContain("Нужно целое число от 0 до 10.");
		expect(screen.getByRole("button", { name: "Сохранить" }).hasAttribute("disabled")).toBe(true);
	});

	it("lock tablets and close leases within their bounds, both edges inside", async () => {
		for (const [minutes, days, lawful] of [
			["1", "1", true],
			["60", "30", true],
			["0", "14", false],
			["61", "14", false],
			["5", "0", false],
			["5", "31", false],
		] as const) {
			expect(faultsOf({ ...draftOf(school), lockMinutes: minutes, leaseDays: days }).size === 0).toBe(lawful);
		}
		open("settings");
		fireEvent.input(screen.getByLabelText(/планшет запирается/), { target: { value: "10" } });
		fireEvent.input(screen.getByLabelText(/без связи с сервером/), { target: { value: "30" } });
		fireEvent.submit(screen.container.querySelector("form") as Element);
		await writesEnded();
		expect(engine.pending().map((p) => p.entry.set)).toEqual([{ lock_minutes: 10, lease_days: 30 }]);
	});
});

it("lists rights with their dates, the last day being inside, and says which have ended", () => {
	open("grants");
	expect(text()).toContain("Петрова Анна Петровна");
	expect(text()).toContain("с 1 сентября 2026 г. по 31 октября 2026 г.");
	expect(text()).toContain("закончилось");
	expect(text()).toContain("бессрочно");
	expect(screen.queryByRole("textbox")).toBeNull();
});

describe("tablets", () => {
	const tablet = (cells: Partial<Tablet>): Tablet => ({
		device: "d",
		name: "",
		person: "t1",
		lastContact: NOW,
		unsent: 0,
		skew: 0,
		revoked: null,
		...cells,
	});

	it("worry when entries wait on them for a day, look doubtful when silent for a week or their clock is off", () => {
		expect(concernOf(tablet({ unsent: 1, lastContact: NOW - DAY }), NOW)).toBe("wait");
		expect(concernOf(tablet({ unsent: 1, lastContact: NOW - DAY - 1 }), NOW)).toBe("red");
		expect(concernOf(tablet({ lastContact: NOW - 7 * DAY }), NOW)).toBe("none");
		expect(concernOf(tablet({ lastContact: NOW - 7 * DAY - 1 }), NOW)).toBe("wait");
		expect(concernOf(tablet({ skew: -300_000 }), NOW)).toBe("wait");
		expect(concernOf(tablet({ skew: 299_999 }), NOW)).toBe("none");
	});

	it("stand with the most worrying first", () => {
		const fine = tablet({ device: "fine" });
		const silent = tablet({ device: "silent", lastContact: NOW - 9 * DAY });
		const full = tablet({ device: "full", lastContact: NOW - 2 * DAY, unsent: 12 });
		const gone = tablet({ device: "gone", lastContact: NOW - 9 * DAY, revoked: NOW });
		expect(byConcern([gone, fine, silent, full], NOW).map((t) => t.device)).toEqual(["full", "silent", "fine", "gone"]);
	});

	it("that are revoked worry only while entries wait on them", () => {
		expect(concernOf(tablet({ lastContact: NOW - 9 * DAY, skew: 900_000, revoked: NOW }), NOW)).toBe("none");
		expect(concernOf(tablet({ unsent: 1, revoked: NOW }), NOW)).toBe("wait");
	});

	it("are not read from an answer of another form", () => {
		expect(tabletsOf({ tablets: [{ device: "d1", last_contact: 5 }] })).toMatchObject([{ unsent: 0, lastContact: 5 }]);
		expect(tabletsOf({ tablets: [7] })).toBeNull();
		expect(tabletsOf("<html>")).toBeNull();
		expect(backupOf({ applied_seq: 12, durable_seq: 9, healthy: "yes" })).toMatchObject({ behind: 3, healthy: false });
		expect(backupOf({})).toBeNull();
	});
});

describe("the board", () => {
	const answers: Record<string, unknown> = {
		"office/backup": {
			applied_seq: 50,
			durable_seq: 47,
			lag_ms: 125_000,
			last_sync_at: NOW - 125_000,
			replica: "s3: x/y",
			healthy: true,
		},
		"office/tablets": {
			tablets: [
				{ device: "d1", name: "Android · Chrome", person: "t1", last_contact: NOW - 3 * DAY, unsent: 2, skew: 600_000 },
				{ device: "d2", name: "iPad · Safari", person: "a1", last_contact: NOW - 1000, unsent: 0, skew: 0 },
			],
		},
	};
	const answering = (): void => {
		vi.stubGlobal(
			"fetch",
			async (path: string) => new Response(JSON.stringify(answers[path.slice("/api/32/".length)])),
		);
	};
	const settle = (): Promise<void> => new Promise((next) => setTimeout(next, 20));

	it("says the lag, the place and each tablet in words, the worrying first", async () => {
		answering();
		open();
		await settle();
		expect(text()).toContain("2 мин, в копии ещё нет 3 изменений");
		expect(text()).toContain("s3: x/y");
		expect(text()).toContain("сегодня на связи 1 из 2 планшетов · не отправлено 2 записи на 1 планшете");
		const rows = [...screen.container.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
		expect(rows[0]).toContain("Петрова Анна ПетровнаAndroid · Chrome3 дн. назад2 записиспешат на 10 мин");
		expect(rows[1]).toContain("только чтовсё отправленоверны");
	});

	it("keeps the last answer when the server falls silent, says from when it is, and is not green", async () => {
		answering();
		open();
		await settle();
		screen.unmount();
		vi.stubGlobal("fetch", async () => {
			throw new TypeError("no network");
		});
		open();
		await settle();
		expect(text()).toContain("Нет связи с сервером");
		expect(text()).toContain("Показано то, что было известно на");
		expect(text()).toContain("Петрова Анна Петровна");
		expect(screen.container.querySelector("#backup .pill.ok")).toBeNull();
	});

	it("revokes a tablet after saying what follows, with a reason and not without one", async () => {
		const told: unknown[] = [];
		vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
			if (init?.method === "POST") told.push([path, JSON.parse(String(init.body))]);
			return new Response(JSON.stringify(answers[path.slice("/api/32/".length)] ?? {}));
		});
		open();
		await settle();
		const [row] = [...screen.container.querySelectorAll("tbody tr")] as HTMLElement[];
		fireEvent.click(within(row as HTMLElement).getByRole("button", { name: "Отозвать" }));
		const form = screen.container.querySelector("#revoke-form") as HTMLFormElement;
		expect(form.textContent).toContain("На нём 2 записи ещё не отправлено.");
		expect(form.textContent).toContain("Отменить отзыв нельзя");
		fireEvent.submit(form);
		expect(form.textContent).toContain("Напишите, почему");
		expect(told).toEqual([]);
		fireEvent.input(form.querySelector("textarea") as Element, { target: { value: " Остался в автобусе " } });
		fireEvent.submit(form);
		await settle();
		expect(told).toEqual([["/api/32/office/revoke", { device: "d1", reason: "Остался в автобусе" }]]);
		expect(screen.container.querySelector("#revoke-form")).toBeNull();
	});

	it("keeps the dialog and says so when the server can't be reached", async () => {
		answering();
		open();
		await settle();
		fireEvent.click(screen.getAllByRole("button", { name: "Отозвать" })[0] as HTMLElement);
		const form = screen.container.querySelector("#revoke-form") as HTMLFormElement;
		fireEvent.input(form.querySelector("textarea") as Element, { target: { value: "потерян" } });
		vi.stubGlobal("fetch", async () => {
			throw new TypeError("no network");
		});
		fireEvent.submit(form);
		await settle();
		expect(form.textContent).toContain("нет связи с сервером");
	});

	it("is not shown to anybody else", async () => {
		await engine.stop();
		engine = await tabletOf({ ...ADMIN, roles: ["teacher"] }, PAPER);
		open();
		expect(text()).toContain("Этот раздел для администратора");
		expect(screen.container.querySelector("table")).toBeNull();
	});
});
