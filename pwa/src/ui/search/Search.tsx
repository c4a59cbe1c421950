/**
 * The search: a field over a list, driven by the arrows from the field. Empty, it offers the journals of today's
 * lessons and those opened last.
 */

import {
	createEffect,
	createMemo,
	createSignal,
	createUniqueId,
	For,
	type JSX,
	onMount,
	Show,
	untrack,
} from "solid-js";
import { dayAfter } from "../../rules/days";
import { useRows, useSession, useStatus, useToday } from "../context";
import { Dialog } from "../parts/Dialog";
import { pupil as words } from "../phrases/pupil";
import { usePupils } from "../pupil/pupil";
import { useMyLessons } from "../reading/lessons";
import { useMyClasses, useMyJournals } from "../reading/mine";
import { useJournalNames } from "../reading/names";
import { go } from "../router";
import { isHead } from "../sections";
import { pupilsBy, ranked } from "./find";
import { recentJournals } from "./recent";
import "./search.css";

const MOST_PUPILS = 12;
const MOST_JOURNALS = 6;

interface Option {
	readonly href: string;
	readonly title: string;
	readonly note: string;
}

interface Group {
	readonly title: string;
	readonly options: readonly Option[];
	/** How many more fit. */
	readonly more: number;
}

/** `first`: what was typed before the field was there; a line's end in it is Enter. */
export default function Search(props: { first?: string; onClose: () => void }): JSX.Element {
	const t = (): ReturnType<typeof words>["search"] => words().search;
	const status = useStatus();
	const [early = "", entered] = untrack(() => props.first ?? "").split("\n");
	const [asked, setAsked] = createSignal(early);
	const [at, setAt] = createSignal(0);
	const id = createUniqueId();
	let input: HTMLInputElement | undefined;
	let list: HTMLDivElement | undefined;
	onMount(() =>
		queueMicrotask(() => {
			input?.focus();
			if (entered !== undefined) take(options()[0]);
		}),
	);
	const found = useFound(asked);
	const groups = createMemo((): Group[] => found().filter((group) => group.options.length > 0));
	const options = createMemo(() => groups().flatMap((group) => group.options));
	const current = (): number => Math.min(at(), options().length - 1);
	createEffect(() => {
		list?.querySelector(`[id="${id}-${current()}"]`)?.scrollIntoView({ block: "nearest" });
	});
	const take = (option: Option | undefined): void => {
		if (option === undefined) return;
		props.onClose();
		go(option.href);
	};
	const key = (event: KeyboardEvent): void => {
		const last = options().length - 1;
		if (event.key === "ArrowDown") setAt(current() >= last ? 0 : current() + 1);
		else if (event.key === "ArrowUp") setAt(current() <= 0 ? Math.max(0, last) : current() - 1);
		else if (event.key === "Enter") take(options()[current()]);
		else return;
		event.preventDefault();
	};
	return (
		<Dialog open title={t().title} onClose={props.onClose}>
			<div class="field">
				<label for={`${id}-field`}>{t().label}</label>
				<input
					ref={input}
					id={`${id}-field`}
					type="search"
					role="combobox"
					autocomplete="off"
					spellcheck={false}
					aria-expanded={options().length > 0}
					aria-controls={`${id}-list`}
					aria-autocomplete="list"
					aria-activedescendant={options().length > 0 ? `${id}-${current()}` : undefined}
					aria-describedby={`${id}-hint`}
					value={asked()}
					onInput={(event) => {
						setAsked(event.currentTarget.value);
						setAt(0);
					}}
					onKeyDown={key}
				/>
				<small id={`${id}-hint`}>{t().hint}</small>
			</div>
			<p class="sr" aria-live="polite">
				{asked().trim() === "" ? "" : t().found(options().length)}
			</p>
			<div ref={list} id={`${id}-list`} class="found" role="listbox" aria-label={t().title}>
				<For each={groups()}>
					{(group, nth) => {
						const first = (): number =>
							groups()
								.slice(0, nth())
								.reduce((n, before) => n + before.options.length, 0);
						return (
							<div role="group" aria-label={group.title}>
								<p class="soft" aria-hidden="true">
									{group.title}
								</p>
								<For each={group.options}>
									{(option, i) => (
										// The field has the keys; a pointer presses the option itself.
										// biome-ignore lint/a11y/useKeyWithClickEvents: see above.
										<div
											id={`${id}-${first() + i()}`}
											class="found-one"
											role="option"
											tabIndex={-1}
											aria-selected={current() === first() + i()}
											onClick={() => take(option)}
										>
											<span>{option.title}</span>
											<small>{option.note}</small>
										</div>
									)}
								</For>
								<Show when={group.more > 0}>
									<small class="soft">{t().more(group.more)}</small>
								</Show>
							</div>
						);
					}}
				</For>
			</div>
			<Show when={options().length === 0}>
				<p class="soft">{asked().trim() === "" ? t().start : t().nothing}</p>
			</Show>
			<Show when={status().loading && status().reachable !== false}>
				<p class="soft">{t().loading}</p>
			</Show>
		</Dialog>
	);
}

function useFound(asked: () => string): () => Group[] {
	const t = (): ReturnType<typeof words>["search"] => words().search;
	const session = useSession();
	const today = useToday();
	const mine = useMyJournals();
	const classes = useMyClasses();
	const names = useJournalNames();
	const journals = useRows("journal", "school");
	const pupils = usePupils();
	const lessons = useMyLessons(today, () => dayAfter(today()));
	const journalOption = (journal: string): Option => {
		const name = names()(journal);
		return {
			href: `/journal/${journal}`,
			title: name.className,
			note: [name.subject, name.subgroup].filter(Boolean).join(" · "),
		};
	};
	const open = createMemo(() =>
		[...journals().keys()].filter(
			(id) => mine().all.includes(id) || classes().has(names()(id).classId) || isHead(session()),
		),
	);
	return createMemo((): Group[] => {
		if (asked().trim() === "") {
			const now = [...new Set(lessons().map((lesson) => lesson.place.journal))];
			const before = recentJournals(session().person).filter((id) => !now.includes(id) && open().includes(id));
			return [
				{ title: t().today, options: now.map(journalOption), more: 0 },
				{ title: t().recent, options: before.map(journalOption), more: 0 },
			];
		}
		const people = pupilsBy(asked(), pupils());
		// "9афиз" and "9 а физ" both find «9 «А» · Физика».
		const named = ranked(
			open(),
			(id) => `${names()(id).title.replaceAll(/[«»\s]/g, "")} ${names()(id).title}`,
			asked(),
		);
		return [
			{
				title: t().pupils,
				options: people
					.slice(0, MOST_PUPILS)
					.map((known) => ({ href: `/pupil/${known.pupil}`, title: known.name, note: known.className })),
				more: Math.max(0, people.length - MOST_PUPILS),
			},
			{
				title: t().journals,
				options: named.slice(0, MOST_JOURNALS).map(journalOption),
				more: Math.max(0, named.length - MOST_JOURNALS),
			},
		];
	});
}
