/** The page: opens the engine from the tablet's own store, never waiting for the network, and shows the app. */

import { render } from "solid-js/web";
import { createEngine } from "./engine/engine";
import { ofBrowser } from "./engine/surroundings";
import { App, warm } from "./ui/App";
import { createLive } from "./ui/context";
import { startInstall } from "./ui/install/install";
import { startShutting } from "./ui/lock/shutting";
import { bookReady } from "./ui/phrases/book";
import { path, startRouter } from "./ui/router";
import { startTheme } from "./ui/theme";
import { startTyping } from "./ui/typing";
import "./ui/fonts.css";
import "./ui/tokens.css";
import "./ui/shell.css";

const PATIENCE = 10_000; // ms

async function open(): Promise<void> {
	startTheme();
	startInstall();
	const root = document.getElementById("app");
	if (root === null) throw new Error("the page has no place for the app");
	const warmed = warm(path());
	let stands: () => void = () => undefined;
	const shown = new Promise<void>((resolve) => {
		stands = resolve;
	});
	const engine = createEngine({ ...ofBrowser(), shown });
	startTyping(engine);
	let stood: Promise<unknown> = warmed;
	try {
		await Promise.all([engine.start(), bookReady()]);
		startRouter();
		startShutting(engine);
		// A screen stands when its code is here and its records have been read.
		stood = Promise.all([warmed, engine.filled()]);
		void stood.then(stands);
		render(() => <App live={createLive(engine)} shown={shown} />, root);
	} catch (error) {
		const { NoStore } = await import("./ui/NoStore");
		render(() => <NoStore error={error} />, root);
	} finally {
		// After the first screen, and where there is none: a version that does not start must be able to go.
		await Promise.race([stood, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
		setTimeout(() => void import("./ui/Update").then(({ startUpdates }) => startUpdates()));
	}
}

void open();
