/**
 * Roll call: everyone is here; one tap is absent, a second late, a third here again. Minutes by one more tap.
 *
 * Any tap also stores that the roll was called, in the same undo step; "everyone is here" stores just that. Taps come
 * faster than the disk writes: each is reckoned on what the one before has left.
 */

import { createMemo, For, type JSX, Show } from "solid-js";
import { Turns } from "../../engine/turns";
import type { Entry, View } from "../../engine/types";
import {
	attendanceKey,
	EMPTY,
	LETTER,
	MOST_MINUTES,
	type Place,
	type Presence,
	presenceOf,
	setPresence,
} from "../journal/cell";
import { Button } from "../parts/Button";
import { Pill } from "../parts/Pill";
import { Sign } from "../parts/Sign";
import { field } from "../phrases/field";
import { lesson as lessonWords } from "../phrases/lesson";
import type { PupilLine } from "../reading/roster";
import { track } from "../writing";
import type { LessonState } from "./state";

const FIRST_MINUTES = 5;
const STEP = 5;

const NEXT: Record<"here" | Presence, Presence | "present"> = {
	here: "absent",
	absent: "late",
	late: "present",
};

export function Roll(props: { lesson: LessonState }): JSX.Element {
	const lesson = props.lesson;
	const t = (): ReturnType<typeof lessonWords> => lessonWords();
	const called = (): boolean => lesson.record()?.values.roll === true;
	const placeOf = (line: PupilLine): Place => ({
		journal: lesson.journal(),
		date: lesson.date(),
		number: lesson.number(),
		pupil: line.pupil,
	});
	const view = (line: PupilLine): View<"attendance"> | null =>
		lesson.model.attendance().get(attendanceKey(placeOf(line))) ?? null;
	const presence = (line: PupilLine): Presence | null => presenceOf({ ...EMPTY, attendance: view(line) });
	const here = createMemo(() => lesson.pupils().filter((l) => presence(l) !== "absent").length);
	const rollEntry = (): Entry[] => (called() ? [] : [{ kind: "lesson", key: lesson.key(), set: { roll: true } }]);

	const turns = new Turns();
	const call = (entries: () => Entry[]): void => {
		void track(turns.take(() => lesson.entering.enter([...entries(), ...rollEntry()])));
	};
	const put = (line: PupilLine, next: Presence | "present", minutes: number | null): Entry[] =>
		setPresence(placeOf(line), { ...EMPTY, attendance: view(line) }, next, minutes);
	const tap = (line: PupilLine): void =>
		call(() => {
			const next = NEXT[presence(line) ?? "here"];
			return put(line, next, next === "late" ? FIRST_MINUTES : null);
		});
	const step = (line: PupilLine, by: number): void =>
		call(() => {
			const now = view(line)?.values.minutes ?? 0;
			return put(line, "late", Math.max(STEP, Math.min(MOST_MINUTES, now + by)));
		});

	return (
		<section class="sheet">
			<h2 class="roll-head">
				{t().roll}
				<small class="soft" aria-live="polite">
					{called()
						? t().here(here(), lesson.pupils().length)
						: `${t().notCalled} · ${t().pupils(lesson.pupils().length)}`}
					<Show when={lesson.writable()}> · {t().tap}</Show>
				</small>
				<span class="grow" />
				<Show
					when={called()}
					fallback={
						<Show when={lesson.writable()}>
							<Button icon="check" onClick={() => call(() => [])}>
								{t().allHere}
							</Button>
						</Show>
					}
				>
					<Pill tone="plain" sign="ok">
						{t().called}
					</Pill>
				</Show>
			</h2>
			<ol class="roll" style={{ "--rows": Math.ceil(lesson.pupils().length / 2) }}>
				<For each={lesson.pupils()}>
					{(line, i) => (
						<li class={`pupil ${presence(line) ?? "here"}`} data-pupil={line.pupil}>
							<button
								type="button"
								class="pupil-tap"
								disabled={!lesson.writable()}
								title={t().rollHint}
								onClick={() => tap(line)}
							>
								<span class="n">{i() + 1}</span>
								<span class="who">
									{line.name}
									<Excuse view={view(line)} />
								</span>
								<StateSign view={view(line)} />
								<PresenceWord view={view(line)} presence={presence(line)} />
							</button>
							<Show when={presence(line) === "late" && lesson.writable()}>
								<span class="minutes" role="group" aria-label={t().minutesOf(line.name)}>
									<Button
										icon="minus"
										label={t().less}
										disabled={(view(line)?.values.minutes ?? 0) <= STEP}
										onClick={() => step(line, -STEP)}
									/>
									<Button
										icon="plus"
										label={t().more}
										disabled={(view(line)?.values.minutes ?? 0) >= MOST_MINUTES}
										onClick={() => step(line, STEP)}
									/>
								</span>
							</Show>
						</li>
					)}
				</For>
			</ol>
		</section>
	);
}

/** Why the pupil is absent, as the class teacher has it. */
function Excuse(props: { view: View<"attendance"> | null }): JSX.Element {
	const words = (): string => {
		const now = props.view?.values;
		return now?.presence === "absent" && now.reason ? (field().excuses[now.reason] ?? "") : "";
	};
	return <Show when={words()}>{(said) => <small>{said()}</small>}</Show>;
}

function StateSign(props: { view: View<"attendance"> | null }): JSX.Element {
	const state = () => props.view?.states.presence ?? "safe";
	return (
		<Show when={state() !== "safe" ? state() : null}>
			{(name) => (
				<>
					<Sign name={name() as Exclude<ReturnType<typeof name>, "safe">} />
					<span class="sr">, {field().states[name()]}</span>
				</>
			)}
		</Show>
	);
}

function PresenceWord(props: { view: View<"attendance"> | null; presence: Presence | null }): JSX.Element {
	const minutes = (): number | null => props.view?.values.minutes ?? null;
	return (
		<Show when={props.presence} fallback={<span class="here">{lessonWords().hereWord}</span>}>
			{(presence) => (
				<>
					<span class="stamp">
						<span aria-hidden="true">
							{LETTER[presence()]}
							{presence() === "late" && minutes() ? ` · ${field().minutes(minutes() ?? 0)}` : ""}
						</span>
						<span class="sr">
							{field().presence[presence()]}
							{presence() === "late" && minutes() ? `, ${field().minutes(minutes() ?? 0)}` : ""}
						</span>
					</span>
				</>
			)}
		</Show>
	);
}
