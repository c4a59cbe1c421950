/**
 * Cuts the font down to the characters that the app writes: the latin part carries the accents of a hundred languages,
 * and a school's line is thin. What is left out here falls to the system's own font.
 */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import subset from "subset-font";
import type { Plugin } from "vite";

const LATIN = "@fontsource-variable/golos-text/files/golos-text-latin-wght-normal.woff2";
const CUT = "node_modules/.cache/golos-text-latin.woff2";

/** Printable ASCII, and the signs of Russian and English texts: spaces, quotes, dashes, arrows, §, №, ×, ½ and the like. */
const BEYOND_ASCII = "\u00a0§«»°±²³·¼½¾×÷éèüöä\u2009\u202f–—‘’“”„•…′″€↑↓−";

function characters(): string {
	const ascii = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCodePoint(0x20 + i));
	return ascii.join("") + BEYOND_ASCII;
}

/** Makes the smaller file before the build and puts it in the place of the whole one. */
export function fonts(): Plugin {
	return {
		name: "zvonok-fonts",
		enforce: "pre",
		async config({ root = process.cwd() }) {
			const whole = createRequire(join(resolve(root), "package.json")).resolve(LATIN);
			const cut = resolve(root, CUT);
			await mkdir(dirname(cut), { recursive: true });
			await writeFile(cut, await subset(await readFile(whole), characters(), { targetFormat: "woff2" }));
			return { resolve: { alias: { [LATIN]: cut } } };
		},
	};
}
