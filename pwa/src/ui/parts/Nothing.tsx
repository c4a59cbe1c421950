/** What a page says of its own that is not there: that there is nothing of it, or that it has not come yet. */

import { createMemo, type JSX, Match, Switch } from "solid-js";
import { useLive } from "../context";
import { shell } from "../phrases/shell";
import { EmptyState, type Said } from "./EmptyState";

/**
 * That there is nothing of it: said once all that lies here has been read and `of`, the scopes it is read from, are here,
 * or the server has given all it gives. What else the tablet waits for is no matter of this page.
 */
export function Nothing(props: Said & { of?: readonly string[] }): JSX.Element {
	const { engine, status, watch } = useLive();
	const lacks = (scopes: readonly string[]): boolean =>
		scopes.filter((scope) => {
			watch(scope);
			return !engine.complete(scope);
		}).length > 0;
	const why = createMemo(() => {
		const { reachable, loading } = status();
		if (lacks(engine.scopes())) return "loading";
		if (!lacks(props.of ?? ["school"]) || (reachable && !loading)) return "";
		return reachable === false ? "away" : "loading";
	});
	return (
		<Switch fallback={<EmptyState {...props} />}>
			<Match when={why() === "loading"}>
				<EmptyState icon={props.icon} title={shell().words.loading} />
			</Match>
			<Match when={why() === "away"}>
				<EmptyState icon="tablet" title={shell().words.notHere} text={shell().words.notHereText} />
			</Match>
		</Switch>
	);
}
