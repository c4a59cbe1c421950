/**
 * Typing in an open editor: kept on the tablet's disk as it is typed (`engine/typing`), so that a page may go at any
 * moment. Until it is there the page asks before it goes.
 */

import { createEffect, onCleanup } from "solid-js";
import type { Engine, Entry, Seen } from "../engine/types";
import { useEngine } from "./context";
import { say } from "./parts/toasts";
import { shell } from "./phrases/shell";

/** What an editor would write if it were left now. */
export interface Typed {
	readonly entries: readonly Entry[];
	readonly seen?: Seen | undefined;
}

/** A digit and Enter are quicker: they are written once, as an entry. */
const PAUSE_MS = 100;

/** Has the page ask before it goes. */
export const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/**
 * Keeps what an editor holds while its component lives. `text` is followed: what was typed, null while the editor is
 * closed. `typed` is asked after a pause, away from the key.
 */
export function keepTyping(text: () => string | null, typed: () => Typed): void {
	const engine = useEngine();
	let pause: ReturnType<typeof setTimeout> | undefined;
	let open = false;
	const safe = (): void => removeEventListener("beforeunload", ask);
	const close = (): void => {
		clearTimeout(pause);
		pause = undefined;
		if (open) void engine.keepTyping([]).catch(() => undefined);
		open = false;
		safe();
	};
	createEffect(() => {
		if (text() === null) return close();
		open = true;
		addEventListener("beforeunload", ask);
		clearTimeout(pause);
		const mine = setTimeout(() => {
			const { entries, seen } = typed();
			// Should the disk refuse, the page goes on asking.
			engine.keepTyping(entries, seen).then(
				() => mine === pause && safe(),
				() => undefined,
			);
		}, PAUSE_MS);
		pause = mine;
	});
	onCleanup(close);
}

/** Says what the page before left and this one has written. */
export function startTyping(engine: Engine): void {
	engine.subscribe(({ takenUp, unasked }) => {
		const words = shell().words;
		if (unasked) say(words.unasked);
		if (!takenUp) return;
		say(words.takenUp, { action: { label: words.undo, run: () => void engine.undo() } });
	});
}
