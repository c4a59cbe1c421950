/**
 * A part that comes later brings its style along: both are asked for at once, and the part is there when both are. Vite's
 * own helper for this asks for the style first, and is three times as long, for pages that this app is not.
 *
 * The names are Vite's; a Vite that asks for the helper by another one ends the build.
 */

import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

const CODE = `
const asked = {};
const style = (file) => (asked[file] ??= new Promise((done, fail) => {
	const href = "/" + file;
	if (document.querySelector(\`link[href="\${href}"]\`)) return done();
	const link = document.createElement("link");
	link.rel = "stylesheet";
	link.href = href;
	link.onload = done;
	link.onerror = () => {
		link.remove();
		asked[file] = null; // another visit tries again
		fail(Error(href));
	};
	document.head.append(link);
}));
export const __vitePreload = (load, files = []) => Promise.all([load(), ...files.map(style)]).then(([part]) => part);
`;

export function styled(): Plugin {
	let taken = false;
	return {
		name: "zvonok-styled",
		apply: "build",
		enforce: "pre",
		buildStart() {
			taken = false;
		},
		load(id) {
			if (id !== HELPER) return null;
			taken = true;
			return { code: CODE, moduleSideEffects: false };
		},
		generateBundle() {
			if (!taken) this.error("Vite asks for its helper by another name: see build/styled.ts");
		},
	};
}
