/**
 * A class on paper: the real engine of the tablet, fed once with a recorded answer of the server (a class of four, one
 * journal, a month of lessons), then without a network. What a test enters stays on the tablet, as in a lesson.
 */

import { configure, render } from "@solidjs/testing-library";
import type { JSX } from "solid-js";
import { createEngine } from "../../src/engine/engine";
import type { Surroundings } from "../../src/engine/surroundings";
import type { Engine } from "../../src/engine/types";
import type { Head, News, SignedIn, SyncRequest, SyncResponse } from "../../src/generated/messages";
import { createLive, LiveProvider } from "../../src/ui/context";
import { writesEnded } from "../../src/ui/writing";
import { Browser } from "../tablet";

// The first look at a screen compiles it: a busy machine takes longer than a second.
configure({ asyncUtilTimeout: 15_000 });

/** Friday, 20 November 2026, 12:00 in Moscow. */
export const NOW = Date.UTC(2026, 10, 20, 9, 0);
/** The evening before, 17:00. */
const PUBLISHED = NOW - 19 * 3_600_000;
export const JOURNAL = "8b-alg";
export const ME = "t1";
const DAY = 86_400_000;

type Cells = Record<string, unknown>;
/** `heads`: the values of cells in conflict. */
export type Row = [kind: string, key: string, cells: Cells, heads?: Record<string, Head[]>];

/** Пётр joined on the 10th; Фёдор left before the 16th. */
export const PUPILS = ["p1", "p2", "p3", "p4"] as const;

const SCHOOL: Row[] = [
	["school", "32", { name: "Школа № 32", timezone: "Europe/Moscow", window_days: 14 }],
	["year", "2026", { name: "2026/27", starts: "2026-09-01", ends: "2027-06-01" }],
	["term", "q2", { year: "2026", name: "II четверть", number: 2, starts: "2026-11-02", ends: "2026-12-29" }],
	["bell", "1", { starts: "08:30", ends: "09:15" }],
	["bell", "3", { starts: "10:30", ends: "11:15" }],
	["class", "8b", { name: "8 «Б»", grade: 8 }],
	["subject", "alg", { name: "Алгебра" }],
	["person", "t1", { last_name: "Петрова", first_name: "Анна", middle_name: "Петровна" }],
	["person", "d1", { last_name: "Кузнецова", first_name: "Марина", middle_name: "Львовна" }],
	["grant", "g1", { person: "d1", role: "deputy_head", starts: "2026-09-01" }],
	["journal", JOURNAL, { class_id: "8b", subject: "alg", year: "2026", hours: 3 }],
	["teaching", `${JOURNAL}/t1/2026-09-01`, { active: true }],
];
const CLASS: Row[] = [
	["enrolment", "8b/p1/2026-09-01", { name: "Абрамов Илья" }],
	["enrolment", "8b/p2/2026-09-01", { name: "Белова Софья" }],
	["enrolment", "8b/p3/2026-11-10", { name: "Петров Пётр" }],
	["enrolment", "8b/p4/2026-09-01", { name: "Фёдоров Фёдор", ends: "2026-11-16" }],
];
const LESSONS: Row[] = [
	["slot", `${JOURNAL}/1/3/2026-09-01`, { room: "214" }],
	["slot", `${JOURNAL}/3/3/2026-09-01`, { room: "214" }],
	["slot", `${JOURNAL}/5/3/2026-09-01`, { room: "214" }],
	["plan_item", `${JOURNAL}/1`, { topic: "Квадратный корень" }],
	["plan_item", `${JOURNAL}/2`, { topic: "Контрольная работа № 3", work: "control" }],
	["lesson", `${JOURNAL}/2026-11-18/3`, { topic: "Квадратный корень", plan: 1, work: "control" }],
	["mark", `${JOURNAL}/2026-11-18/3/p1/1`, { value: "5", given: NOW - 2 * DAY }],
	["mark", `${JOURNAL}/2026-11-18/3/p2/1`, { value: "2", comment: "Переписать", given: NOW - 2 * DAY }],
	["mark", `${JOURNAL}/2026-11-02/3/p1/1`, { value: "3", given: NOW - 18 * DAY }],
];

