/** The sections: a rail at the left on a wide screen, a bar at the lower edge on a narrow one (by CSS alone). */

import { For, type JSX, Show } from "solid-js";
import { shell } from "../phrases/shell";
import { path } from "../router";
import { Icon, type IconName } from "./Icon";

export interface Section {
	href: string;
	icon: IconName;
	label: string;
	badge?: number | undefined;
	/** Further paths that belong to the section. */
	also?: readonly string[];
}

function within(section: Section, at: string): boolean {
	return [section.href, ...(section.also ?? [])].some((root) => at === root || at.startsWith(`${root}/`));
}

export function Nav(props: { sections: readonly Section[]; onLock: () => void }): JSX.Element {
	return (
		<nav class="nav no-print" aria-label={shell().nav.label}>
			<For each={props.sections}>
				{(section) => (
					<a href={section.href} aria-current={within(section, path()) ? "page" : undefined}>
						<Icon name={section.icon} />
						<span>{section.label}</span>
						<Show when={section.badge}>
							{(n) => (
								<>
									<b class="badge" aria-hidden="true">
										{n()}
									</b>
									<span class="sr">{shell().nav.attentionCount(n())}</span>
								</>
							)}
						</Show>
					</a>
				)}
			</For>
			<button type="button" aria-label={shell().nav.lockWhy} title={shell().nav.lockWhy} onClick={() => props.onLock()}>
				<Icon name="lock" />
				<span>{shell().nav.lock}</span>
			</button>
		</nav>
	);
}
