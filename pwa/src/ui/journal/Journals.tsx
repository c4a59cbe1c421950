/** The journals this person may open: own, substituted, of the own class, and for heads of school all of them. */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { ScreenProps } from "../App";
import { useLive, useRows, useSession, useToday } from "../context";
import { Field } from "../parts/Field";
import { Nothing } from "../parts/Nothing";
import { Page } from "../parts/Page";
import { today as words } from "../phrases/today";
import { useMyClasses, useMyJournals } from "../reading/mine";
import { type JournalName, useJournalNames } from "../reading/names";
import { isHead } from "../sections";
import "./journals.css";

/** More journals than this are searched. */
const MANY = 12;

interface Group {
	readonly title: string;
	readonly journals: readonly JournalName[];
	/** The title names the class: subjects alone are listed. */
	readonly brief?: boolean;
}

/** Letters and digits alone, so that "9а физ" finds «9 «А» · Физика». */
function plain(text: string): string {
	return text.toLocaleLowerCase("ru").replaceAll(/[«»·]/g, "").replaceAll(/\s+/g, " ").trim();
}

function byClass(a: JournalName, b: JournalName): number {
	return a.title.localeCompare(b.title, "ru", { numeric: true });
}

/** All journals of the school, a group for each class. */
function classesOf(names: readonly JournalName[]): Group[] {
	const found = new Map<string, JournalName[]>();
	for (const name of [...names].sort(byClass)) found.set(name.className, [...(found.get(name.className) ?? []), name]);
	return [...found].map(([title, journals]) => ({ title, journals, brief: true }));
}

export default function Journals(_: ScreenProps): JSX.Element {
	const today = useToday();
	const session = useSession();
	const mine = useMyJournals();
	const names = useJournalNames();
	const journals = useRows("journal", "school");
	const [wanted, setWanted] = createSignal("");
	const t = (): ReturnType<typeof words>["journals"] => words().journals;

	const classes = useMyClasses();
	const groups = createMemo((): Group[] => {
		const own: JournalName[] = [];
		const substituted: JournalName[] = [];
		const ended: JournalName[] = [];
		const tutored: JournalName[] = [];
		const rest: JournalName[] = [];
		for (const id of journals().keys()) {
			const name = names()(id);
			if (mine().own(id, today())) own.push(name);
			else if (mine().all.includes(id) && !mine().ended(id, today())) substituted.push(name);
			else if (classes().has(name.classId)) tutored.push(name);
			else if (isHead(session())) rest.push(name);
			else if (mine().ended(id, today())) ended.push(name);
		}
		const asked = plain(wanted()).split(" ").filter(Boolean);
		const fits = (name: JournalName): boolean =>
			asked.every((word) => plain(name.title).replaceAll(" ", "").includes(word));
		return [
			{ title: t().mine, journals: own },
			{ title: t().substituted, journals: substituted },
			{ title: t().class, journals: tutored },
			...classesOf(rest),
			{ title: t().ended, journals: ended },
		]
			.map((g) => ({ ...g, journals: g.journals.filter(fits).sort(byClass) }))
			.filter((g) => g.journals.length > 0);
	});
	const many = (): boolean => wanted() !== "" || groups().reduce((n, g) => n + g.journals.length, 0) > MANY;
	return (
		<Page title={t().title}>
			<Show when={many()}>
				<Field
					bare
					label={t().search}
					placeholder={t().search}
					type="search"
					value={wanted()}
					onInput={(event) => setWanted(event.currentTarget.value)}
				/>
			</Show>
			<For
				each={groups()}
				fallback={
					<Nothing
						icon="journals"
						title={wanted() ? t().nothing : t().none}
						text={wanted() ? undefined : t().noneText}
					/>
				}
			>
				{(group) => (
					<section>
						<h2 class="section-title">{group.title}</h2>
						<ul class={group.brief ? "chips brief" : "journals"}>
							<For each={group.journals}>
								{(name) => (
									<li>
										<Show when={group.brief} fallback={<JournalCard name={name} />}>
											<a class="chip" href={`/journal/${name.journal}`}>
												{[name.subject, name.subgroup].filter(Boolean).join(" · ")}
											</a>
										</Show>
									</li>
								)}
							</For>
						</ul>
					</section>
				)}
			</For>
		</Page>
	);
}

function JournalCard(props: { name: JournalName }): JSX.Element {
	const live = useLive();
	const here = (): boolean => {
		live.watch(`journal:${props.name.journal}`);
		return live.engine.complete(`journal:${props.name.journal}`);
	};
	const says = (): string =>
		[
			props.name.subgroup,
			props.name.hours !== null && words().journals.hours(props.name.hours),
			!here() && live.status().reachable === false && words().journals.notHere,
		]
			.filter(Boolean)
			.join(" · ");
	return (
		<a class="journal-card leaf" href={`/journal/${props.name.journal}`}>
			<b>{props.name.className}</b>
			<span class="what">
				<span>{props.name.subject}</span>
				<small>{says()}</small>
			</span>
		</a>
	);
}
