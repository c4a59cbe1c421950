/** Painted: what a first sight can do without is fetched and reckoned once that sight is on the glass. */

import { type Accessor, createSignal, onMount } from "solid-js";

/** False until the frame after this owner stands, and after `first`. */
export function createPainted(first: Promise<unknown> = Promise.resolve()): Accessor<boolean> {
	const [painted, setPainted] = createSignal(false);
	onMount(() => void first.then(() => requestAnimationFrame(() => setTimeout(() => setPainted(true)))));
	return painted;
}
