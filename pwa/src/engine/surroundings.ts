/**
 * Surroundings: everything the engine takes from outside (network, clock, store, cryptography, tabs), in one record,
 * so that it runs in a browser and, with others put in, in Node. What a browser lacks is null and is said in the status.
 */

import { type Storage, storageOfBrowser } from "./storage";
import { type Keepsakes, keepsakesOfBrowser } from "./tally";

/** What the engine hears of the world; each wakes the sync. */
export type Signal = "online" | "visible" | "focus";

export interface Surroundings {
	/** Prefix of every address: "" in the browser, "http://127.0.0.1:8123" in a test. */
	readonly base: string;
	readonly fetch: typeof fetch;
	readonly WebSocket: (new (address: string) => WebSocket) | null;
	readonly indexedDB: IDBFactory;
	/** null where the page is not secure: then nothing can be sealed, so nothing is stored. */
	readonly crypto: Crypto | null;
	readonly locks: Pick<LockManager, "request"> | null;
	readonly BroadcastChannel: (new (name: string) => BroadcastChannel) | null;
	/** The wall clock, UTC ms; it may jump. */
	now(): number;
	/** Milliseconds that only ever grow. */
	ticks(): number;
	/** 0 <= random < 1, for jitter only. */
	random(): number;
	later(work: () => void, ms: number): () => void;
	/** Calls `heard` at each signal; answers how to stop. */
	listen(heard: (signal: Signal) => void): () => void;
	readonly storage: Storage;
	readonly keepsakes: Keepsakes;
	/** How the admin's list may call this tablet. */
	readonly name: string;
}

/** The browser's own. */
export function ofBrowser(): Surroundings {
	const { navigator } = globalThis;
	const subtle = globalThis.crypto?.subtle;
	return {
		base: "",
		fetch: (input, init) => globalThis.fetch(input, init),
		WebSocket: globalThis.WebSocket ?? null,
		indexedDB: globalThis.indexedDB,
		crypto: subtle ? globalThis.crypto : null,
		locks: navigator.locks ?? null,
		BroadcastChannel: globalThis.BroadcastChannel ?? null,
		now: () => Date.now(),
		ticks: () => performance.now(),
		random: () => Math.random(),
		later(work, ms) {
			const timer = setTimeout(work, ms);
			return () => clearTimeout(timer);
		},
		listen(heard) {
			const ends = new AbortController();
			const { signal } = ends;
			globalThis.addEventListener("online", () => heard("online"), { signal });
			globalThis.addEventListener("focus", () => heard("focus"), { signal });
			document.addEventListener("visibilitychange", () => !document.hidden && heard("visible"), { signal });
			return () => ends.abort();
		},
		storage: storageOfBrowser(navigator.storage),
		keepsakes: keepsakesOfBrowser(),
		name: deviceName(navigator.userAgent),
	};
}

/** "iPad · Safari", "Android · Chrome": enough for an admin to tell tablets apart, no more. */
export function deviceName(agent: string): string {
	const first = (names: readonly (readonly [RegExp, string])[]) => names.find(([mark]) => mark.test(agent))?.[1];
	const machine = first([
		[/iPad/, "iPad"],
		[/iPhone/, "iPhone"],
		[/Android/, "Android"],
		[/CrOS/, "Chromebook"],
		[/Windows/, "Windows"],
		[/Macintosh/, "Mac"],
		[/Linux/, "Linux"],
	]);
	const browser = first([
		[/YaBrowser/, "Yandex"],
		[/Edg\//, "Edge"],
		[/Firefox|FxiOS/, "Firefox"],
		[/Chrome|CriOS/, "Chrome"],
		[/Safari/, "Safari"],
	]);
	return [machine, browser].filter(Boolean).join(" · ");
}
