/** Two real engines and the real server: a teacher's day without a network, and what follows it. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Engine } from "../../src/engine/types";
import { Browser, until } from "../tablet";
import { NOW, Server } from "./server";

let server: Server;
const browsers: Browser[] = [];

beforeAll(async () => {
	server = await Server.start();
});

afterEach(async () => {
	for (const browser of browsers.splice(0)) await browser.close();
	await server.advance(NOW - Date.now() - server.world.offset);
});

afterAll(() => server.end());

const DAY = 86_400_000;
const LESSON = "8b-alg/2026-11-20/2";
const mark = (pupil: string, value: string | null, lesson = LESSON) => ({
	kind: "mark" as const,
	key: `${lesson}/${pupil}/1`,
	set: { value },
});

async function signedIn(person: string): Promise<[Engine, Browser]> {
	const browser = new Browser(server.base, server.world);
	browsers.push(browser);
	return [await browser.signedIn(person), browser];
}

const allSent = (engine: Engine) => until(engine, (s) => s.unsent === 0);

test("a teacher holds the own journal and the class list, and the lessons of the timetable", async () => {
	const [engine] = await signedIn("t1");
	expect(engine.scopes().sort()).toEqual([
		"class:1a",
		"class:8b",
		"inbox:t1",
		"journal:1a-rus",
		"journal:8b-alg",
		"journal:8b-eng1",
		"school",
	]);
	expect([...engine.rows("enrolment", "class:8b").values()].map((v) => v.values.name)).toContain("Абрамов Илья");
	expect(engine.today()).toBe("2026-11-20");
	const lessons = engine.lessons("8b-alg", "2026-11-16", "2026-11-23");
	expect(lessons.map((l) => [l.date, l.number, l.starts, l.room])).toEqual([
		["2026-11-16", 3, null, "214"],
		["2026-11-20", 2, "09:25", "214"],
	]);
});

test("while rows that lie in the store are being read, it says so: no screen takes them for nothing", async () => {
	const [engine, browser] = await signedIn("t1");
	await engine.stop();
	browser.radio = false;
	const again = await browser.tab();
	const told: [unread: boolean, loading: boolean][] = [];
	again.subscribe(() => {
		if (!again.session) return;
		const { loading } = again.status();
		told.push([again.scopes().some((scope) => !again.complete(scope)), loading]);
	});
	await again.unlock("t1-secret-word");
	await until(again, (s) => !s.loading);
	expect(told).toContainEqual([true, true]);
	expect(told).not.toContainEqual([true, false]);
	expect(again.scopes().filter((scope) => !again.complete(scope))).toEqual([]);
});

test("entries made without a network show at once, survive a restart, and get their verdicts on return", async () => {
	const [engine, browser] = await signedIn("t1");
	browser.radio = false;
	await engine.write([mark("p1", "5"), { kind: "lesson", key: LESSON, set: { topic: "Квадратные уравнения" } }]);
	await engine.write([mark("p1", "4")]);
	expect(engine.row("mark", `${LESSON}/p1/1`)).toMatchObject({ values: { value: "4" }, states: { value: "local" } });
	await engine.syncNow();
	expect(engine.status()).toMatchObject({ unsent: 3, reachable: false, trouble: "offline" });
	await engine.stop();

	const again = await browser.tab();
	expect(again.session).toBeNull(); // a browser that was closed asks
	await again.unlock("t1-secret-word");
	expect(again.session?.person).toBe("t1");
	expect(again.row("mark", `${LESSON}/p1/1`)?.values.value).toBe("4");
	expect(again.row("lesson", LESSON)?.values.topic).toBe("Квадратные уравнения");
	expect(again.status().unsent).toBe(3);

	browser.radio = true;
	browser.wake("online");
	await allSent(again);
	expect(again.row("mark", `${LESSON}/p1/1`)).toMatchObject({ values: { value: "4" }, states: { value: "applied" } });
	await server.durable();
	await until(again, (s) => s.notDurable === 0);
	expect(again.row("mark", `${LESSON}/p1/1`)?.states.value).toBe("safe");
	expect(again.pending()).toEqual([]);
	expect((await server.row("mark", `${LESSON}/p1/1`))?.value).toBe("4");
});

test("two who wrote the same cell offline both see both values, and one settles it for both", async () => {
	const [teacher, hers] = await signedIn("t1");
	const [deputy, his] = await signedIn("deputy");
	deputy.follow("journal:8b-alg");
	await until(deputy, () => deputy.complete("journal:8b-alg"));
	const cell = { ...mark("p3", "3"), key: `${LESSON}/p3/1` };
	hers.radio = false;
	his.radio = false;
	await teacher.write([{ ...cell, set: { value: "3" } }]);
	await deputy.write([{ ...cell, set: { value: "4" } }]);
	his.radio = true;
	deputy.follow("journal:8b-alg");
	await deputy.syncNow();
	hers.radio = true;
	await teacher.syncNow();
	deputy.follow("journal:8b-alg");
	await deputy.syncNow();
	for (const engine of [teacher, deputy]) {
		const view = engine.row("mark", cell.key);
		expect(view).toMatchObject({ values: { value: "4" }, states: { value: "conflict" } });
		expect(view?.heads?.value?.map((head) => [head[0], head[1]])).toEqual([
			["4", "deputy"],
			["3", "t1"],
		]);
		expect(engine.status().attention).toBe(1);
		expect(engine.conflicts()).toEqual([{ kind: "mark", key: cell.key, cell: "value" }]);
	}
	expect(teacher.pending().map((p) => [p.state, p.reason])).toEqual([["superseded", "lost"]]);
	await teacher.write([{ ...cell, set: { value: "4" } }]);
	expect(teacher.row("mark", cell.key)?.states.value).toBe("local");
	await teacher.syncNow();
	await until(deputy, (s) => s.attention === 0);
	expect(deputy.row("mark", cell.key)).toMatchObject({ values: { value: "4" }, heads: null });
	expect(teacher.status().attention).toBe(0);
});

test("a late correction is held, the deputy head approves or declines it, the teacher sees the outcome on each tablet", async () => {
	const [teacher] = await signedIn("t1");
	const [deputy] = await signedIn("deputy");
	const old = mark("p1", "2", "8b-alg/2026-11-13/2");
	await teacher.write([old]);
	await allSent(teacher);
	await server.advance(15 * DAY);
	await teacher.syncNow();
	expect(teacher.status().signedOut).toBe(true); // a session of staff lasts for hours
	await teacher.signIn("t1", "t1-secret-word", "32");
	await deputy.signIn("deputy", "deputy-secret-word", "32");
	await until(teacher, (s) => s.reachable === true);
	await until(deputy, (s) => s.reachable === true);
	const correction = { ...old, set: { value: "5" } };
	expect(teacher.check(correction)).toMatchObject({ verdict: "held", reason: "window_closed" });
	await teacher.write([correction]);
	await allSent(teacher);
	expect(teacher.row("mark", old.key)).toMatchObject({ values: { value: "2" }, states: { value: "held" } });
	expect(teacher.pending().at(-1)).toMatchObject({ state: "held", reason: "window_closed", settled: false });
	expect(teacher.status().attention).toBe(1);

	await until(deputy, () => deputy.matters().length > 0);
	const [matter] = deputy.matters();
	expect(matter?.values).toMatchObject({ author: "t1", set: { value: "5" }, was: { value: "2" }, verdict: "held" });
	await deputy.write([{ kind: "matter", key: matter?.key ?? "", set: { outcome: "approved" } }]);
	await until(teacher, (s) => s.attention === 0);
	expect(teacher.row("mark", old.key)).toMatchObject({ values: { value: "5" }, states: { value: "applied" } });
	expect(teacher.matters()[0]?.values).toMatchObject({ outcome: "approved", decided_by: "deputy" });
	await server.durable();
	await until(teacher, () => teacher.pending().length === 0);

	await teacher.write([{ ...old, set: { value: "4" } }]);
	await allSent(teacher);
	await until(deputy, () => deputy.matters().some(({ values }) => values.outcome === null));
	const next = deputy.matters().find(({ values }) => values.outcome === null);
	await deputy.write([{ kind: "matter", key: next?.key ?? "", set: { outcome: "declined", note: "Поздно" } }]);
	const declined = () => teacher.matters().find(({ values }) => values.outcome === "declined");
	await until(teacher, () => declined() !== undefined);
	expect(declined()?.values).toMatchObject({ decided_by: "deputy", note: "Поздно", seen: null });
	expect(teacher.status().attention).toBe(1);
	await teacher.write([{ kind: "matter", key: declined()?.key ?? "", set: { seen: true } }]);
	await allSent(teacher);
	const [other] = await signedIn("t1");
	await until(other, (s) => !s.loading);
	expect(other.matters().find(({ values }) => values.outcome === "declined")?.values.seen).toBe(true);
	expect([teacher, other].map((engine) => engine.status().attention)).toEqual([0, 0]);
});

test("a refused entry leaves the cell and waits under matters until it is withdrawn", async () => {
	const [substitute, browser] = await signedIn("t2");
	await substitute.write([{ kind: "lesson", key: "8b-alg/2026-11-17/1", set: { topic: "Замена" } }]);
	await allSent(substitute);
	expect(substitute.pending().at(-1)).toMatchObject({ state: "refused", reason: "not_yours" });
	expect(substitute.row("lesson", "8b-alg/2026-11-17/1")).toBeNull();
	const [matter] = substitute.matters();
	expect(matter?.values).toMatchObject({ verdict: "refused", reason: "not_yours" });
	await substitute.write([{ kind: "matter", key: matter?.key ?? "", set: { outcome: "withdrawn" } }]);
	await allSent(substitute);
	expect(substitute.status().attention).toBe(0);
	expect(browser.jar.size).toBe(1);
});

test("a substitution gives the journal, its end takes it away after the unsent entries were delivered", async () => {
	const [admin] = await signedIn("admin");
	const [substitute, browser] = await signedIn("t2");
	expect(substitute.complete("journal:8b-alg")).toBe(false);
	const key = "8b-alg/t2/2026-11-20";
	await admin.write([{ kind: "substitution", key, set: { ends: "2026-11-21", reason: "замена" } }]);
	await until(substitute, () => substitute.complete("journal:8b-alg"));
	expect(substitute.complete("class:8b")).toBe(true);
	expect(substitute.check(mark("p1", "3")).verdict).toBe("accepted");

	browser.radio = false;
	await substitute.write([{ kind: "lesson", key: LESSON, set: { homework: "§ 14" } }]);
	await server.advance(2 * DAY);
	browser.radio = true;
	await substitute.signIn("t2", "t2-secret-word", "32");
	await allSent(substitute);
	expect(substitute.pending().at(-1)?.state).toBe("accepted");
	expect((await server.row("lesson", LESSON))?.homework).toBe("§ 14");
	expect(substitute.scopes().sort()).toEqual(["inbox:t2", "school"]);
	expect(substitute.rows("mark", "journal:8b-alg").size).toBe(0);
});

test("undo writes back what stood, redo what was written, and both are new entries", async () => {
	const [engine] = await signedIn("t1");
	const key = `${LESSON}/p4/1`;
	await engine.write([mark("p4", "3")]);
	await engine.write([mark("p4", "5")]);
	expect(await engine.undo()).toMatchObject({ written: [mark("p4", "3")], moved: 0, refused: null });
	expect(engine.row("mark", key)?.values.value).toBe("3");
	expect(await engine.undo()).toMatchObject({ written: [mark("p4", null)] });
	expect(engine.row("mark", key)?.values.value).toBeNull();
	expect(await engine.undo()).toBeNull();
	expect(await engine.redo()).not.toBeNull();
	expect(engine.row("mark", key)?.values.value).toBe("3");
	await allSent(engine);
	expect((await server.row("mark", key))?.value).toBe("3");
	expect((await server.entries()).filter((e) => e[3] === key)).toHaveLength(5);
});

test("after a reload the session's steps can still be undone, sent and unsent ones, but not those undone before", async () => {
	const [first, browser] = await signedIn("t1");
	const lesson = "8b-alg/2026-11-16/3";
	const stood = first.row("mark", `${lesson}/p4/1`)?.values.value ?? null;
	await first.write([mark("p4", "4", lesson)]);
	await allSent(first);
	browser.skew += 10;
	browser.radio = false;
	await first.write([mark("p4", "3", lesson)]);
	browser.skew += 10;
	await first.write([mark("p4", "2", lesson)]);
	browser.skew += 10;
	await first.undo();
	await first.stop();
	const engine = await browser.reopened("t1-secret-word");
	await until(engine, () => engine.canUndo());
	expect(await engine.undo()).toMatchObject({ written: [mark("p4", "4", lesson)] });
	expect(await engine.undo()).toMatchObject({ written: [mark("p4", stood, lesson)] });
	expect(engine.row("mark", `${lesson}/p4/1`)?.values.value).toBe(stood);
});

test("an undo never touches a cell in which a colleague has written since", async () => {
	const [teacher] = await signedIn("t1");
	const [deputy] = await signedIn("deputy");
	const lesson = "8b-alg/2026-11-16/3";
	const key = `${lesson}/p1/1`;
	await teacher.write([mark("p1", "5", lesson)]);
	await allSent(teacher);
	deputy.follow("journal:8b-alg");
	await deputy.syncNow();
	await until(deputy, () => deputy.row("mark", key)?.values.value === "5");
	await deputy.write([mark("p1", "3", lesson)]);
	await allSent(deputy);
	await teacher.syncNow();
	await until(teacher, () => teacher.row("mark", key)?.values.value === "3");
	expect(await teacher.undo()).toMatchObject({ written: [], moved: 1 });
	expect(teacher.row("mark", key)?.values.value).toBe("3");
});

test("an ended session pauses the sync, entering goes on, and signing in again sends everything", async () => {
	const [engine, browser] = await signedIn("t1");
	const device = engine.session?.device;
	browser.jar.clear();
	await engine.write([mark("p1", "3", "8b-alg/2026-11-16/3")]);
	await until(engine, (s) => s.signedOut);
	await engine.write([mark("p4", "4", "8b-alg/2026-11-16/3")]);
	expect(engine.status()).toMatchObject({ unsent: 2, trouble: "signed_out" });
	await engine.signIn("t1", "t1-secret-word", "32");
	expect(engine.session?.device).toBe(device);
	await allSent(engine);
	expect((await server.row("mark", "8b-alg/2026-11-16/3/p4/1"))?.value).toBe("4");
});

test("another person on the same tablet does not send the first one's entries, and the first one still can", async () => {
	const [engine, browser] = await signedIn("t1");
	browser.radio = false;
	await engine.write([mark("p1", "5", "8b-alg/2026-11-16/3")]);
	browser.radio = true;
	await engine.signIn("tutor", "tutor-secret-word", "32");
	await until(engine, (s) => !s.loading && s.reachable === true);
	expect(engine.status()).toMatchObject({ person: "tutor", unsent: 0 });
	expect((await engine.people()).map((p) => p.person).sort()).toEqual(["t1", "tutor"]);
	await engine.signIn("t1", "t1-secret-word", "32");
	await allSent(engine);
	expect((await server.row("mark", "8b-alg/2026-11-16/3/p1/1"))?.value).toBe("5");
});

test("signing out gives up the rows and keeps what is unsent", async () => {
	const [engine, browser] = await signedIn("t1");
	browser.radio = false;
	await engine.write([mark("p4", "2", "8b-alg/2026-11-16/3")]);
	await engine.signOut();
	expect(engine.session).toBeNull();
	expect(engine.scopes()).toEqual([]);
	browser.radio = true;
	await engine.signIn("t1", "t1-secret-word", "32");
	expect(engine.status().unsent + engine.pending().length).toBeGreaterThan(0);
	await allSent(engine);
	expect((await server.row("mark", "8b-alg/2026-11-16/3/p4/1"))?.value).toBe("2");
});

test("a parent holds the own child's diary and may write nothing", async () => {
	const [engine] = await signedIn("guardian");
	await until(engine, () => engine.scopes().length === 2); // the first publication may be under way
	expect(engine.scopes().sort()).toEqual(["bulletin:8b", "diary:p1"]);
	await engine.write([mark("p1", "5")]);
	await allSent(engine);
	expect(engine.pending().at(-1)).toMatchObject({ state: "refused", reason: "not_yours" });
	expect(engine.rows("diary_card", "diary:p1").get("p1")?.values.name).toBe("Абрамов Илья");
});
