/**
 * Surroundings: everything the engine takes from outside (network, clock, store, cryptography, tabs), in one record,
 * so that it runs in a browser and, with others put in, in Node. What a browser lacks is null and is said in the status.
 */

import { type Storage, storageOfBrowser } from "./storage";
import { type Keepsakes, keepsakesOfBrowser } from "./tally";

/** What the engine hears of the world; each wakes the sync. */
export type Signal = "online" | "offline" | "visible" | "focus";

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
	/** Argon2id (19 MiB, two passes, 32 bytes); null where this browser can't. */
	argon2id(secret: string, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null>;
	/** Calls `heard` when the person does something, and when the page is hidden, shown or left. */
	watch(heard: (presence: Presence) => void): () => void;
	/** The service worker, which keeps the key for a moment while the page is loaded anew; null: none is there. */
	keeper(): Pick<ServiceWorker, "postMessage"> | null;
	/** How the admin's list may call this tablet. */
	readonly name: string;
	/** Settles when the first screen stands: what it can do without is fetched after. Not said: it stands. */
	readonly shown?: Promise<void>;
}

/** What the lock hears of the person. */
export type Presence = "busy" | "hidden" | "shown" | "left";

/** The browser's own. */
export function ofBrowser(): Surroundings {
	const { navigator } = globalThis;
	// Of a page that was loaded past its cache, or before the worker stood, it is not the controller.
	let registered: ServiceWorkerRegistration | null = null;
	void navigator.serviceWorker?.ready.then((found) => {
		registered = found;
	});
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
			globalThis.addEventListener("offline", () => heard("offline"), { signal }); // what it says is asked, not believed
			globalThis.addEventListener("focus", () => heard("focus"), { signal });
			document.addEventListener("visibilitychange", () => !document.hidden && heard("visible"), { signal });
			return () => ends.abort();
		},
		storage: storageOfBrowser(navigator.storage),
		keepsakes: keepsakesOfBrowser(),
		argon2id,
		watch(heard) {
			const ends = new AbortController();
			const { signal } = ends;
			const options = { signal, capture: true, passive: true };
			for (const doing of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"])
				document.addEventListener(doing, () => heard("busy"), options);
			document.addEventListener("visibilitychange", () => heard(document.hidden ? "hidden" : "shown"), { signal });
			globalThis.addEventListener("pageshow", (event) => event.persisted && heard("shown"), { signal });
			globalThis.addEventListener("pagehide", () => heard("left"), { signal });
			return () => ends.abort();
		},
		keeper: () => navigator.serviceWorker?.controller ?? registered?.active ?? null,
		name: deviceName(navigator.userAgent),
	};
}

const PATIENCE = 20_000; // ms: a tablet that needs longer has run out of memory

function argon2id(secret: string, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
	return new Promise((resolve) => {
		// Made for one answer: its memory goes with it.
		const worker = new Worker(new URL("./argon2-worker.ts", import.meta.url), { type: "module" });
		const done = (bytes: Uint8Array<ArrayBuffer> | null) => {
			clearTimeout(timer);
			worker.terminate();
			resolve(bytes);
		};
		const timer = setTimeout(() => done(null), PATIENCE);
		worker.onmessage = (event) => done(event.data);
		worker.onerror = () => done(null);
		worker.postMessage({ secret, salt });
	});
}

/** "iPad · Safari", "Android · Chrome": enough for an admin to tell tablets apart, no more. */
function deviceName(agent: string): string {
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
