/** Moves a mark to the lesson it belongs to: the term's lessons so far, each with what stands in the way there. */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { Decision, Entry, LessonPlace } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import { useLessons, useLive, useToday } from "../context";
import { marksOf, type Place, presenceOf, type Standing } from "../journal/cell";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { lesson as words } from "../phrases/lesson";
import { shell } from "../phrases/shell";
import { useReasonWords } from "../reading/grounds";
import { enrolledOn, type PupilLine } from "../reading/roster";
import { termOn } from "../reading/school";
import { moving } from "./move";
import type { LessonState } from "./state";

interface Choice {
	readonly lesson: LessonPlace;
	readonly entries: readonly Entry[];
	/** Why it can't be; empty: it can. */
	readonly why: string;
	/** What to know before. */
	readonly note: string;
}

export default function MoveMark(props: {
	lesson: LessonState;
	line: PupilLine;
	place: Place;
	standing: Standing;
	onClose: () => void;
}): JSX.Element {
	const live = useLive();
	const today = useToday();
	const why = useReasonWords();
	const t = (): ReturnType<typeof words> => words();
	const [chosen, setChosen] = createSignal("");
	const { lesson, line, place, standing } = props;
	const term = termOn(lesson.model.terms(), lesson.date());
	const places = useLessons(
		() => [lesson.journal()],
		() => term?.starts ?? "9999",
		() => [term?.ends ?? "", dayAfter(today())].sort()[0] ?? "",
	);
	/** The rules must let both happen now: a mark that waits for approval in one place only would be there twice. */
	const barred = (entries: readonly Entry[]): Decision | null =>
		entries.map((entry) => live.engine.check(entry)).find((d) => d.verdict !== "accepted") ?? null;
	const choices = createMemo((): Choice[] =>
		places()
			.filter((other) => other.key !== lesson.key() && enrolledOn(line, other.date))
			.map((other): Choice => {
				const to = { ...place, date: other.date, number: other.number };
				const there = lesson.model.standing(to);
				const entries = moving(place, standing, to, there);
				const note = presenceOf(there) === "absent" ? t().move.absent : marksOf(there).join("/");
				if (entries === null) return { lesson: other, entries: [], why: t().move.full, note };
				const bar = barred(entries);
				return { lesson: other, entries, why: bar === null ? "" : why.now(bar.reason, bar.detail), note };
			})
			.reverse(),
	);
	/** What forbids it everywhere is said once. */
	const everywhere = (): string => {
		const [first, ...rest] = choices();
		return first !== undefined && rest.every((c) => c.why === first.why) ? first.why : "";
	};
	const taken = (): Choice | undefined => choices().find((c) => c.lesson.key === chosen() && c.why === "");
	const move = async (): Promise<void> => {
		const found = taken();
		if (found === undefined) return;
		props.onClose();
		await lesson.entering.enter(found.entries);
	};
	return (
		<Dialog
			open
			title={t().move.title(line.name, marksOf(standing).join("/"))}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={props.onClose}>{shell().words.cancel}</Button>
					<Button tone="main" disabled={taken() === undefined} onClick={() => void move()}>
						{t().move.do}
					</Button>
				</>
			}
		>
			<Show when={everywhere()} fallback={<p class="soft">{t().move.text}</p>}>
				{(text) => <p class="notice">{text()}</p>}
			</Show>
			<div class="picks" role="radiogroup" aria-label={t().move.label}>
				<For each={choices()} fallback={<p class="soft">{t().move.none}</p>}>
					{(choice) => (
						<label class="pick" classList={{ off: choice.why !== "" }}>
							<input
								type="radio"
								name="move-to"
								disabled={choice.why !== ""}
								checked={chosen() === choice.lesson.key}
								onChange={() => setChosen(choice.lesson.key)}
							/>
							<span class="who">
								{dayText(choice.lesson.date, "full")} · {field().lessonNumber(choice.lesson.number)}
								<small class="pick-note">{everywhere() ? "" : choice.why}</small>
							</span>
							<small>{choice.note}</small>
						</label>
					)}
				</For>
			</div>
		</Dialog>
	);
}
