/**
 * A screen whose code comes when it is first shown. Offline it lies in the service worker's cache like everything else.
 *
 * Solid's own `lazy` brings its resources and suspense along, a tenth of the app's weight, for this one use.
 */

import { type Component, createMemo, createSignal, type JSX, untrack } from "solid-js";
import { shell } from "./phrases/shell";

/** A component that is fetched when it is first shown, or before, by `load`, which settles either way. */
export type Late<P extends object> = Component<P> & { readonly load: () => Promise<void> };

/** The component, once it is here; until then `meanwhile`. Throws to the error boundary when it can't be had. */
export function late<P extends object>(
	fetched: () => Promise<{ default: Component<P> }>,
	meanwhile: () => JSX.Element = () => <p class="loading soft">{shell().words.loading}</p>,
): Late<P> {
	const [found, setFound] = createSignal<Component<P> | null>(null);
	const [trouble, setTrouble] = createSignal<unknown>(null);
	let under: Promise<void> | null = null;
	const load = (): Promise<void> => {
		under ??= fetched().then(
			(chunk) => {
				setFound(() => chunk.default);
			},
			(error) => {
				under = null; // another visit tries again
				setTrouble(error);
			},
		);
		return under;
	};
	const shown: Component<P> = (props) => {
		setTrouble(null);
		void load();
		const view = createMemo((): JSX.Element => {
			const failed = trouble();
			if (failed !== null) throw failed;
			const Screen = found();
			if (Screen === null) return meanwhile();
			return untrack(() => <Screen {...props} />);
		});
		return <>{view()}</>;
	};
	return Object.assign(shown, { load });
}
