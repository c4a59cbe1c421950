import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

// Screens run in happy-dom; the engine and the rules run without one, as they must.
export default defineConfig({
	test: {
		projects: [
			{
				plugins: [solid()],
				test: {
					name: "screens",
					environment: "happy-dom",
					include: ["test/ui/**/*.test.{ts,tsx}"],
					testTimeout: 60_000,
				},
			},
			{
				test: {
					name: "engine",
					environment: "node",
					include: ["test/{engine,rules,server}/**/*.test.ts"],
					testTimeout: 60_000,
					hookTimeout: 120_000,
				},
			},
		],
	},
});
