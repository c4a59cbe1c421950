/**
 * The search through a closed browser finds what lies there in clear: planted in every place where an app may leave
 * something, in every form. What it can't find here, `lock.spec.ts` couldn't find either.
 */

import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, expect, test } from "@playwright/test";
import { dumpOf, filesWith, formsOf, type Kept } from "./dump.ts";
import { freePort } from "./house.ts";

test("a text is found in base64 at each of three offsets, as JSON writes it, and in an address", () => {
	const forms = formsOf("Канарейка и жук");
	const stands = (text: string): boolean => forms.some((form) => Buffer.from(text).includes(form));
	for (const before of ["", "x", "xy", "xyz"]) {
		const code = Buffer.from(`${before}Канарейка и жук${before}!`).toString("base64");
		expect(stands(code), before).toBe(true);
	}
	expect(stands(JSON.stringify({ name: "Канарейка и жук" }))).toBe(true);
	const ascii = JSON.stringify("Канарейка и жук").replace(
		/[^ -~]/g,
		(sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
	expect(stands(ascii)).toBe(true);
	expect(stands(`/me?of=${encodeURIComponent("Канарейка и жук")}`)).toBe(true);
	expect(stands("Канарейка и паук")).toBe(false);
});

/** Where a page can leave something: the folder of the profile that shows it was found there. */
const PLACES = {
	"IndexedDB, a small value": "IndexedDB",
	"IndexedDB, in a table, its words written before": "IndexedDB",
	"IndexedDB, a key": "IndexedDB",
	"IndexedDB, a large value that repeats itself": "IndexedDB",
	"IndexedDB, a value with a file of its own": "IndexedDB",
	"IndexedDB, a blob": "IndexedDB",
	"Cache Storage": "CacheStorage",
	localStorage: "Local Storage",
	sessionStorage: "Session",
	OPFS: "File System",
	"the address": "History",
	"the title": "History",
	"the HTTP cache, packed": "Cache",
} as const;
type Place = keyof typeof PLACES;
const ALL = Object.keys(PLACES) as Place[];
/** These the file as it lies does not show. */
const HIDDEN: readonly Place[] = [
	"IndexedDB, in a table, its words written before",
	"IndexedDB, a large value that repeats itself",
	"IndexedDB, a value with a file of its own",
	"the HTTP cache, packed",
];

test("planted in every place, found in every place", async ({ launchOptions }) => {
	const port = await freePort();
	const texts = Object.fromEntries(
		ALL.map((place) => [place, `Канарейка ${randomBytes(6).toString("hex")}`]),
	) as Record<Place, string>;
	// Longer than what stands between them: wherever a log cuts a record, it cuts one of these.
	const long = Array.from({ length: 100 }, () => randomBytes(1_500).toString("base64"));
	// A table writes of a key only how it differs from the one before, but for each 16th.
	const kin = [..."абвгдежзиклмнопрстуф"].map((letter) => `${texts.localStorage} ${letter}`);
	const server = createServer((request, response) => {
		const cached = request.url?.startsWith("/cached");
		const body = cached ? `${"слова ".repeat(50)}${texts["the HTTP cache, packed"]}` : "<!doctype html>";
		response.writeHead(200, {
			"Content-Type": "text/html; charset=utf-8",
			...(cached ? { "Content-Encoding": "gzip", "Cache-Control": "max-age=9999" } : {}),
		});
		response.end(cached ? gzipSync(body) : body);
	});
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const profile = await mkdtemp(join(tmpdir(), "zvonok-dump-"));
	const url = `http://localhost:${port}`;
	try {
		const first = await chromium.launchPersistentContext(profile, launchOptions);
		const page = await first.newPage();
		await page.goto(`${url}/?name=${encodeURIComponent(texts["the address"])}`);
		await page.evaluate(
			async ([told, pieces, keys]) => {
				const database = await new Promise<IDBDatabase>((resolve, reject) => {
					const request = indexedDB.open("planted");
					request.onupgradeneeded = () => request.result.createObjectStore("rows");
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
				const write = async (put: (rows: IDBObjectStore) => void): Promise<void> => {
					const writing = database.transaction("rows", "readwrite", { durability: "strict" });
					put(writing.objectStore("rows"));
					await new Promise((resolve, reject) => {
						writing.oncomplete = resolve;
						writing.onerror = () => reject(writing.error);
					});
				};
				const words = Array.from({ length: 1_500 }, (_, i) => `мел и доска ${i % 7}`).join(" ");
				await write((rows) => {
					rows.put({ name: told["IndexedDB, a small value"] }, "small");
					const packed = told["IndexedDB, in a table, its words written before"];
					const [bird, number] = packed.split(" ");
					rows.put(1, told["IndexedDB, a key"]);
					rows.put({ name: `${bird}, но ${number}: ${packed}` }, "packed");
					const large = told["IndexedDB, a large value that repeats itself"];
					rows.put({ text: `${words} ${large} ${words}` }, "large");
					// More than a log holds: the next write makes a table of it, with compressed blocks.
					for (let i = 0; i < 400; i++) {
						const noise = [...crypto.getRandomValues(new Uint8Array(16_000))].map((n) => String.fromCharCode(n));
						rows.put(noise.join(""), `noise ${i}`);
					}
				});
				await write((rows) => {
					for (const [i, piece] of pieces.entries()) rows.put(piece, i);
					const own = Array.from({ length: 20_000 }, (_, i) => `${i} ${crypto.randomUUID()}`).join(" ");
					rows.put({ text: `${words} ${told["IndexedDB, a value with a file of its own"]} ${own}` }, "own file");
					rows.put(new Blob([told["IndexedDB, a blob"]]), "blob");
				});
				database.close();
				const cache = await caches.open("planted");
				await cache.put("/planted", new Response(told["Cache Storage"]));
				localStorage.setItem("planted", told.localStorage);
				for (const key of keys) localStorage.setItem(key, "1");
				localStorage.setItem("noise", "мел".repeat(30_000)); // more than a log holds
				sessionStorage.setItem("planted", told.sessionStorage);
				const folder = await navigator.storage.getDirectory();
				const file = await (await folder.getFileHandle("planted", { create: true })).createWritable();
				await file.write(told.OPFS);
				await file.close();
				document.title = told["the title"];
				await (await fetch("/cached")).text();
			},
			[texts, long, kin] as const,
		);
		await first.close();
		checkSome(await checkEach("as written", ALL), ".log", long);
		const second = await chromium.launchPersistentContext(profile, launchOptions);
		const again = await second.newPage();
		await again.goto(url);
		await again.evaluate(async () => {
			localStorage.setItem("after", "1");
			await new Promise((resolve) => {
				const request = indexedDB.open("planted");
				request.onsuccess = () => resolve(request.result.close());
			});
		});
		await second.close();
		// What was a tab's alone went with the tab.
		const lasting = ALL.filter((place) => place !== "sessionStorage");
		const dump = await checkEach("after a restart", lasting);
		checkSome(dump, ".ldb", kin);
		const hidden = ALL.filter((place) => !filesWith(bare(dump), texts[place]).length);
		for (const place of HIDDEN) expect(hidden, "found only by laying open").toContain(place);
		expect(filesWith(dump, `Канарейка ${randomBytes(6).toString("hex")}`), "what nobody planted").toEqual([]);
	} finally {
		await new Promise((resolve) => server.close(resolve));
		await rm(profile, { recursive: true, force: true });
	}

	async function checkEach(when: string, places: readonly Place[]): Promise<Kept[]> {
		const dump = await dumpOf(profile);
		for (const place of places) {
			const found = filesWith(dump, texts[place]);
			expect(
				found.some((file) => file.includes(PLACES[place])),
				`${place}, ${when}: ${found.join(", ")}`,
			).toBe(true);
		}
		return dump;
	}

	/** All of these are found in the files of one kind, and some of them only by laying open. */
	function checkSome(dump: readonly Kept[], kind: string, wanted: readonly string[]): void {
		const files = dump.filter(({ file }) => file.endsWith(kind));
		for (const text of wanted) expect(filesWith(files, text), `${text} in ${kind}`).not.toEqual([]);
		const hidden = wanted.filter((text) => !filesWith(bare(files), text).length);
		expect(hidden, `hidden in ${kind}`).not.toEqual([]);
	}

	/** The files as they lie, nothing undone. */
	function bare(dump: readonly Kept[]): Kept[] {
		return dump.map(({ file, layers }) => ({ file, layers: layers.slice(0, 1) }));
	}
});
