/** A list of people to leave some out of: everyone has a tick box as high as a finger. */

import { For, type JSX, Show } from "solid-js";

export interface Pick {
	readonly id: string;
	readonly name: string;
	/** Why one might leave this one out. */
	readonly note?: string;
	/** At the right: a mean. */
	readonly detail?: string;
	/** What this one would get. */
	readonly value?: string;
}

export function Picks(props: {
	label: string;
	picks: readonly Pick[];
	out: ReadonlySet<string>;
	onChange: (out: ReadonlySet<string>) => void;
}): JSX.Element {
	const turn = (id: string): void => {
		const now = new Set(props.out);
		if (!now.delete(id)) now.add(id);
		props.onChange(now);
	};
	return (
		<ul class="picks" aria-label={props.label}>
			<For each={props.picks}>
				{(pick) => (
					<li>
						<label class="pick">
							<input type="checkbox" checked={!props.out.has(pick.id)} onChange={() => turn(pick.id)} />
							<span class="who">
								{pick.name}
								<Show when={pick.note}>{(note) => <small class="pick-note">{note()}</small>}</Show>
							</span>
							<Show when={pick.detail}>{(detail) => <small>{detail()}</small>}</Show>
							<Show when={pick.value}>{(value) => <b>{value()}</b>}</Show>
						</label>
					</li>
				)}
			</For>
		</ul>
	);
}
