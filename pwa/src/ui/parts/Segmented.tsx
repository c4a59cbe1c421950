/** A few choices side by side, one of them taken: radio buttons that look like one bar. */

import { createUniqueId, For, type JSX } from "solid-js";

export interface Choice<T extends string> {
	value: T;
	label: string;
	/** Where there is little room. */
	short?: string;
}

export function Segmented<T extends string>(props: {
	label: string;
	choices: readonly Choice<T>[];
	value: T;
	onChoose: (value: T) => void;
}): JSX.Element {
	const name = createUniqueId();
	return (
		<div class="seg" role="radiogroup" aria-label={props.label}>
			<For each={props.choices}>
				{(choice) => (
					<label class={choice.value === props.value ? "on" : ""}>
						<input
							type="radio"
							name={name}
							value={choice.value}
							checked={choice.value === props.value}
							onChange={() => props.onChoose(choice.value)}
						/>
						<span>{choice.label}</span>
						{choice.short && <span class="short">{choice.short}</span>}
					</label>
				)}
			</For>
		</div>
	);
}
