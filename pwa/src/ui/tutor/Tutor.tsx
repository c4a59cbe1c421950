/**
 * The class teacher's screens: absences of the day, those without a reason, the class at a glance.
 *
 * Works from what the tablet holds, with or without a network. The reason of an absence is the class teacher's own
 * cell: setting it never conflicts with the subject teacher's roll call.
 */

import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { dayAfter } from "../../rules/days";
import { isDate } from "../../rules/record";
import type { ScreenProps } from "../App";
import { useToday } from "../context";
import { Button } from "../parts/Button";
import { Nothing } from "../parts/Nothing";
import { Page } from "../parts/Page";
import { Segmented } from "../parts/Segmented";
import { Tabs } from "../parts/Tabs";
import { dayTitle } from "../phrases/format";
import { tutor } from "../phrases/tutor";
import { go } from "../router";
import { Day } from "./Day";
import { Open } from "./Open";
import { Overview } from "./Overview";
import { chooseClass, type OwnClass, useAttended, useClassJournals, useOwnClass, useOwnClasses } from "./own";
import { useCurrentTerm } from "./term";
import "./tutor.css";

type View = "day" | "open" | "overview";

export default function Tutor(props: ScreenProps): JSX.Element {
	const own = useOwnClass();
	return (
		<Show
			when={own()}
			fallback={
				<Page title={tutor().title}>
					<Nothing icon="class" title={tutor().noClass} text={tutor().noClassText} />
				</Page>
			}
		>
			{(group) => <Classroom group={group()} rest={props.params.rest ?? ""} />}
		</Show>
	);
}

function Classroom(props: { group: OwnClass; rest: string }): JSX.Element {
	const today = useToday();
	const all = useOwnClasses();
	const view = (): View => (props.rest === "open" ? "open" : props.rest.startsWith("overview") ? "overview" : "day");
	const day = (): string => (isDate(props.rest) ? props.rest : today());
	const open = useOpenCount(() => props.group.id);
	const to = (date: string): string => (date === today() ? "/class" : `/class/${date}`);
	return (
		<Page
			title={tutor().titleOf(props.group.name)}
			subtitle={view() === "day" ? dayTitle(day()) : undefined}
			tools={
				<>
					<Show when={all().length > 1}>
						<Segmented
							label={tutor().whichClass}
							choices={all().map((c) => ({ value: c.id, label: c.name }))}
							value={props.group.id}
							onChoose={chooseClass}
						/>
					</Show>
					<Show when={view() === "day"}>
						<div class="class-day">
							<Button
								icon="back"
								label={tutor().earlier}
								onClick={() => go(to(dayAfter(day(), -1)), { replace: true })}
							/>
							<input
								type="date"
								aria-label={tutor().date}
								value={day()}
								onChange={(event) => go(to(event.currentTarget.value || today()), { replace: true })}
							/>
							<Button
								icon="forward"
								label={tutor().later}
								onClick={() => go(to(dayAfter(day(), 1)), { replace: true })}
							/>
							<Show when={day() !== today()}>
								<Button onClick={() => go("/class", { replace: true })}>{tutor().toToday}</Button>
							</Show>
						</div>
					</Show>
				</>
			}
			tabs={
				<Tabs
					label={tutor().views}
					tabs={[
						{ href: "/class", label: tutor().today },
						{ href: "/class/open", label: tutor().open, badge: open() },
						{ href: "/class/overview", label: tutor().overview },
					]}
					current={view() === "day" ? "/class" : `/class/${view()}`}
				/>
			}
		>
			<Switch>
				<Match when={view() === "open"}>
					<Open group={props.group} />
				</Match>
				<Match when={view() === "overview"}>
					<Overview group={props.group} />
				</Match>
				<Match when={true}>
					<Day group={props.group} day={day()} />
				</Match>
			</Switch>
		</Page>
	);
}

/** Pupils of the class with an absence of this term about which nobody has said anything. */
function useOpenCount(classId: () => string): () => number {
	const attended = useAttended(useClassJournals(classId));
	const term = useCurrentTerm();
	return createMemo(() => {
		const span = term();
		if (span === null) return 0;
		const open = attended().absences.filter((a) => a.reason === null && span.starts <= a.date && a.date < span.ends);
		return new Set(open.map((a) => a.pupil)).size;
	});
}
