/** The status line over the real engine, on a tablet that lost the network and has not noticed yet. */

import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../src/engine/types";
import { StatusPill } from "../../src/ui/parts/StatusPill";
import { JOURNAL, paperTablet, show } from "./paper";

let engine: Engine;
let screen: ReturnType<typeof show>;

afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

it("is green no more from the moment an entry is kept, before the network is missed", async () => {
	engine = await paperTablet();
	screen = show(engine, () => <StatusPill />);
	const pill = (): string => screen.getByRole("link").textContent ?? "";
	expect(pill()).toBe("Всё отправлено и в копии");
	await engine.write([{ kind: "mark", key: `${JOURNAL}/2026-11-18/3/p1/2`, set: { value: "4" } }]);
	expect(engine.status()).toMatchObject({ unsent: 1, reachable: true });
	expect(pill()).toMatch(/^1 запись только на этом планшете|^Отправляется/);
});
