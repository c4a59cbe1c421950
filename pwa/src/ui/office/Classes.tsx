/** The school by class: its journals, each one tap away; a whole class can be taken onto the tablet to look at it closely. */

import { createEffect, createMemo, For, type JSX, Show } from "solid-js";
import { useLive, useRows, useToday } from "../context";
import { Button } from "../parts/Button";
import { Nothing } from "../parts/Nothing";
import { office } from "../phrases/office";
import { usePeople } from "../reading/names";
import { Overview } from "../tutor/Overview";
import { type ClassJournal, useClassJournals, useClassName } from "../tutor/own";
import { useDuty } from "./duty";
import { Unfilled } from "./Unfilled";
import "../tutor/tutor.css";

export function Classes(): JSX.Element {
	const rows = useRows("class", "school");
	const grades = createMemo(() => {
		const found = new Map<number, { id: string; name: string }[]>();
		for (const { key, values } of rows().values()) {
			const grade = values.grade ?? 0;
			found.set(grade, [...(found.get(grade) ?? []), { id: key, name: values.name ?? "" }]);
		}
		return [...found]
			.sort(([a], [b]) => a - b)
			.map(([grade, classes]) => ({ grade, classes: classes.sort((a, b) => a.name.localeCompare(b.name, "ru")) }));
	});
	return (
		<Show when={grades().length > 0} fallback={<Nothing icon="class" title={office().noClasses} />}>
			<For each={grades()}>
				{({ grade, classes }) => (
					<section class="grade" aria-label={office().grade(grade)}>
						<h2>{office().grade(grade)}</h2>
						<ul class="class-list">
							<For each={classes}>
								{({ id, name }) => (
									<li>
										<a class="btn" href={`/office/class/${id}`}>
											{name}
										</a>
									</li>
								)}
							</For>
						</ul>
					</section>
				)}
			</For>
		</Show>
	);
}

export function ClassPage(props: { classId: string }): JSX.Element {
	const live = useLive();
	const name = useClassName(() => props.classId);
	const journals = useClassJournals(() => props.classId);
	const scopes = (): string[] => [`class:${props.classId}`, ...journals().map((j) => `journal:${j.id}`)];
	const here = (scope: string): boolean => {
		live.watch(scope);
		return live.engine.complete(scope);
	};
	const whole = createMemo(() => {
		live.status();
		return scopes().every(here);
	});
	const take = (): void => live.engine.follow(...scopes());
	// The list of names is small, and the journals' subgroups are called by it.
	createEffect(() => {
		if (!here(`class:${props.classId}`)) live.engine.follow(`class:${props.classId}`);
	});
	return (
		<>
			<section class="sheet" aria-labelledby="journals">
				<h2 id="journals">{office().journals}</h2>
				<ul class="class-journals">
					<For each={journals()}>
						{(journal) => <JournalLine journal={journal} here={here(`journal:${journal.id}`)} />}
					</For>
				</ul>
				<Show when={!whole()}>
					<div class="buttons take">
						<Button icon="tablet" onClick={take}>
							{office().takeClass}
						</Button>
						<small>{live.status().reachable === false ? office().takeOffline : office().takeNote}</small>
					</div>
				</Show>
			</section>
			<Show when={whole()}>
				<section class="office-part" aria-labelledby="filled">
					<h2 id="filled">{office().unfilled}</h2>
					<Unfilled journals={journals().map((j) => j.id)} whole />
				</section>
				<section class="office-part" aria-labelledby="progress">
					<h2 id="progress">{office().progress}</h2>
					<Overview group={{ id: props.classId, name: name() }} />
				</section>
			</Show>
		</>
	);
}

function JournalLine(props: { journal: ClassJournal; here: boolean }): JSX.Element {
	const live = useLive();
	const today = useToday();
	const people = usePeople();
	const duty = useDuty();
	const teachers = (): string =>
		duty()
			.teachers(props.journal.id, today())
			.map((person) => people.short(person))
			.join(", ");
	return (
		<li>
			<a href={`/journal/${props.journal.id}`} onClick={() => live.engine.follow(`journal:${props.journal.id}`)}>
				<span>
					{props.journal.subject}
					<Show when={props.journal.subgroup}>{(part) => <small> · {part()}</small>}</Show>
				</span>
				<small>
					{[teachers() || office().nobodyTeaches, props.here ? "" : office().notHere].filter(Boolean).join(" · ")}
				</small>
			</a>
		</li>
	);
}
