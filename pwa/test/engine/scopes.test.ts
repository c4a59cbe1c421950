/** Confirmed rows and the digest over them. */

import { describe, expect, test } from "vitest";
import { crc32, Scope } from "../../src/engine/scopes";
import { news, row } from "../holding";

const scope = () => {
	const made = new Scope("journal:8b-alg", "e1");
	made.take(news([row("p1", 3, "5"), row("p2", 4, "4")]));
	return made;
};

test("the checksum is that of zlib, over UTF-8", () => {
	expect(crc32("123456789")).toBe(0xcbf43926);
	expect(crc32("mark/8b-alg/2026-11-20/2/p1/1@17")).toBe(HASHES[0]);
	expect(crc32("lesson/журнал/2026-11-20/2@3")).toBe(HASHES[1]);
	expect(crc32("@3", crc32("журнал/2026-11-20/2", crc32("lesson/")))).toBe(HASHES[1]);
});

/** As `sync.scopes.version_hash` says. */
const HASHES = [1691428557, 299596689];

describe("a scope", () => {
	test("takes in a page: later rows replace earlier ones, the cursor moves", () => {
		const held = scope();
		const changed = held.take(news([row("p1", 7, "3")], { after: 4 }));
		expect(changed).toEqual([["mark", "8b-alg/2026-11-20/2/p1/1"]]);
		expect(held.seq).toBe(7);
		expect(held.get("mark", "8b-alg/2026-11-20/2/p1/1")).toMatchObject({ seq: 7, heads: null });
		expect(held.get("mark", "8b-alg/2026-11-20/2/p1/1")?.value("value")).toBe("3");
		expect(held.get("mark", "8b-alg/2026-11-20/2/p2/1")?.value("no such cell")).toBeNull();
		expect(held.get("mark", "nobody")).toBeNull();
	});

	test("has the same digest whatever the order in which its rows came", () => {
		const other = new Scope("journal:8b-alg", "e1");
		other.take(news([row("p2", 2, "2")]));
		other.take(news([row("p2", 4, "4"), row("p1", 3, "5")], { after: 2 }));
		expect(other.digest()).toEqual(scope().digest());
		other.take(news([row("p1", 5, "5")], { after: 4 }));
		expect(other.digest()).not.toEqual(scope().digest());
	});

	test("comes back from its packed form as it was", () => {
		const packed = JSON.parse(JSON.stringify(scope().pack()));
		const again = Scope.unpack("journal:8b-alg", packed);
		expect([again.seq, again.epoch, again.digest()]).toEqual([4, "e1", scope().digest()]);
	});

	test("is not changed by what its copy takes in", () => {
		const held = scope();
		held.clone().take(news([row("p1", 9, "2")], { after: 4 }));
		expect(held.get("mark", "8b-alg/2026-11-20/2/p1/1")?.seq).toBe(3);
	});

	test("keeps its rows when the server's model has grown a cell", () => {
		const held = scope();
		const cells = ["comment", "value", "mood", "given"];
		const rows = [["8b-alg/2026-11-20/2/p3/1", 8, "хорошо", "5", "🙂", null, null]];
		held.take(news([], { after: 4, upto: 8, tables: { mark: { cells, rows } } }));
		expect(held.get("mark", "8b-alg/2026-11-20/2/p1/1")?.value("value")).toBe("5");
		expect(held.get("mark", "8b-alg/2026-11-20/2/p1/1")?.value("mood")).toBeNull();
		expect(held.get("mark", "8b-alg/2026-11-20/2/p3/1")?.value("mood")).toBe("🙂");
	});
});
