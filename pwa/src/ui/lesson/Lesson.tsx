/** A lesson: its topic, homework and roll call; its marks; its place in the journal. One address for each view. */

import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import type { ScreenProps } from "../App";
import { useLive } from "../context";
import { Absence } from "../journal/Absence";
import { GridTable } from "../journal/GridTable";
import { GridTools } from "../journal/GridTools";
import { createGrid } from "../journal/grid";
import { GridStrip } from "../journal/Strip";
import { Button } from "../parts/Button";
import { Page } from "../parts/Page";
import { Tabs } from "../parts/Tabs";
import { field } from "../phrases/field";
import { dayTitle } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { shell } from "../phrases/shell";
import { useReasonWords } from "../reading/grounds";
import { Homework } from "./Homework";
import { MarkList, MarkStrip, useMarkList } from "./MarkList";
import { Roll } from "./Roll";
import { type LessonState, useLesson } from "./state";
import { Topic } from "./Topic";
import "./lesson.css";

type LessonView = "lesson" | "marks" | "journal";

export default function Lesson(props: ScreenProps): JSX.Element {
	const lesson = useLesson(() => props.params);
	const view = (): LessonView => {
		const asked = props.params["view"];
		return asked === "marks" || asked === "journal" ? asked : "lesson";
	};
	const root = (): string => `/lesson/${lesson.key()}`;
	const address = (of: LessonView): string => (of === "lesson" ? root() : `${root()}/${of}`);
	const t = (): ReturnType<typeof words>["lesson"] => words().lesson;
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
				<Marks lesson={lesson} frame={frame} />
			</Match>
			<Match when={view() === "lesson"}>
				<Given lesson={lesson} frame={frame} toMarks={address("marks")} />
			</Match>
		</Switch>
	);
}

interface Frame {
	title: () => string;
	subtitle: () => string;
	tabs: () => JSX.Element;
}

function Given(props: { lesson: LessonState; frame: Frame; toMarks: string }): JSX.Element {
	const live = useLive();
	const t = (): ReturnType<typeof words>["lesson"] => words().lesson;
	const canUndo = createMemo(() => {
		live.watchOutbox();
		return live.engine.canUndo();
	});
	const work = (): string => props.lesson.record()?.values.work ?? "";
	const toMarks = (): string => (work() ? t().toMarks(field().worksFor[work()] ?? "") : t().toMarksPlain);
	return (
		<Page
			title={props.frame.title()}
			subtitle={props.frame.subtitle()}
			backTo="/today"
			tabs={props.frame.tabs()}
			bar={
				<>
					<Button icon="undo" disabled={!canUndo()} onClick={() => void props.lesson.entering.undo()}>
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
			<Topic lesson={props.lesson} />
			<Homework lesson={props.lesson} />
			<Roll lesson={props.lesson} />
		</Page>
	);
}

/** What stands in the way of writing this lesson, in words. */
function Notice(props: { lesson: LessonState }): JSX.Element {
	const why = useReasonWords();
	const verdict = props.lesson.verdict;
	return (
		<>
			<Show when={verdict().verdict === "held" || verdict().verdict === "refused"}>
				<p class="notice">
					{verdict().reason === "not_yours"
						? words().lesson.notYours
						: why.sentence(verdict().reason, verdict().detail)}
				</p>
			</Show>
			<Show when={props.lesson.place() === null && props.lesson.model.complete() && props.lesson.writable()}>
				<p class="notice">
					<b>{words().lesson.noSuch}.</b> {words().lesson.noSuchText}
				</p>
			</Show>
		</>
	);
}

function Marks(props: { lesson: LessonState; frame: Frame }): JSX.Element {
	const list = useMarkList(props.lesson);
	return (
		<Page
			title={props.frame.title()}
			subtitle={props.frame.subtitle()}
			backTo="/today"
			tabs={props.frame.tabs()}
			bar={
				<Show when={props.lesson.pupils().length > 0}>
					<MarkStrip list={list} />
				</Show>
			}
		>
			<Notice lesson={props.lesson} />
			<MarkList list={list} />
		</Page>
	);
}

function InJournal(props: { lesson: LessonState; frame: Frame }): JSX.Element {
	const grid = createGrid(props.lesson.model, () => ({
		day: props.lesson.date(),
		lesson: props.lesson.key(),
	}));
	return (
		<Page
			fixed
			title={props.frame.title()}
			subtitle={props.frame.subtitle()}
			backTo="/today"
			tabs={props.frame.tabs()}
			tools={<GridTools grid={grid} />}
			bar={
				<Show when={grid.columns().length > 0}>
					<GridStrip grid={grid} />
				</Show>
			}
		>
			<Absence model={props.lesson.model} columns={grid.columns().length}>
				<GridTable grid={grid} />
			</Absence>
		</Page>
	);
}
