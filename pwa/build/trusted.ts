/**
 * Lets Solid make its templates under Trusted Types: the one place where it writes markup asks the policy of
 * `src/trusted.ts`. A Solid that writes it otherwise ends the build, before a browser shows an empty page.
 */

import { resolve } from "node:path";
import type { Plugin } from "vite";

const WRITES = "t.innerHTML = html;";

export function trusted(): Plugin {
	let policy = "";
	let found = false;
	return {
		name: "zvonok-trusted",
		apply: "build",
		configResolved({ root }) {
			policy = resolve(root, "src/trusted.ts");
		},
		buildStart() {
			found = false;
		},
		transform(code, id) {
			if (!/\/solid-js\/web\/dist\/web\.js$/.test(id.split("?")[0] ?? "")) return null;
			if (code.split(WRITES).length !== 2) this.error(`solid-js/web does not write its templates by "${WRITES}"`);
			found = true;
			const asked = code.replace(WRITES, "t.innerHTML = templateHTML(html);");
			return { code: `import { templateHTML } from ${JSON.stringify(policy)};\n${asked}`, map: null };
		},
		buildEnd(error) {
			if (!error && !found) this.error("solid-js/web was not among the modules");
		},
	};
}
