/** A lesson: its topic, homework and roll call; its marks; its place in the journal. One address for each view. */

import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import type { ScreenProps } from "../App";
import { useLive } from "../context";
import { late } from "../late";
import { Button } from "../parts/Button";
import { Page } from "../parts/Page";
import { Tabs } from "../parts/Tabs";
import { field } from "../phrases/field";
import { dayTitle } from "../phrases/format";
import { lesson as lessonWords } from "../phrases/lesson";
import { shell } from "../phrases/shell";
import { Homework } from "./Homework";
import { Notice } from "./Notice";
import { Roll } from "./Roll";
import { type LessonState, useLesson } from "./state";
import { Topic } from "./Topic";
import "./lesson.css";

const InMarks = late(() => import("./InMarks"));
const InJournal = late(() => import("./InJournal"));

type LessonView = "lesson" | "marks" | "journal";

export default function Lesson(props: ScreenProps): JSX.Element {
	const lesson = useLesson(() => props.params);
	const view = (): LessonView => {
		const asked = props.params["view"];
		return asked === "marks" || asked === "journal" ? asked : "lesson";
	};
	const root = (): string => `/lesson/${lesson.key()}`;
	const address = (of: LessonView): string => (of === "lesson" ? root() : `${root()}/${of}`);
	const t = (): ReturnType<typeof lessonWords> => lessonWords();
	const title = (): string => {
		const name = lesson.model.name();
		const starts = lesson.place()?.starts;
		const which = field().lessonNumber(lesson.number());
		return [starts ? `${which}, ${starts}` : which, name.className, name.subject].filter(Boolean).join(" · ");
	};
	const subtitle = (): string => {
		const room = lesson.place()?.room;
		const nth = lesson.nth();
		return [
			dayTitle(lesson.date()),
			lesson.model.name().subgroup,
			room && field().room(room),
			nth !== null && t().nth(nth),
			lesson.place()?.extra && t().extra,
			lesson.substituting() && t().substitution,
		]
			.filter(Boolean)
			.join(" · ");
	};
	const frame: Frame = {
		title,
		subtitle,
		tabs: () => (
			<Tabs
				label={t().tabs}
				current={address(view())}
				tabs={[
					{ href: address("lesson"), label: t().lesson },
					{ href: address("marks"), label: t().marks },
					{ href: address("journal"), label: t().journal },
				]}
			/>
		),
	};
	return (
		<Switch>
			<Match when={view() === "journal"}>
				<InJournal lesson={lesson} frame={frame} />
			</Match>
			<Match when={view() === "marks"}>
				<InMarks lesson={lesson} frame={frame} />
			</Match>
			<Match when={view() === "lesson"}>
				<Given lesson={lesson} frame={frame} toMarks={address("marks")} />
			</Match>
		</Switch>
	);
}

/** What the three views share at their head. */
export interface Frame {
	title: () => string;
	subtitle: () => string;
	tabs: () => JSX.Element;
}

function Given(props: { lesson: LessonState; frame: Frame; toMarks: string }): JSX.Element {
	const live = useLive();
	const t = (): ReturnType<typeof lessonWords> => lessonWords();
	const canUndo = createMemo(() => {
		live.watchOutbox();
		return live.engine.canUndo();
	});
	const work = (): string => props.lesson.record()?.values.work ?? "";
	const coming = (): boolean => props.lesson.date() > live.today();
	let given: HTMLDivElement | undefined;
	/** Takes back, and goes where it was: to the pupil's line, or to the field. */
	const undo = async (): Promise<void> => {
		const step = await props.lesson.entering.undo();
		const first = step.find(({ kind }) => kind === "attendance") ?? step[0];
		if (!first?.key.startsWith(props.lesson.key()) || "roll" in first.set) return;
		const who = first.key.split("/")[3];
		const place = who
			? document.querySelector(`[data-pupil="${CSS.escape(who)}"]`)
			: given?.children["homework" in first.set || "due" in first.set ? 1 : 0];
		place?.scrollIntoView({ block: "center" });
		place?.querySelector<HTMLElement>("button, input, textarea")?.focus({ preventScroll: true });
	};
	const toMarks = (): string => (work() ? t().toMarks(t().worksFor[work()] ?? "") : t().toMarksPlain);
	return (
		<Page
			title={props.frame.title()}
			subtitle={props.frame.subtitle()}
			backTo="/today"
			tabs={props.frame.tabs()}
			bar={
				<>
					<Button icon="undo" disabled={!canUndo()} onClick={() => void undo()}>
						{shell().words.undo}
					</Button>
					<span class="grow" />
					<small class="saves">{t().saves}</small>
					<Show when={props.lesson.model.name().grade !== 1}>
						<a class="btn main" href={props.toMarks} data-replace="">
							{toMarks()} →
						</a>
					</Show>
				</>
			}
		>
			<Notice lesson={props.lesson} />
			{/* The lesson begins with the roll; a day that has not come has none to call yet and is prepared. */}
			<Show when={!coming()}>
				<Written
					lesson={props.lesson}
					onOpen={() => {
						given?.scrollIntoView();
						given?.focus({ preventScroll: true });
					}}
				/>
				<Roll lesson={props.lesson} />
			</Show>
			<div class="lesson-given" ref={given} tabIndex={-1}>
				<Topic lesson={props.lesson} />
				<Homework lesson={props.lesson} />
			</div>
			<Show when={coming()}>
				<Roll lesson={props.lesson} />
			</Show>
		</Page>
	);
}

/** What is written of the lesson so far, in a line over the roll; leads below it, to the fields. */
function Written(props: { lesson: LessonState; onOpen: () => void }): JSX.Element {
	const t = (): ReturnType<typeof lessonWords> => lessonWords();
	const values = () => props.lesson.record()?.values;
	return (
		<button type="button" class="written" onClick={() => props.onOpen()}>
			<span>
				{t().topic}: <b>{values()?.topic || "—"}</b>
			</span>
			<span>
				{t().homework}: <b>{values()?.homework || "—"}</b>
			</span>
			<span aria-hidden="true">↓</span>
		</button>
	);
}
