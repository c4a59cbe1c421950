/**
 * Lets the app run under Trusted Types by the policy of `src/trusted.ts`. Solid asks it at the one place where it writes
 * markup; a Solid that writes it otherwise ends the build, before a browser shows an empty page. Workers ask it too: what
 * Vite knows as one can't name the policy itself.
 */

import { resolve } from "node:path";
import type { Plugin } from "vite";

const WRITES = "t.innerHTML = html;";
const STARTS = /new Worker\((new URL\([^()]*\))/g;

export function trusted(): Plugin {
	let policy = "";
	let found = false;
	const asking = (name: string, code: string) => ({
		code: `import { ${name} } from ${JSON.stringify(policy)};\n${code}`,
		map: null,
	});
	return {
		name: "zvonok-trusted",
		apply: "build",
		enforce: "post", // after Vite has put the workers' files in the place of their sources
		configResolved({ root }) {
			policy = resolve(root, "src/trusted.ts");
		},
		buildStart() {
			found = false;
		},
		transform(code, id) {
			if (!/\/solid-js\/web\/dist\/web\.js$/.test(id.split("?")[0] ?? "")) {
				const started = code.replace(STARTS, "new Worker(workerURL($1)");
				return started === code ? null : asking("workerURL", started);
			}
			if (code.split(WRITES).length !== 2) this.error(`solid-js/web does not write its templates by "${WRITES}"`);
			found = true;
			return asking("templateHTML", code.replace(WRITES, "t.innerHTML = templateHTML(html);"));
		},
		buildEnd(error) {
			if (!error && !found) this.error("solid-js/web was not among the modules");
		},
	};
}
