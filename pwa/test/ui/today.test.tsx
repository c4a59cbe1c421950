/** The teacher's day over the real engine: a day with lessons, and one without. */

import { fireEvent, within } from "@solidjs/testing-library";
import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import { useZone } from "../../src/ui/phrases/format";
import Today from "../../src/ui/today/Today";
import { JOURNAL, PAPER, type Paper, show, tabletOf } from "./paper";

const LESSONS = `journal:${JOURNAL}`;
/** The class on paper without its lessons on Fridays: today has none. */
const FREE: Paper = {
	...PAPER,
	[LESSONS]: (PAPER[LESSONS] ?? []).filter(([, key]) => !key.startsWith(`${JOURNAL}/5/`)),
};

let engine: Engine;
let screen: ReturnType<typeof show>;

async function open(paper: Paper): Promise<void> {
	useZone("Europe/Moscow");
	engine = await tabletOf({}, paper);
	screen = show(engine, () => <Today params={{}} />);
}

afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("shows the day's lessons, and no other day's, where there are some", async () => {
	await open(PAPER);
	const list = await screen.findByRole("list", { name: "Уроки дня" });
	expect(
		within(list)
			.getAllByRole("link")
			.map((a) => a.getAttribute("href")),
	).toEqual([`/lesson/${JOURNAL}/2026-11-20/3`]);
	expect(screen.queryByText(/следующий учебный день/)).toBeNull();
});

it("on a day without lessons shows those of the next school day, under its date, and leads to the last one", async () => {
	await open(FREE);
	expect(await screen.findByText("Сегодня у вас уроков нет")).toBeTruthy();
	const next = screen.getByRole("region", { name: /^Понедельник, 23 ноября.*следующий учебный день, 1 урок$/ });
	expect(
		within(next)
			.getAllByRole("link")
			.map((a) => a.getAttribute("href")),
	).toEqual([`/lesson/${JOURNAL}/2026-11-23/3`]);
	fireEvent.click(screen.getByRole("button", { name: "К последнему учебному дню: среда, 18 ноября" }));
	const list = await screen.findByRole("list", { name: "Уроки дня" });
	expect(within(list).getByRole("link").getAttribute("href")).toBe(`/lesson/${JOURNAL}/2026-11-18/3`);
	expect(screen.queryByText(/следующий учебный день/)).toBeNull();
});
