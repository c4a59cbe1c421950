/** The case: what is sealed opens only where it was sealed, and the key can't be taken out. */

import { webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { Case } from "../../src/engine/case";

const crypto = webcrypto as unknown as Crypto;

test("what was sealed opens under the same name and no other", async () => {
	const key = await Case.makeKey(crypto);
	const lock = new Case(crypto, key, "32|t1");
	const sealed = await lock.seal("outbox", "d1:1", { value: "5" });
	expect(await lock.open("outbox", "d1:1", sealed)).toEqual({ value: "5" });
	await expect(lock.open("outbox", "d1:2", sealed)).rejects.toThrow();
	await expect(lock.open("scope", "d1:1", sealed)).rejects.toThrow();
	await expect(new Case(crypto, key, "32|t2").open("outbox", "d1:1", sealed)).rejects.toThrow();
	await expect(new Case(crypto, await Case.makeKey(crypto), "32|t1").open("outbox", "d1:1", sealed)).rejects.toThrow();
});

test("the same content is never sealed the same way twice, and the key does not leave", async () => {
	const key = await Case.makeKey(crypto);
	const lock = new Case(crypto, key, "32|t1");
	const [a, b] = await Promise.all([lock.seal("outbox", 1, "x"), lock.seal("outbox", 1, "x")]);
	expect(Buffer.from(a.iv)).not.toEqual(Buffer.from(b.iv));
	expect(key.extractable).toBe(false);
	await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
});
