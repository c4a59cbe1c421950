/** The courier by a store of its own, and receipts written by hand. */

import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import { deliver, standingOf } from "../../src/engine/courier";
import type { Surroundings } from "../../src/engine/surroundings";
import { PROTOCOL, type Receipts } from "../../src/generated/messages";
import { holding } from "../holding";

const bytes = (value: number): Uint8Array<ArrayBuffer> => new Uint8Array([value]);

async function delivered(receipts: Partial<Receipts>): Promise<number> {
	const { store } = await holding(new IDBFactory());
	await store.write((tx) => {
		tx.setMeta({ counter: { device: "d1", n: 3 } });
		for (const n of [1, 2, 3]) {
			const parcel = { epk: bytes(1), iv: bytes(2), box: bytes(3).buffer };
			tx.addOp({ iv: bytes(4), box: bytes(5).buffer, parcel }, n);
		}
	});
	const body = JSON.stringify({ protocol: PROTOCOL, known: 3, missing: 0, refused: [], revoked: false, ...receipts });
	const around = { base: "", later: () => () => undefined, fetch: async () => new Response(body) };
	await deliver(around as unknown as Surroundings, store, "32");
	return (await standingOf(store)).delivered;
}

test("what was refused, and what lies behind it, is not delivered, whatever the server knows under these numbers", async () => {
	expect(await delivered({})).toBe(3);
	expect(await delivered({ refused: [2, 3] })).toBe(1);
	expect(await delivered({ refused: [1] })).toBe(0);
	expect(await delivered({ refused: [1, 2, 3] })).toBe(0);
});

test("a server that knows more than was brought has not been brought more", async () => {
	expect(await delivered({ known: 900 })).toBe(3);
});
