/**
 * Builds the service worker, and tells it what to keep: the files of the app, by content hash. What only some people
 * open (the office, a class teacher's class, the diary, English) are parts of their own, kept on the devices of those who do.
 *
 * The list and its version come from the bundle itself, so a build that changed nothing gives the same worker, and a
 * tablet sees no update.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build, type Plugin, type ResolvedConfig, type Rolldown } from "vite";

/** Left to the network: what only the system asks for, once, when the app is put on the home screen. */
const NOT_KEPT = /^(icons\/.*\.png|manifest\.webmanifest)$|\.map$/;

/** Parts by the modules that open them. Their names are what `ui/keeping.ts` asks for. */
const PARTS: Readonly<Record<string, RegExp>> = {
	office: /\/ui\/office\/Office\.tsx$/,
	admin: /\/ui\/admin\/Admin\.tsx$/,
	class: /\/ui\/tutor\/Tutor\.tsx$/,
	diary: /\/ui\/diary\/Diary\.tsx$/,
	english: /\/phrases\/(en\/[a-z]+|english)\.ts$/,
};

/** Files by part: what its modules bring along, at once or later, and nothing else of the app does. */
function partsOf(bundle: Rolldown.OutputBundle): Map<string, string[]> {
	const chunks = Object.values(bundle).filter((made) => made.type === "chunk");
	const partOf = ({ moduleIds }: Rolldown.OutputChunk): string | undefined =>
		Object.keys(PARTS).find((name) => moduleIds.some((id) => PARTS[name]?.test(id)));
	const reach = (from: Rolldown.OutputChunk[]): Set<string> => {
		const files = new Set<string>();
		const add = (chunk: Rolldown.OutputChunk): void => {
			if (files.has(chunk.fileName)) return;
			files.add(chunk.fileName);
			for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
			for (const other of chunks) {
				const late = chunk.dynamicImports.includes(other.fileName) && !partOf(other);
				if (late || chunk.imports.includes(other.fileName)) add(other);
			}
		};
		for (const chunk of from) add(chunk);
		return files;
	};
	const common = reach(chunks.filter((chunk) => chunk.isEntry));
	const own = (name: string): string[] =>
		[...reach(chunks.filter((chunk) => partOf(chunk) === name))].filter((file) => !common.has(file)).sort();
	return new Map(Object.keys(PARTS).map((name) => [name, own(name)]));
}

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
		async writeBundle(_, bundle) {
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
			const parts = partsOf(bundle);
			const apart = new Set([...parts.values()].flat());
			const paths = kept.filter((file) => !apart.has(file)).map((file) => (file === "index.html" ? "/" : `/${file}`));
			const asked = [...parts].map(([name, files]) => [name, files.map((file) => `/${file}`)]);
			await build({
				configFile: false,
				root: config.root,
				logLevel: "warn",
				publicDir: false,
				define: {
					PRECACHE: JSON.stringify(paths),
					BUILT_PARTS: JSON.stringify(Object.fromEntries(asked)),
					VERSION: JSON.stringify(version),
					PAGE: JSON.stringify(`sha256-${page}`),
				},
				build: {
					outDir: config.build.outDir,
					emptyOutDir: false,
					reportCompressedSize: false,
					target: ["chrome91", "safari15"],
					lib: { entry: "src/sw.ts", formats: ["es"], fileName: () => "sw.js" },
				},
			});
		},
	};
}
