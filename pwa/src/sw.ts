/**
 * The service worker: keeps the app itself, so that it starts without network, server or luck.
 *
 * 1. The app's files are kept by content hash under the build's version; nothing else is ever kept. A new version
 *    takes over what it shares with the old one and asks the server only for the rest: a school's line is thin.
 * 2. Nothing under /api is touched: a pupil's data never enters this cache.
 * 3. A part of the app that only some people open (`ui/keeping.ts`) is kept once a page has asked for it, and from then
 *    on in every version.
 * 4. A page that is left may give its key here: kept in memory for half a minute, or until the next page stands with it;
 *    never written.
 * 5. A new version waits until the person says so (message "apply"); the old cache goes when the new one takes over.
 */

declare const PRECACHE: string[];
declare const BUILT_PARTS: Readonly<Record<string, string[]>>;
declare const VERSION: string;
declare const PAGE: string;
declare const self: ServiceWorkerGlobalScope;

const CACHE = `zvonok-${VERSION}`;
const PARTS = BUILT_PARTS;

/** Kept before under the same name: only an asset carries its content's hash in its name, so only that may be reused. */
async function keptBefore(path: string): Promise<Response | undefined> {
	return path.startsWith("/assets/") ? caches.match(path, { ignoreVary: true }) : undefined;
}

/** The page must be this version's: if the server was given the next one meanwhile, its assets would be missing here. */
async function keep(cache: Cache, path: string): Promise<void> {
	const before = await keptBefore(path);
	// "reload": a file of the app must come from the server, not from the browser's own stale cache.
	if (before) await cache.put(path, before);
	else await cache.add(new Request(path, path === "/" ? { cache: "reload", integrity: PAGE } : { cache: "reload" }));
}

/** Under this name a cache notes that it keeps a part. */
const noteOf = (part: string): string => `/kept/${part}`;

/** Parts that the version before has kept. */
async function partsBefore(): Promise<string[]> {
	const noted = await Promise.all(Object.keys(PARTS).map((part) => caches.match(noteOf(part))));
	return Object.keys(PARTS).filter((_, i) => noted[i] !== undefined);
}

async function keepParts(parts: readonly string[]): Promise<void> {
	const cache = await caches.open(CACHE);
	for (const part of parts) {
		await Promise.all((PARTS[part] ?? []).map((path) => keep(cache, path)));
		await cache.put(noteOf(part), new Response());
	}
}

self.addEventListener("install", (event) => {
	// One file missing, and this version is not installed: half an app would not start offline.
	const whole = async (): Promise<void> => {
		const cache = await caches.open(CACHE);
		await Promise.all(PRECACHE.map((path) => keep(cache, path)));
		await keepParts(await partsBefore());
	};
	event.waitUntil(whole());
});

self.addEventListener("activate", (event) => {
	const clean = async (): Promise<void> => {
		const names = await caches.keys();
		const old = names.filter((name) => name.startsWith("zvonok-") && name !== CACHE);
		await Promise.all(old.map((name) => caches.delete(name)));
		await self.clients.claim();
	};
	event.waitUntil(clean());
});

/** What a page that was left gave for the next one. `forget` ends the keeping: a worker at work can't give way. */
let handed: { readonly owner: string; readonly keys: unknown; readonly forget: () => void } | null = null;
const HANDED_MS = 30_000;

function keepFor(owner: string, keys: unknown): Promise<void> {
	handed?.forget();
	return new Promise((resolve) => {
		const forget = (): void => {
			clearTimeout(over);
			handed = null;
			resolve();
		};
		const over = setTimeout(forget, HANDED_MS);
		handed = { owner, keys, forget };
	});
}

self.addEventListener("message", (event) => {
	const { data, ports } = event;
	// Else the browser may end this worker before the next page asks.
	if (data?.say === "keep") event.waitUntil(keepFor(data.owner, data.keys));
	if (data?.say === "want") ports[0]?.postMessage(handed?.owner === data.owner ? handed?.keys : null);
	if (data?.say === "forget") handed?.forget();
});

self.addEventListener("message", (event) => {
	if (event.data === "apply") void self.skipWaiting();
	const parts = event.data?.keep as string[] | undefined;
	// Without network it fails; the page asks again at its next start.
	if (parts !== undefined) event.waitUntil(keepParts(parts).catch(() => undefined));
});

/** The server's own addresses: never answered from here, even when a person opens one in a tab. */
const OF_THE_SERVER = /^\/(api\/|healthz$|metrics$|sw\.js$)/;

/** A deep link is the app's own business: whatever the address, the page is the same. A dot in its last part is a file. */
function asksForTheApp(request: Request, path: string): boolean {
	return request.mode === "navigate" && !path.slice(path.lastIndexOf("/")).includes(".");
}

self.addEventListener("fetch", (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (origin !== self.location.origin || request.method !== "GET" || OF_THE_SERVER.test(pathname)) return;
	const answer = async (): Promise<Response> => {
		const cache = await caches.open(CACHE);
		const kept = await cache.match(asksForTheApp(request, pathname) ? "/" : request, { ignoreVary: true });
		return kept ?? fetch(request);
	};
	event.respondWith(answer());
});
