/** What was done to the lock of a term or a year, the latest first: when, by whom, and with which reason. */

import { For, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Icon } from "../parts/Icon";
import { admin } from "../phrases/admin";
import { momentText } from "../phrases/format";
import { usePeople } from "../reading/names";

/** Each change as the server keeps it: moment (UTC ms), state, person, reason. */
export function Changes(props: {
	label: string;
	changes: readonly unknown[] | null;
	opens: (state: unknown) => boolean;
	words: (state: unknown, when: string, who: string) => string;
}): JSX.Element {
	const { today } = useLive();
	const people = usePeople();
	const changes = (): readonly unknown[][] => [...((props.changes ?? []) as readonly unknown[][])].reverse();
	return (
		<Show when={changes().length > 0}>
			<ul class="changes" aria-label={props.label}>
				<For each={changes()}>
					{([moment, state, person, reason]) => (
						<li>
							<Icon name={props.opens(state) ? "unlock" : "lock"} size={16} />
							<span>
								{props.words(state, momentText(Number(moment), today()), people.full(String(person)))}
								<Show when={typeof reason === "string" && reason !== ""}>
									{" "}
									<span class="soft">{admin().because(String(reason))}</span>
								</Show>
							</span>
						</li>
					)}
				</For>
			</ul>
		</Show>
	);
}
