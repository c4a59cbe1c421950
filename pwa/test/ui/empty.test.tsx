/** What a page without anything on it says, over the real engine: that there is nothing, or that it is not here yet. */

import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import Attention from "../../src/ui/attention/Attention";
import Journals from "../../src/ui/journal/Journals";
import Today from "../../src/ui/today/Today";
import { JOURNAL, PAPER, type Paper, show, tabletOf } from "./paper";

const LESSONS = `journal:${JOURNAL}`;
const { [LESSONS]: _, ...WITHOUT_JOURNAL } = PAPER;
const FREE: Paper = { ...PAPER, [LESSONS]: [] };

let engine: Engine;
let screen: ReturnType<typeof show>;

/** A tablet whose network went after it had got these scopes. */
async function away(paper: Paper): Promise<void> {
	engine = await tabletOf({}, paper);
	await engine.syncNow();
	expect(engine.status().reachable).toBe(false);
}

afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("says that there is nothing whatever else was asked for without a network", async () => {
	await away(FREE);
	engine.follow("journal:9a-phy");
	await expect.poll(() => engine.status().loading).toBe(true);
	screen = show(engine, () => <Attention params={{}} />);
	expect(screen.container.textContent).toContain("Разбирать нечего");
	screen.unmount();
	screen = show(engine, () => <Today params={{}} />);
	expect(await screen.findByText("Сегодня у вас уроков нет")).toBeTruthy();
});

it("says of what has not come yet that it is not here and will come with the network", async () => {
	await away(WITHOUT_JOURNAL);
	screen = show(engine, () => <Today params={{}} />);
	expect(await screen.findByText("Этого ещё нет на планшете")).toBeTruthy();
	expect(screen.container.textContent).toContain("Загрузится, как только появится связь с сервером.");
	screen.unmount();
	// Which journals there are is the school's matter, and that is here.
	screen = show(engine, () => <Journals params={{}} />);
	expect(screen.container.textContent).toContain("Мои журналы");
});
