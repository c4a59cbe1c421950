/** The pill "as of 17:00 today": up to which moment the diary on this device is complete. */

import { createMemo, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Pill } from "../parts/Pill";
import { StatusPill } from "../parts/StatusPill";
import { diary } from "../phrases/diary";
import { clockText, dayOf, momentText } from "../phrases/format";

export function AsOf(props: {
	scopes: readonly string[];
	/** The diary is published once a day: what was entered since is not in it, however fresh the copy. */
	daily: boolean;
}): JSX.Element {
	const live = useLive();
	const moment = createMemo(() => {
		const { published } = live.status(); // a sync that brought nothing still moves the moment
		let earliest: number | null = null;
		for (const scope of props.scopes) {
			if (scope === "") continue;
			live.watch(scope);
			const at = live.engine.asOf(scope);
			if (at === null) return null;
			earliest = earliest === null ? at : Math.min(earliest, at);
		}
		return earliest !== null && props.daily && published !== null ? Math.min(earliest, published) : earliest;
	});
	const words = (at: number): string =>
		dayOf(at) === live.today() ? diary().asOfToday(clockText(at)) : diary().asOf(momentText(at));
	const offline = (): boolean => live.status().reachable === false;
	return (
		<Show when={!live.status().signedOut && moment()} fallback={<StatusPill />}>
			{(at) => (
				<span role="status">
					<Pill tone={offline() ? "wait" : "info"}>{offline() ? diary().asOfOffline(words(at())) : words(at())}</Pill>
				</span>
			)}
		</Show>
	);
}
