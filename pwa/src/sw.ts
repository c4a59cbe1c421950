/**
 * The service worker: keeps the app itself, so that it starts without network, server or luck.
 *
 * 1. The app's files are kept by content hash under the build's version; nothing else is ever kept.
 * 2. Nothing under /api is touched: a pupil's data never enters this cache.
 * 3. A new version waits until the person says so (message "apply"); the old cache goes when the new one takes over.
 */

declare const PRECACHE: string[];
declare const VERSION: string;
declare const self: ServiceWorkerGlobalScope;

const CACHE = `zvonok-${VERSION}`;

self.addEventListener("install", (event) => {
	// "reload": a file of the app must come from the server, not from the browser's own stale cache.
	const wanted = PRECACHE.map((path) => new Request(path, { cache: "reload" }));
	event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)));
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

self.addEventListener("message", (event) => {
	if (event.data === "apply") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
	const url = new URL(event.request.url);
	const ours = url.origin === self.location.origin && event.request.method === "GET";
	if (!ours || url.pathname.startsWith("/api/") || url.pathname === "/sw.js") return;
	// A deep link is the app's own business: whatever the address, the page is the same.
	const wanted = event.request.mode === "navigate" ? "/" : event.request;
	event.respondWith(
		caches
			.open(CACHE)
			.then((cache) => cache.match(wanted, { ignoreVary: true }))
			.then((kept) => kept ?? fetch(event.request)),
	);
});
