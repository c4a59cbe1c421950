/**
 * Cuts the fonts down to the characters and the weights that the app writes: the latin part carries the accents of a
 * hundred languages, the cyrillic one the letters of Serbian and Macedonian, and a school's line is thin. What is left
 * out here falls to the system's own font.
 */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import subset from "subset-font";
import type { Plugin } from "vite";

/** As in `ui/fonts.css`. */
const WEIGHTS = { wght: { min: 400, max: 700 } };

const ASCII = String.fromCodePoint(...Array.from({ length: 0x7f - 0x20 }, (_, i) => 0x20 + i));
const RUSSIAN = String.fromCodePoint(...Array.from({ length: 64 }, (_, i) => 0x410 + i));

/** Characters by part: beside printable ASCII the signs of Russian and English texts; of other Cyrillic, names of neighbours. */
const PARTS: Readonly<Record<string, string>> = {
	latin: `${ASCII}\u00a0§«»°²³·×éèüöä\u2009\u202f–—‘’“”„•…′″€↑↓−`,
	cyrillic: `${RUSSIAN}ЁёІіЇїЄєҐґЎў№\u0301`,
};

/** Kerning, figures of one width, and marks over letters. No screen sets lines downwards or lists the axes. */
const KEPT = {
	keepFeatures: ["kern", "tnum", "ccmp", "locl", "mark", "mkmk"],
	dropTables: ["STAT", "vhea", "vmtx"],
	noHinting: true,
};

/** Makes the smaller files before the build and puts them in the place of the whole ones. */
export function fonts(): Plugin {
	return {
		name: "zvonok-fonts",
		enforce: "pre",
		async config({ root = process.cwd() }) {
			const { resolve: found } = createRequire(join(resolve(root), "package.json"));
			const alias: Record<string, string> = {};
			for (const [part, characters] of Object.entries(PARTS)) {
				const whole = `@fontsource-variable/golos-text/files/golos-text-${part}-wght-normal.woff2`;
				const cut = resolve(root, `node_modules/.cache/golos-text-${part}.woff2`);
				const options = { targetFormat: "woff2", variationAxes: WEIGHTS, ...KEPT } as const;
				await mkdir(dirname(cut), { recursive: true });
				await writeFile(cut, await subset(await readFile(found(whole)), characters, options));
				alias[whole] = cut;
			}
			return { resolve: { alias } };
		},
	};
}