function newsOf(scope: string, rows: readonly Row[]): News {
	const tables: News["tables"] = {};
	for (const [i, [kind, key, cells, heads]] of rows.entries()) {
		const table = tables[kind] ?? { cells: columnsOf(rows, kind), rows: [] };
		table.rows.push([key, i + 1, ...table.cells.map((cell) => cells[cell] ?? null), heads ?? null]);
		tables[kind] = table;
	}
	return { scope, after: 0, upto: Math.max(1, rows.length), more: false, tables, total: null };
}

function columnsOf(rows: readonly Row[], kind: string): string[] {
	const names = rows.filter((row) => row[0] === kind).flatMap((row) => Object.keys(row[2]));
	return [...new Set(names)];
}

const SIGNED_IN: SignedIn = {
	school: "32",
	school_name: "Школа № 32",
	person: ME,
	name: "Петрова Анна Петровна",
	roles: ["teacher"],
	pupils: [],
	device: "daaaaaaaaaa",
	epoch: "e1",
	known: 0,
	server_time: NOW,
	seal: "",
	mac: "",
};

/** Rows by scope. */
export type Paper = Readonly<Record<string, readonly Row[]>>;

/** The class on paper, by scope. */
export const PAPER: Paper = {
	school: SCHOOL,
	"class:8b": CLASS,
	[`journal:${JOURNAL}`]: LESSONS,
	[`inbox:${ME}`]: [],
};

function synced({ cursors }: SyncRequest, paper: Paper): SyncResponse {
	const all = Object.entries(paper).map(([scope, rows]) => newsOf(scope, rows));
	const news = all.filter((part) => !cursors[part.scope]);
	const seqs = { applied_seq: 100, durable_seq: 100, known: 0, missing: 0, published: PUBLISHED, rules: 1 };
	const lists = { judged: [], taken: [], lost: [] };
	return { protocol: 1, school: "32", epoch: "e1", server_time: NOW, ...seqs, ...lists, news };
}

/** A tablet that got its class once and has lost the network since. */
export async function paperTablet(): Promise<Engine> {
	return tabletOf({}, PAPER);
}

/** The same for anybody: who signed in, and the rows they got. */
export async function tabletOf(who: Partial<SignedIn>, paper: Paper): Promise<Engine> {
	let online = true;
	const answer = (body: unknown): Response => new Response(JSON.stringify(body), { status: 200 });
	const browser = new Browser("", { offset: NOW - Date.now() });
	const around: Surroundings = {
		...browser.surroundings(),
		WebSocket: null,
		fetch: async (input, init) => {
			const path = String(input);
			if (!online) throw new TypeError("no network");
			if (path.endsWith("/sign-in")) return answer({ ...SIGNED_IN, ...who });
			return answer(synced(JSON.parse(String(init?.body)) as SyncRequest, paper));
		},
	};
	const engine = createEngine(around);
	await engine.start();
	await engine.signIn("petrova", "secret", "32");
	await engine.syncNow();
	for (const scope of Object.keys(paper))
		if (!engine.complete(scope)) throw new Error(`${scope}: ${JSON.stringify(engine.status())}`);
	online = false;
	return engine;
}

/** Puts a screen over the engine. */
export function show(engine: Engine, screen: () => JSX.Element): ReturnType<typeof render> {
	return render(() => {
		const live = createLive(engine);
		return <LiveProvider live={live}>{screen()}</LiveProvider>;
	});
}

/** Until what the last tap has begun is written and stands on the screen. */
export async function settled(): Promise<void> {
	for (let turn = 0; turn < 10; turn += 1) {
		await writesEnded();
		await new Promise((next) => setTimeout(next, 0));
	}
}
