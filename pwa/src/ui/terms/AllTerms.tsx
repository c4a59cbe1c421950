/** The term marks of all one's journals: how many are given in the term that ends next. */

import { createMemo, For, type JSX, Show } from "solid-js";
import { dayAfter } from "../../rules/days";
import type { ScreenProps } from "../App";
import { useLive, useRows, useToday } from "../context";
import { termFor } from "../journal/columns";
import { Nothing } from "../parts/Nothing";
import { Page } from "../parts/Page";
import { dayText } from "../phrases/format";
import { terms as words } from "../phrases/terms";
import { useMyJournals } from "../reading/mine";
import { type JournalName, useJournalNames } from "../reading/names";
import { isOfSpan, useRoster } from "../reading/roster";
import { type TermSpan, useTerms } from "../reading/school";
import "./terms.css";

export default function AllTerms(_: ScreenProps): JSX.Element {
	const live = useLive();
	const today = useToday();
	const mine = useMyJournals();
	const names = useJournalNames();
	const terms = useTerms();
	const t = (): ReturnType<typeof words> => words();
	const term = createMemo(() => termFor(terms(), today()));
	const journals = createMemo(() => {
		live.watch("school");
		return mine()
			.all.filter((id) => mine().own(id, today()) || mine().substituting(id, today()))
			.map((id) => names()(id))
			.filter((name) => name.grade !== 1)
			.sort((a, b) => a.title.localeCompare(b.title, "ru", { numeric: true }));
	});
	const subtitle = (): string => {
		const now = term();
		return now === null ? "" : t().until(now.name, dayText(dayAfter(now.ends, -1)));
	};
	return (
		<Page title={t().allTitle} subtitle={subtitle()} backTo="/today">
			<ul class="term-journals">
				<For each={journals()} fallback={<Nothing icon="marks" title={t().noJournals} />}>
					{(name) => (
						<li>
							<JournalLine name={name} term={term()} />
						</li>
					)}
				</For>
			</ul>
		</Page>
	);
}

function JournalLine(props: { name: JournalName; term: TermSpan | null }): JSX.Element {
	const roster = useRoster(() => props.name.journal);
	const marks = useRows("term_mark", () => `journal:${props.name.journal}`);
	const counted = createMemo(() => {
		const term = props.term;
		if (term === null) return null;
		const all = roster().filter((line) => isOfSpan(line, term.starts, term.ends));
		const given = all.filter((line) => marks().get(`${props.name.journal}/${term.id}/${line.pupil}`)?.values.value);
		return { all: all.length, left: all.length - given.length };
	});
	return (
		<a class="term-journal" href={`/terms/${props.name.journal}/${props.term?.id ?? ""}`}>
			<b>{props.name.className}</b>
			<span class="who">{[props.name.subject, props.name.subgroup].filter(Boolean).join(" · ")}</span>
			<Show when={counted()}>{(now) => <small>{words().left(now().left, now().all)}</small>}</Show>
		</a>
	);
}
