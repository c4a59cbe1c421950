/** A snapshot changes, and the browser is killed at each of its writes: one usable snapshot is always there. */

import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import type { Holding } from "../../src/engine/holding";
import { Scope } from "../../src/engine/scopes";
import type { News } from "../../src/generated/messages";
import { EPOCH, holding, news, row, SCOPE, take } from "../holding";

const OLD = [row("p1", 3, "5"), row("p2", 4, "4")];
const NEW = [row("p1", 2, "3"), row("p3", 5, "4"), row("p2", 6, "2"), row("p4", 7, "5")];
const SECOND = "e2";

const digest = (rows: unknown[][], epoch: string): string => {
	const whole = new Scope(SCOPE, epoch);
	whole.take(news(rows));
	return String(whole.digest());
};
const USABLE = [digest(OLD, EPOCH), digest(NEW, SECOND)];

/** The page that a server of the second epoch answers to this cursor: two rows at a time. */
function page(after: number): News {
	const rest = NEW.filter((line) => (line[1] as number) > after);
	const more = rest.length > 2;
	const total = digest(NEW, SECOND).split(",").map(Number) as [number, number];
	return news(rest.slice(0, 2), { after, more, total: more ? null : total, ...(rest.length ? {} : { upto: after }) });
}

/** Asks until nothing is left; `seen` looks at what is shown after each answer. */
async function fetchAll(held: Holding, seen: () => void): Promise<void> {
	if (held.server.epoch !== SECOND) await take(held, { epoch: SECOND, applied_seq: 7 });
	for (let rounds = 0; rounds < 9 && held.scope(SCOPE)?.epoch !== SECOND; rounds++) {
		await take(held, { epoch: SECOND, applied_seq: 7, news: [page(held.asking()[SCOPE] ?? 0)] });
		seen();
	}
}

/** The browser's store, which is cut off at its `n`th write: that transaction and all later ones come to nothing. */
async function cutOff(n: number, work: () => Promise<void>): Promise<number> {
	const { put, delete: drop } = IDBObjectStore.prototype;
	let writes = 0;
	function cut<A extends unknown[]>(write: (this: IDBObjectStore, ...args: A) => IDBRequest) {
		return function (this: IDBObjectStore, ...args: A): IDBRequest {
			if (++writes >= n) {
				if (writes === n) this.transaction.abort();
				throw new DOMException("the browser is gone", "AbortError");
			}
			return write.apply(this, args);
		};
	}
	Object.assign(IDBObjectStore.prototype, { put: cut(put), delete: cut(drop as (key: IDBValidKey) => IDBRequest) });
	try {
		await work();
	} catch (error) {
		if (writes < n) throw error;
	} finally {
		Object.assign(IDBObjectStore.prototype, { put, delete: drop });
	}
	return writes;
}

async function shown(factory: IDBFactory): Promise<Holding> {
	const held = await holding(factory);
	await held.load(SCOPE);
	return held;
}

test("at each write of the change the tablet shows the old snapshot or the new one, whole, and goes on to the new", async () => {
	const tried: string[] = [];
	for (let n = 1, reached = true; reached; n++) {
		const factory = new IDBFactory();
		const held = await holding(factory);
		await take(held, { news: [news(OLD)] });
		const look = (): void => expect(USABLE).toContain(String(held.scope(SCOPE)?.digest()));
		reached = (await cutOff(n, () => fetchAll(held, look))) >= n;
		held.store.close();
		const again = await shown(factory);
		const found = String(again.scope(SCOPE)?.digest());
		expect(USABLE, `cut off at write ${n}`).toContain(found);
		tried.push(found);
		await fetchAll(again, () => undefined);
		expect(String(again.scope(SCOPE)?.digest()), `after write ${n}`).toBe(USABLE[1]);
		again.store.close();
		const last = await shown(factory);
		expect(String(last.scope(SCOPE)?.digest())).toBe(USABLE[1]);
		expect(last.staged.size).toBe(0);
		last.store.close();
	}
	expect(tried.length).toBeGreaterThan(10);
	expect(tried.at(-1)).toBe(USABLE[1]);
	expect(tried[0]).toBe(USABLE[0]);
});
