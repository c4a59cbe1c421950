/** The list of journals, and a journal that this person may not hold any more. */

import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import { Absence } from "../../src/ui/journal/Absence";
import Journals from "../../src/ui/journal/Journals";
import { useJournal } from "../../src/ui/journal/model";
import { ME, type Row, show, tabletOf } from "./paper";

const SCHOOL: Row[] = [
	["school", "32", { name: "Школа № 32", timezone: "Europe/Moscow" }],
	["year", "2026", { name: "2026/27", starts: "2026-09-01", ends: "2027-06-01" }],
	["class", "8b", { name: "8 «Б»", grade: 8 }],
	["subject", "alg", { name: "Алгебра" }],
	["subject", "geo", { name: "Геометрия" }],
	["subject", "phy", { name: "Физика" }],
	["journal", "8b-alg", { class_id: "8b", subject: "alg", year: "2026" }],
	["journal", "8b-geo", { class_id: "8b", subject: "geo", year: "2026" }],
	["journal", "8b-phy", { class_id: "8b", subject: "phy", year: "2026" }],
	["teaching", `8b-alg/${ME}/2026-09-01`, { active: true, ends: null }],
	["teaching", `8b-geo/${ME}/2026-09-01`, { active: true, ends: "2026-11-01" }],
	["substitution", `8b-phy/${ME}/2026-11-16`, { ends: "2026-11-28" }],
];
const CLASS: Row[] = [["enrolment", "8b/p1/2026-09-01", { name: "Абрамов Илья" }]];

let engine: Engine;
let screen: ReturnType<typeof show>;

async function signIn(): Promise<void> {
	engine = await tabletOf({}, { school: SCHOOL, "class:8b": CLASS, "journal:8b-alg": [], [`inbox:${ME}`]: [] });
}
function open(journal: string): void {
	screen = show(engine, () => (
		<Absence model={useJournal(() => journal)} columns={1}>
			grid
		</Absence>
	));
}
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("puts what has ended under its own heading, apart from substitutions", async () => {
	await signIn();
	screen = show(engine, () => <Journals params={{}} />);
	const sections = [...screen.container.querySelectorAll("section")].map((s) => s.textContent ?? "");
	expect(sections.map((s) => s.replace(/8 «Б».*/, ""))).toEqual(["Мои журналы", "По замене", "Закончились"]);
	expect(sections[1]).toContain("Физика");
	expect(sections[2]).toContain("Геометрия");
});

it("says that a journal has ended instead of loading it forever", async () => {
	await signIn();
	open("8b-geo");
	expect(screen.container.textContent).toContain("Этот журнал сейчас не ваш");
	expect(screen.container.textContent).toContain("Назначение или замена закончились");
	screen.unmount();
	open("8b-alg");
	expect(screen.container.textContent).toBe("grid");
});
