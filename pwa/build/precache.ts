/**
 * Builds the service worker, and tells it what to keep: every file of the app, by content hash.
 *
 * The list and its version come from the bundle itself, so a build that changed nothing gives the same worker, and a
 * tablet sees no update.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build, type Plugin, type ResolvedConfig } from "vite";

/** Left to the network: what only the system asks for, once, when the app is put on the home screen. */
const NOT_KEPT = /^(icons\/.*\.png|manifest\.webmanifest)$|\.map$/;

function filesOf(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((found) => found.isFile())
		.map((found) => relative(folder, join(found.parentPath, found.name)).replaceAll("\\", "/"));
}

/** Emits `sw.js` beside the app after the app itself has been written. */
export function precache(): Plugin {
	let config: ResolvedConfig;
	return {
		name: "zvonok-precache",
		apply: "build",
		configResolved(resolved) {
			config = resolved;
		},
		async writeBundle() {
			const folder = resolve(config.root, config.build.outDir);
			const kept = filesOf(folder)
				.filter((file) => file !== "sw.js" && !NOT_KEPT.test(file))
				.sort();
			const hash = createHash("sha256");
			for (const file of kept) hash.update(file).update(readFileSync(join(folder, file)));
			hash.update(readFileSync(join(config.root, "src/sw.ts")));
			const version = hash.digest("hex").slice(0, 12);
			const page = createHash("sha256")
				.update(readFileSync(join(folder, "index.html")))
				.digest("base64");
			const paths = kept.map((file) => (file === "index.html" ? "/" : `/${file}`));
			await build({
				configFile: false,
				root: config.root,
				logLevel: "warn",
				publicDir: false,
				define: {
					PRECACHE: JSON.stringify(paths),
					VERSION: JSON.stringify(version),
					PAGE: JSON.stringify(`sha256-${page}`),
				},
				build: {
					outDir: config.build.outDir,
					emptyOutDir: false,
					reportCompressedSize: false,
					target: ["chrome90", "safari15"],
					lib: { entry: "src/sw.ts", formats: ["es"], fileName: () => "sw.js" },
				},
			});
		},
	};
}
