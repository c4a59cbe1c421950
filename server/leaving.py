"""The leaving worker: the way out of a bad version of the app that sits in the tablets' caches.

While the data folder holds a file called `safe-app`, `/sw.js` answers this worker. Every browser asks for `/sw.js`
anew when the app is opened, even if the app itself no longer starts. The worker takes the place of the bad one at once,
throws the kept files of the app away, unregisters itself and loads the open pages from the server.

Holds always:
1. It touches no store: entries that have not been sent stay where they are.
2. A page that is loaded again and registers it again is left alone: no page loads in a circle.
"""

from pathlib import Path

SWITCH = "safe-app"

WORKER = b"""self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
	const leave = async () => {
		const kept = (await caches.keys()).filter((name) => name.startsWith("zvonok-"));
		await Promise.all(kept.map((name) => caches.delete(name)));
		await self.registration.unregister();
		const pages = kept.length ? await self.clients.matchAll({ type: "window" }) : [];
		for (const page of pages) await page.navigate(page.url).catch(() => undefined);
	};
	event.waitUntil(leave());
});
"""


def is_on(data: Path) -> bool:
    """Has the admin switched it on? Looked at for each request of `/sw.js`, so nothing has to be restarted."""
    return (data / SWITCH).exists()
