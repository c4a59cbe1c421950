/**
 * The diary of parents and pupils: the week, and the marks of a term.
 *
 * It reads the published diary and the class's bulletin, nothing else: a family's device holds no other scope. It
 * works from what this device holds, and says up to which moment that is complete.
 */

import { createEffect, createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { isDate } from "../../rules/record";
import type { ScreenProps } from "../App";
import { useLive, useRow, useRows, useSession, useToday } from "../context";
import { EmptyState } from "../parts/EmptyState";
import { Page } from "../parts/Page";
import { Segmented } from "../parts/Segmented";
import { diary } from "../phrases/diary";
import { useZone } from "../phrases/format";
import { path } from "../router";
import { AsOf } from "./AsOf";
import { childOf, chooseChild } from "./child";
import "./week.css";
import "./diary.css";
import "./marks.css";
import "./print.css";
import { Marks } from "./Marks";
import { firstDay } from "./opening";
import { Week } from "./Week";
import type { Sources } from "./week";

export default function Diary(props: ScreenProps): JSX.Element {
	const session = useSession();
	const child = createMemo(() => childOf(session().pupils));
	return (
		<Show
			when={child()}
			keyed
			fallback={
				<Page title={diary().title}>
					<EmptyState icon="diary" title={diary().noChild} text={diary().noChildText} />
				</Page>
			}
		>
			{(pupil) => <Book pupil={pupil} rest={props.params.rest ?? ""} />}
		</Show>
	);
}

function Book(props: { pupil: string; rest: string }): JSX.Element {
	const session = useSession();
	const today = useToday();
	const card = useRow("diary_card", () => props.pupil);
	const classId = (): string => card()?.values.class_id ?? "";
	const bulletin = useRow("bulletin", classId);
	const published = useRows("bulletin_lesson", () => (classId() ? `bulletin:${classId()}` : ""));
	const lines = useRows("diary", `diary:${props.pupil}`);
	const sources = createMemo((): Sources | null => {
		const cover = card()?.values;
		if (!cover) return null;
		return {
			pupil: props.pupil,
			card: cover,
			bulletin: bulletin()?.values ?? null,
			published: published(),
			lines: lines(),
		};
	});
	createEffect(() => useZone(bulletin()?.values.timezone));
	const inMarks = (): boolean => path().startsWith("/marks");
	const day = (from: Sources): string => (isDate(props.rest) ? props.rest : firstDay(today(), from));
	return (
		<Page
			title={card()?.values.name || diary().title}
			windowTitle={diary().title}
			subtitle={[bulletin()?.values.class_name, bulletin()?.values.school_name ?? session().school_name]
				.filter(Boolean)
				.join(" · ")}
			tools={<Children pupil={props.pupil} />}
			status={
				<AsOf
					scopes={[`diary:${props.pupil}`, classId() ? `bulletin:${classId()}` : ""]}
					daily={bulletin()?.values.publication === "daily"}
				/>
			}
		>
			<Show when={sources()} fallback={<Closed pupil={props.pupil} />}>
				{(from) => (
					<Show when={inMarks()} fallback={<Week from={from()} day={day(from())} />}>
						<Marks from={from()} />
					</Show>
				)}
			</Show>
		</Page>
	);
}

/** The switch between several children, by the name on each diary's cover. */
function Children(props: { pupil: string }): JSX.Element {
	const session = useSession();
	const live = useLive();
	const choices = createMemo(() =>
		session().pupils.map((pupil, i) => {
			live.watch(`diary:${pupil}`);
			const name = live.engine.row("diary_card", pupil)?.values.name;
			return { value: pupil, label: firstName(name) || diary().unnamed(i + 1) };
		}),
	);
	return (
		<Show when={choices().length > 1}>
			<Segmented label={diary().child} choices={choices()} value={props.pupil} onChoose={chooseChild} />
		</Show>
	);
}

function firstName(name: string | null | undefined): string {
	return (name ?? "").split(" ").slice(1).join(" ") || (name ?? "");
}

/** Why there is nothing to show: not loaded yet, never was, or not published without consent. */
function Closed(props: { pupil: string }): JSX.Element {
	const { engine, status, watch } = useLive();
	const state = createMemo(() => {
		const scope = `diary:${props.pupil}`;
		const { lastContact, loading, reachable } = status();
		watch(scope);
		if (engine.complete(scope)) return "closed";
		if (engine.scopes().includes(scope)) return "loading";
		if (reachable === false) return "away";
		return loading || lastContact === null ? "loading" : "closed";
	});
	return (
		<Switch>
			<Match when={state() === "away"}>
				<EmptyState icon="diary" title={diary().notHere} text={diary().notHereText} />
			</Match>
			<Match when={state() === "loading"}>
				<p class="soft" role="status">
					{diary().loading}
				</p>
			</Match>
			<Match when={true}>
				<EmptyState icon="lock" title={diary().noConsent} text={diary().noConsentText} />
			</Match>
		</Switch>
	);
}
