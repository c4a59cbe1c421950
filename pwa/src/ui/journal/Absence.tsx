/** Why a journal can't be shown, in words, when it can't: not here yet, still loading, no lessons, no pupils. */

import { type JSX, Match, Switch } from "solid-js";
import { useStatus } from "../context";
import { EmptyState } from "../parts/EmptyState";
import { journal as words } from "../phrases/journal";
import type { JournalModel } from "./model";

/** Pupils are known: there is something to show, even while the rest arrives. */
export function isReadable(model: JournalModel): boolean {
	return model.roster().length > 0;
}

export function Absence(props: { model: JournalModel; columns: number; children: JSX.Element }): JSX.Element {
	const status = useStatus();
	return (
		<Switch fallback={props.children}>
			<Match when={!isReadable(props.model) && props.model.complete()}>
				<EmptyState icon="class" title={words().noPupils} />
			</Match>
			<Match when={!isReadable(props.model) && status().reachable === false}>
				<EmptyState icon="tablet" title={words().notHere} text={words().notHereText} />
			</Match>
			<Match when={!isReadable(props.model)}>
				<p class="soft">{words().loading}</p>
			</Match>
			<Match when={props.columns === 0}>
				<EmptyState icon="today" title={words().none} text={words().noneText} />
			</Match>
		</Switch>
	);
}
