/** Opening a locked year for a teacher by name: whom, which journals, until when and why (regulation 3.2.5). */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { View } from "../../engine/types";
import { useRows, useToday, useWrite } from "../context";
import { useDuty } from "../office/duty";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { say } from "../parts/toasts";
import "../parts/ticks.css";
import { admin } from "../phrases/admin";
import { shell } from "../phrases/shell";
import { year as words } from "../phrases/year";
import { useJournalNames, usePeople } from "../reading/names";
import { type Draft, type Fault, faultsOf, reopening } from "./reopening";

export function ReopenDialog(props: {
	year: View<"year">;
	draft: Draft;
	onDraft: (draft: Draft) => void;
	onClose: () => void;
}): JSX.Element {
	const today = useToday();
	const write = useWrite();
	const duty = useDuty();
	const people = usePeople();
	const names = useJournalNames();
	const staff = useRows("person", "school");
	const draft = (): Draft => props.draft;
	const [tried, setTried] = createSignal(false);
	const put = (part: Partial<Draft>): void => props.onDraft({ ...draft(), ...part });
	const taught = (person: string): string[] =>
		duty()
			.journalsOf(person, today())
			.filter((journal) => names()(journal).year === props.year.key);
	const teachers = createMemo(() =>
		[...staff().keys()]
			.filter((person) => taught(person).length > 0)
			.map((id) => ({ id, name: people.full(id) }))
			.sort((a, b) => a.name.localeCompare(b.name, "ru")),
	);
	const fault = (name: Fault, text: string): string | undefined =>
		tried() && faultsOf(draft(), today()).has(name) ? text : undefined;
	const toggle = (journal: string, on: boolean): void => {
		const others = draft().journals.filter((other) => other !== journal);
		put({ journals: on ? [...others, journal] : others });
	};
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		setTried(true);
		if (faultsOf(draft(), today()).size > 0 || !(await write(reopening(draft(), today())))) return;
		say(words().reopened(people.full(draft().teacher)));
		props.onClose();
	};
	return (
		<Dialog
			open
			title={words().reopenTitle(props.year.values.name ?? "")}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form="reopen-form">
						{words().reopen}
					</Button>
				</>
			}
		>
			<form id="reopen-form" class="form" noValidate onSubmit={(event) => void save(event)}>
				<p>{words().reopenMeans}</p>
				<label class="field">
					<span class="label">{words().teacher}</span>
					<select
						aria-invalid={fault("teacher", "") === undefined ? undefined : true}
						value={draft().teacher}
						onChange={(event) => {
							const teacher = event.currentTarget.value;
							put({ teacher, journals: taught(teacher) });
						}}
					>
						<option value="">{words().choose}</option>
						<For each={teachers()}>{(one) => <option value={one.id}>{one.name}</option>}</For>
					</select>
					<Show when={fault("teacher", words().teacherMissing)}>{(text) => <small class="error">{text()}</small>}</Show>
				</label>
				<Show when={draft().teacher !== ""}>
					<fieldset class="ticks">
						<legend>{words().journals}</legend>
						<For each={taught(draft().teacher)}>
							{(journal) => (
								<label class="tick">
									<input
										type="checkbox"
										checked={draft().journals.includes(journal)}
										onChange={(event) => toggle(journal, event.currentTarget.checked)}
									/>
									<span>{names()(journal).title}</span>
								</label>
							)}
						</For>
						<Show when={fault("journals", words().journalsMissing)}>
							{(text) => <small class="error">{text()}</small>}
						</Show>
					</fieldset>
				</Show>
				<Field
					label={words().lastDay}
					type="date"
					min={today()}
					value={draft().until}
					error={fault("until", words().dayMissing)}
					onChange={(event) => put({ until: event.currentTarget.value })}
				/>
				<Field
					label={admin().reason}
					maxLength={500}
					value={draft().reason}
					error={fault("reason", admin().reasonMissing)}
					onInput={(event) => put({ reason: event.currentTarget.value })}
				/>
			</form>
		</Dialog>
	);
}
