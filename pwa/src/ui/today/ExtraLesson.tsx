/** A lesson that the timetable does not have: journal, day, number and topic; then it opens. */

import { createSignal, For, type JSX, Show } from "solid-js";
import { dayAfter } from "../../rules/days";
import { useEngine, useWrite } from "../context";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { shell } from "../phrases/shell";
import { today } from "../phrases/today";
import { useMyJournals } from "../reading/mine";
import { useJournalNames } from "../reading/names";
import { go } from "../router";

const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

export function ExtraLesson(props: { open: boolean; day: string; onClose: () => void }): JSX.Element {
	return (
		<Show when={props.open}>
			<Form day={props.day} onClose={props.onClose} />
		</Show>
	);
}

function Form(props: { day: string; onClose: () => void }): JSX.Element {
	const engine = useEngine();
	const write = useWrite();
	const mine = useMyJournals();
	const names = useJournalNames();
	const [journal, setJournal] = createSignal("");
	const [day, setDay] = createSignal(props.day);
	const [number, setNumber] = createSignal(1);
	const [topic, setTopic] = createSignal("");
	const choices = (): { id: string; title: string }[] =>
		mine()
			.all.filter((id) => mine().own(id, day()) || mine().substituting(id, day()))
			.map((id) => ({ id, title: names()(id).title }))
			.sort((a, b) => a.title.localeCompare(b.title, "ru", { numeric: true }));
	const chosen = (): string => journal() || (choices()[0]?.id ?? "");
	const key = (): string => `${chosen()}/${day()}/${number()}`;
	const taken = (): boolean =>
		chosen() !== "" && engine.lessons(chosen(), day(), dayAfter(day())).some((lesson) => lesson.key === key());

	const add = async (): Promise<void> => {
		if (chosen() === "" || day() === "") return;
		if (!taken()) {
			const kept = await write([{ kind: "lesson", key: key(), set: { topic: topic().trim() } }]);
			if (!kept) return;
		}
		props.onClose();
		go(`/lesson/${key()}`);
	};

	return (
		<Dialog
			open
			title={today().extraTitle}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={props.onClose}>{shell().words.cancel}</Button>
					<Button
						tone="main"
						disabled={chosen() === "" || (topic().trim() === "" && !taken())}
						onClick={() => void add()}
					>
						{today().extraAdd}
					</Button>
				</>
			}
		>
			<div class="form">
				<div class="field">
					<label for="extra-journal">{today().extraJournal}</label>
					<select id="extra-journal" value={chosen()} onChange={(event) => setJournal(event.currentTarget.value)}>
						<For each={choices()}>{(choice) => <option value={choice.id}>{choice.title}</option>}</For>
					</select>
				</div>
				<Field
					label={today().extraDate}
					type="date"
					value={day()}
					onChange={(event) => setDay(event.currentTarget.value)}
				/>
				<div class="field">
					<label for="extra-number">{today().extraNumber}</label>
					<select id="extra-number" value={number()} onChange={(event) => setNumber(Number(event.currentTarget.value))}>
						<For each={NUMBERS}>{(n) => <option value={n}>{n}</option>}</For>
					</select>
				</div>
				<Show when={!taken()} fallback={<p class="soft">{today().extraTaken}</p>}>
					<Field
						label={today().extraTopic}
						value={topic()}
						maxLength={500}
						onInput={(event) => setTopic(event.currentTarget.value)}
					/>
				</Show>
			</div>
		</Dialog>
	);
}
