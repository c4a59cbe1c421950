/**
 * Of how many of the school's journals a page speaks; the rest come by one button, which can be taken back while they
 * come. What is asked for is remembered on the tablet: it goes on after a reload, and once there is a network again.
 */

import { type Accessor, createMemo, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { office } from "../phrases/office";
import { useJournalNames } from "../reading/names";
import { useJournalsNow } from "../tutor/own";

/** The school's journals of this year, by what this tablet has of them. */
export interface Coverage {
	readonly all: number;
	readonly here: readonly string[];
	readonly missing: readonly string[];
	/** Of the missing, those that are asked for already. */
	readonly coming: readonly string[];
}

const scopeOf = (journal: string): string => `journal:${journal}`;

export function useCoverage(): Accessor<Coverage> {
	const live = useLive();
	const journals = useJournalsNow();
	return createMemo(
		() => {
			live.status();
			const all = journals().map(({ key }) => key);
			const here = all.filter((journal) => live.engine.complete(scopeOf(journal)));
			const held = new Set(here);
			const missing = all.filter((journal) => !held.has(journal));
			const coming = missing.filter((journal) => live.engine.follows(scopeOf(journal)));
			return { all: all.length, here, missing, coming };
		},
		undefined,
		// The status is new with each entry; the lists are not.
		{ equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
	);
}

export function Loaded(props: { coverage: Coverage }): JSX.Element {
	const live = useLive();
	const names = useJournalNames();
	const it = (): Coverage => props.coverage;
	const offline = (): boolean => live.status().reachable === false;
	const load = (): void => live.engine.follow(...it().missing.map(scopeOf));
	const stop = (): void => live.engine.unfollow(...it().coming.map(scopeOf));
	const classes = (): string => {
		const found = new Set(it().missing.map((journal) => names()(journal).className));
		return [...found].sort((a, b) => a.localeCompare(b, "ru", { numeric: true })).join(", ");
	};
	return (
		<div class="loaded">
			<p role="status">{office().loaded(it().here.length, it().all)}</p>
			<Show when={it().missing.length > 0}>
				<Show
					when={it().coming.length > 0}
					fallback={
						<>
							<Button tone="main" icon="tablet" onClick={load}>
								{office().loadAll}
							</Button>
							<small>{offline() ? office().takeOffline : office().loadNote}</small>
						</>
					}
				>
					<progress aria-label={office().loading} max={it().all} value={it().here.length} />
					<Button onClick={stop}>{office().loadStop}</Button>
					<small>{offline() ? office().loadWaits : office().loading}</small>
				</Show>
				<small class="which">{office().loadMissing(classes())}</small>
			</Show>
		</div>
	);
}
