import { defineConfig } from "vite";
import solid from "vite-plugin-solid";
import { fonts } from "./build/fonts.ts";
import { precache } from "./build/precache.ts";
import { rooms } from "./build/rooms.ts";
import { styled } from "./build/styled.ts";
import { trusted } from "./build/trusted.ts";

// No inline script and no polyfill that writes one: the server's Content-Security-Policy allows none.
export default defineConfig({
	plugins: [fonts(), styled(), trusted(), solid(), precache()],
	build: {
		// Chrome 90 knows optional chaining as well, but for a bug in a corner of it, for which it would all be written out.
		target: ["chrome91", "safari15"],
		outDir: "dist",
		assetsInlineLimit: 0,
		modulePreload: {
			polyfill: false,
			// With rooms a late file waits for few others: to name them all beforehand costs each teacher a kilobyte.
			resolveDependencies: (_, files, { hostType }) =>
				files.filter((name) => hostType === "html" || name.endsWith(".css")),
		},
		reportCompressedSize: false,
		rolldownOptions: {
			checks: { pluginTimings: false },
			output: { codeSplitting: { groups: rooms } },
		},
	},
});
