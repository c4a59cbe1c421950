/** What comes afterwards: fetched once, made once, and asked for anew when it could not be had. */

import { expect, it } from "vitest";
import { afterwards } from "../../src/ui/afterwards";

it("is fetched at the first call alone, and made once", async () => {
	let fetched = 0;
	const both = afterwards(
		async () => ({ n: ++fetched }),
		({ n }) => ({ n }),
	);
	expect(fetched).toBe(0);
	const [one, other] = await Promise.all([both(), both()]);
	expect(other).toBe(one);
	expect(fetched).toBe(1);
});

it("that failed fails who asked, and is fetched anew by the next who asks", async () => {
	let network = false;
	const got = afterwards(
		() => (network ? Promise.resolve("here") : Promise.reject(new Error("offline"))),
		(found) => found,
	);
	await expect(got()).rejects.toThrow("offline");
	network = true;
	expect(await got()).toBe("here");
});
