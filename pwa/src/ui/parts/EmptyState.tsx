/** What a screen says when it has nothing to show, and what to do next. */

import { type JSX, Show } from "solid-js";
import { useStatus } from "../context";
import { shell } from "../phrases/shell";
import { Icon, type IconName } from "./Icon";

interface Said {
	icon: IconName;
	title: string;
	text?: string | undefined;
	children?: JSX.Element;
}

/** That there is nothing of it: said once all that this tablet holds has been read and the rest has come, not before. */
export function Nothing(props: Said): JSX.Element {
	const status = useStatus();
	return (
		<Show when={!status().loading} fallback={<EmptyState icon={props.icon} title={shell().words.loading} />}>
			<EmptyState {...props} />
		</Show>
	);
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
