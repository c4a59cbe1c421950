/** A form's draft: it outlives the lock, a reload, and another page; what was sent off or given up is gone. */

import { type Accessor, createSignal } from "solid-js";
import type { DraftName } from "../engine/types";
import { useEngine } from "./context";
import { ask } from "./typing";
import { track } from "./writing";

/**
 * The draft, and the way to change it; `blank` again where it was sent off or given up. `isWorth`: is there anything
 * in it that somebody would miss?
 */
export function createDraft<T extends object>(
	form: DraftName,
	blank: () => T,
	isWorth: (draft: T) => boolean,
): [draft: Accessor<T>, put: (draft: T) => void] {
	const engine = useEngine();
	const [draft, setDraft] = createSignal(blank());
	let touched = false;
	let next: T | null = null;
	let running = false;
	const run = async (): Promise<void> => {
		running = true;
		try {
			const drafts = await engine.drafts();
			while (next) {
				const one: T = next;
				next = null;
				await drafts.keep(form, isWorth(one) ? one : undefined);
			}
		} finally {
			running = false;
		}
	};
	const put = (made: T): void => {
		touched = true;
		setDraft(() => made);
		next = made;
		if (running) return;
		addEventListener("beforeunload", ask);
		// Should the disk refuse, the page goes on asking.
		track(run()).then(
			() => removeEventListener("beforeunload", ask),
			() => undefined,
		);
	};
	const read = async (): Promise<void> => {
		const found = await (await engine.drafts()).read(form);
		if (found && !touched) setDraft(() => ({ ...blank(), ...found }));
	};
	void read().catch(() => undefined); // locked meanwhile: it is read again after that
	return [draft, put];
}
