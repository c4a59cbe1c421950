/** What a screen says when it has nothing to show, and what to do next. */

import { type JSX, Show } from "solid-js";
import { Icon, type IconName } from "./Icon";

export interface Said {
	icon: IconName;
	title: string;
	text?: string | undefined;
	children?: JSX.Element;
}

export function EmptyState(props: Said): JSX.Element {
	return (
		<div class="empty">
			<Icon name={props.icon} size={36} />
			<h2>{props.title}</h2>
			<Show when={props.text}>
				<p class="soft">{props.text}</p>
			</Show>
			{props.children}
		</div>
	);
}
