/** The topic, suggested from the thematic plan, and the kind of work. */

import { createMemo, createSignal, For, type JSX, onMount, Show } from "solid-js";
import type { Entry } from "../../engine/types";
import { KINDS } from "../../generated/model";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { TextCell } from "../parts/TextCell";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { lesson as lessonWords } from "../phrases/lesson";
import { nextTopic, type PlanLine } from "../reading/lessons";
import type { LessonState } from "./state";

const WORKS = KINDS.lesson.cells["work"]?.choices ?? [];

export function Topic(props: { lesson: LessonState }): JSX.Element {
	const lesson = props.lesson;
	const [picking, setPicking] = createSignal(false);
	const t = (): ReturnType<typeof lessonWords> => lessonWords();
	const values = () => lesson.record()?.values;
	const line = createMemo(() => lesson.plan().find((l) => l.number === values()?.plan));
	const next = createMemo(() => (values()?.topic ? null : nextTopic(lesson.plan(), lesson.date())));
	const take = (chosen: PlanLine): void => {
		lesson.set({
			topic: chosen.topic,
			plan: chosen.number,
			...(chosen.work && !values()?.work ? { work: chosen.work } : {}),
		});
	};
	const entryOf = (topic: string | null): Entry => {
		// A topic of the plan that is typed by hand counts as given by the plan.
		const typed = lesson.plan().find((l) => l.topic === topic);
		const plan = topic === null ? null : (typed?.number ?? values()?.plan ?? null);
		return lesson.entry(plan === (values()?.plan ?? null) ? { topic } : { topic, plan });
	};
	return (
		<section class="sheet">
			<h2>
				{t().topic}
				<Show when={line()}>
					{(found) => (
						<small class="soft">
							{t().byPlan(found().number, lesson.plan().length)}
							<Show when={found().topic !== values()?.topic}> · {t().changed}</Show>
						</small>
					)}
				</Show>
				<Progress lesson={lesson} />
			</h2>
			<TextCell
				bare
				label={t().topic}
				placeholder={t().topicHint}
				value={values()?.topic}
				scope={lesson.scope()}
				readOnly={!lesson.writable()}
				entryOf={entryOf}
				entering={lesson.entering}
			/>
			<Show when={lesson.writable() && lesson.plan().length > 0}>
				<div class="from-plan">
					<Show when={next()}>
						{(suggested) => (
							<button type="button" class="suggestion" onClick={() => take(suggested())}>
								<small>{t().suggestion(suggested().number)}</small>
								<span>{suggested().topic}</span>
							</button>
						)}
					</Show>
					<Button icon="list" onClick={() => setPicking(true)}>
						{t().pick}
					</Button>
				</div>
			</Show>
			<div class="chips works" role="group" aria-label={t().work}>
				<For each={WORKS}>
					{(work) => (
						<button
							type="button"
							class="chip"
							aria-pressed={values()?.work === work}
							disabled={!lesson.writable()}
							onClick={() => lesson.set({ work: values()?.work === work ? null : work })}
						>
							{field().works[work]}
						</button>
					)}
				</For>
			</div>
			<PlanDialog open={picking()} lesson={lesson} onTake={take} onClose={() => setPicking(false)} />
		</section>
	);
}

/** Plan against fact up to this lesson. */
function Progress(props: { lesson: LessonState }): JSX.Element {
	const behind = (): number => props.lesson.progress().held - props.lesson.progress().given;
	return (
		<Show when={props.lesson.plan().length > 0 && props.lesson.progress().held > 0}>
			<small class="soft">{lessonWords().planFact(props.lesson.progress().given, props.lesson.progress().held)}</small>
			<Show when={behind() > 0}>
				<small class="behind">{lessonWords().behind(behind())}</small>
			</Show>
		</Show>
	);
}

function PlanDialog(props: {
	open: boolean;
	lesson: LessonState;
	onTake: (line: PlanLine) => void;
	onClose: () => void;
}): JSX.Element {
	const t = (): ReturnType<typeof lessonWords> => lessonWords();
	const [wanted, setWanted] = createSignal("");
	const next = createMemo(() => nextTopic(props.lesson.plan(), props.lesson.date()));
	const found = createMemo(() => {
		const asked = wanted().trim().toLocaleLowerCase("ru");
		return props.lesson.plan().filter((l) => l.topic.toLocaleLowerCase("ru").includes(asked));
	});
	return (
		<Dialog wide open={props.open} title={t().planTitle} onClose={props.onClose}>
			<Field
				bare
				type="search"
				label={t().planSearch}
				placeholder={t().planSearch}
				value={wanted()}
				onInput={(event) => setWanted(event.currentTarget.value)}
			/>
			<Plan>
				<For each={found()} fallback={<li class="soft">{t().planEmpty}</li>}>
					{(line) => (
						<li>
							<button
								type="button"
								class="plan-line"
								classList={{ given: line.given !== null, next: line.number === next()?.number }}
								aria-current={line.number === props.lesson.record()?.values.plan ? "true" : undefined}
								onClick={() => {
									props.onTake(line);
									props.onClose();
								}}
							>
								<span class="n">{line.number}</span>
								<span>{line.topic}</span>
								<small>
									{line.given !== null
										? t().planGiven(dayText(line.given, "short"))
										: line.number === next()?.number
											? t().planNext
											: line.work
												? field().works[line.work]
												: ""}
								</small>
							</button>
						</li>
					)}
				</For>
			</Plan>
		</Dialog>
	);
}

/** Opens where the class is: at the topic that comes next. */
function Plan(props: { children: JSX.Element }): JSX.Element {
	let list: HTMLOListElement | undefined;
	onMount(() => {
		const next = list?.querySelector<HTMLElement>(".plan-line.next");
		next?.focus({ preventScroll: true });
		next?.scrollIntoView({ block: "center" });
	});
	return (
		<ol class="plan" ref={list}>
			{props.children}
		</ol>
	);
}
