/** What the screens do for the lock: commit the open editor before it, leave nothing in memory after it, Ctrl+Shift+L. */

import type { Engine } from "../../engine/types";
import { hushAll } from "../parts/toasts";
import { commitOpenEditor } from "../router";
import { takeAllOff } from "../unkept";
import { writesEnded } from "../writing";

/** Follows the engine; returns the way to stop. */
export function startShutting(engine: Engine): () => void {
	engine.beforeLock(async () => {
		commitOpenEditor();
		await writesEnded();
	});
	const quiet = engine.subscribe((change) => {
		if (!change.session || engine.session !== null) return;
		hushAll();
		takeAllOff();
	});
	const press = (event: KeyboardEvent): void => {
		const chord = (event.ctrlKey || event.metaKey) && event.shiftKey && event.code === "KeyL";
		if (!chord || engine.session === null) return;
		event.preventDefault();
		void engine.lock();
	};
	document.addEventListener("keydown", press);
	return () => {
		quiet();
		document.removeEventListener("keydown", press);
	};
}
