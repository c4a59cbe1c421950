/** Why a journal can't be shown, in words, when it can't: not here yet or any more, no lessons, no pupils. */

import { type Accessor, createMemo, type JSX, Match, Switch } from "solid-js";
import { useLive, useSession, useStatus, useToday } from "../context";
import { EmptyState } from "../parts/EmptyState";
import { journal as words } from "../phrases/journal";
import { shell } from "../phrases/shell";
import { useMyClasses, useMyJournals } from "../reading/mine";
import { isHead } from "../sections";
import type { JournalModel } from "./model";

/** Pupils are known: there is something to show, even while the rest arrives. */
export function isReadable(model: JournalModel): boolean {
	return model.roster().length > 0;
}

/** The server is in reach and does not send the journal: this person may not hold it (any more). */
export function useWithheld(model: JournalModel): Accessor<boolean> {
	const live = useLive();
	const session = useSession();
	const today = useToday();
	const mine = useMyJournals();
	const classes = useMyClasses();
	return createMemo(() => {
		live.watch("school");
		live.watch(`journal:${model.journal()}`);
		const id = model.journal();
		if (live.engine.complete(`journal:${id}`) || !live.engine.complete("school")) return false;
		if (live.status().reachable !== true || isHead(session()) || classes().has(model.name().classId)) return false;
		return !mine().own(id, today()) && !mine().substituting(id, today());
	});
}

/** It lies on this tablet and is still being read. */
function useReading(model: JournalModel): Accessor<boolean> {
	const live = useLive();
	return createMemo(() => {
		const names = [`journal:${model.journal()}`, `class:${model.name().classId}`];
		for (const name of names) live.watch(name);
		const lie = live.engine.scopes();
		return names.some((name) => lie.includes(name) && !live.engine.complete(name));
	});
}

export function Absence(props: { model: JournalModel; columns: number; children: JSX.Element }): JSX.Element {
	const status = useStatus();
	const today = useToday();
	const mine = useMyJournals();
	const withheld = useWithheld(props.model);
	const reading = useReading(props.model);
	const bare = (): boolean => !isReadable(props.model) || props.columns === 0;
	return (
		<Switch fallback={props.children}>
			<Match when={withheld()}>
				<EmptyState
					icon="lock"
					title={words().gone}
					text={mine().ended(props.model.journal(), today()) ? words().goneText : words().neverText}
				/>
			</Match>
			<Match when={!isReadable(props.model) && props.model.complete()}>
				<EmptyState icon="class" title={words().noPupils} />
			</Match>
			<Match when={bare() && props.model.complete()}>
				<EmptyState icon="today" title={words().none} text={words().noneText} />
			</Match>
			<Match when={bare() && (reading() || status().reachable !== false)}>
				<p class="soft">{words().loading}</p>
			</Match>
			<Match when={bare()}>
				<EmptyState icon="tablet" title={shell().words.notHere} text={shell().words.notHereText} />
			</Match>
		</Switch>
	);
}
