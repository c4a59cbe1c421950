/** What needs a teacher, over the real engine: a declined correction stays until its author has read it. */

import { fireEvent, within } from "@solidjs/testing-library";
import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Attention from "../../src/ui/attention/Attention";
import { useZone } from "../../src/ui/phrases/format";
import { writesEnded } from "../../src/ui/writing";
import { JOURNAL, ME, NOW, PAPER, type Row, show, tabletOf } from "./paper";

const matter = (n: number, cells: Record<string, unknown>): Row => [
	"matter",
	`inbox:${ME}/dt1:${n}`,
	{
		kind: "mark",
		target: `${JOURNAL}/2026-11-02/3/p1/1`,
		set: { value: "4" },
		was: { value: "3" },
		author: ME,
		written: NOW - 3_600_000,
		arrived: NOW - 3_000_000,
		verdict: "held",
		reason: "window_closed",
		...cells,
	},
];
const DECLINED = { outcome: "declined", decided_by: "d1", decided: NOW - 60_000, note: "Нет работы" };

let engine: Engine;
let screen: ReturnType<typeof show>;

async function open(...matters: Row[]): Promise<void> {
	useZone("Europe/Moscow");
	engine = await tabletOf({}, { ...PAPER, [`inbox:${ME}`]: matters });
	screen = show(engine, () => <Attention params={{}} />);
}

afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("a declined correction stays, with who declined it and the note, until the author has read it", async () => {
	await open(matter(1, DECLINED));
	expect(engine.status().attention).toBe(1);
	const card = await screen.findByRole("article");
	expect(card.textContent).toContain("Отклонено завучем");
	expect(card.textContent).toContain("Кузнецова М. Л.");
	expect(card.textContent).toContain("«Нет работы»");
	expect(screen.getByText("1 отклонена")).toBeTruthy();
	fireEvent.click(within(card).getByRole("button", { name: "Понятно" }));
	await writesEnded();
	await new Promise((next) => setTimeout(next, 0));
	expect(screen.queryByRole("article")).toBeNull();
	expect(engine.status().attention).toBe(0);
	expect(engine.row("matter", `inbox:${ME}/dt1:1`)?.values).toMatchObject({ outcome: "declined", seen: true });
	expect(screen.getByText(/Отклонено завучем/).closest(".settled-line")?.textContent).toContain("Нет работы");
});

it("what was read on another tablet, approved, withdrawn or declined by oneself needs nobody", async () => {
	await open(
		matter(1, { ...DECLINED, seen: true }),
		matter(2, { ...DECLINED, outcome: "approved" }),
		matter(3, { ...DECLINED, outcome: "withdrawn", decided_by: ME }),
		matter(4, { ...DECLINED, decided_by: ME }),
	);
	expect(engine.status().attention).toBe(0);
	expect(screen.queryByRole("article")).toBeNull();
});
