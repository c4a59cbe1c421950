/** A list whose cards live as long as their names: what comes anew for a name changes its card, with what is typed in it. */

import { type Accessor, createMemo, For, type JSX } from "solid-js";

export function ByName<T>(props: {
	each: ReadonlyMap<string, T>;
	/** `item`: as it was last, while its card goes; what is being typed there is written from that. */
	children: (item: Accessor<T>, name: string) => JSX.Element;
}): JSX.Element {
	return (
		<For each={[...props.each.keys()]}>
			{(name) => {
				const item = createMemo((last: T) => props.each.get(name) ?? last, props.each.get(name) as T);
				return props.children(item, name);
			}}
		</For>
	);
}
