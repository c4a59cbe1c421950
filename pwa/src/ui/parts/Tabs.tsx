/** Tabs that are links: each view of a screen has its own address. */

import { For, type JSX } from "solid-js";

export interface Tab {
	href: string;
	label: string;
	badge?: number | undefined;
}

export function Tabs(props: { label: string; tabs: readonly Tab[]; current: string }): JSX.Element {
	return (
		<nav class="tabs no-print" aria-label={props.label}>
			<For each={props.tabs}>
				{(tab) => (
					<a href={tab.href} data-replace="" aria-current={tab.href === props.current ? "page" : undefined}>
						{tab.label}
						{tab.badge ? <b class="badge">{tab.badge}</b> : null}
					</a>
				)}
			</For>
		</nav>
	);
}
