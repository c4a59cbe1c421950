/**
 * A pupil's marks of a term in the journals that this person holds: each with its mean, term mark, marks and absences.
 *
 * The name stands on the screen alone: neither the address nor the window's title has it, for both stay on the disk.
 */

import { createMemo, For, type JSX, Show } from "solid-js";
import type { ScreenProps } from "../App";
import { useRows, useToday } from "../context";
import { termFor } from "../journal/columns";
import { Nothing } from "../parts/Nothing";
import { Page } from "../parts/Page";
import { journal as journalWords } from "../phrases/journal";
import { pupil as words } from "../phrases/pupil";
import { type TermSpan, useTerms } from "../reading/school";
import { go } from "../router";
import { JournalOf } from "./JournalOf";
import { useJournalsOf, usePupil } from "./pupil";
import "./pupil.css";

export default function Pupil(props: ScreenProps): JSX.Element {
	const today = useToday();
	const id = (): string => props.params["pupil"] ?? "";
	const found = usePupil(id);
	const journals = useJournalsOf(found);
	const years = useRows("year", "school");
	const all = useTerms();
	const terms = createMemo(() => {
		const year = [...years().values()].find(({ values: y }) => (y.starts ?? "") <= today() && today() < (y.ends ?? ""));
		return all().filter((t) => year === undefined || t.year === year.key);
	});
	const term = createMemo((): TermSpan | null => {
		const named = terms().find((t) => t.id === props.params["term"]);
		return named ?? termFor(terms(), today());
	});
	const first = (): string => props.params["journal"] ?? "";
	const t = (): ReturnType<typeof words> => words();
	return (
		<Page
			title={found()?.name ?? t().title}
			windowTitle={t().title}
			subtitle={found()?.className}
			backTo="/journals"
			tools={
				<Show when={terms().length > 1}>
					<select
						aria-label={journalWords().term}
						value={term()?.id ?? ""}
						onChange={(event) => go(`/pupil/${id()}/${first() || "-"}/${event.currentTarget.value}`, { replace: true })}
					>
						<For each={terms()}>
							{(span) => (
								<option value={span.id} selected={span.id === term()?.id}>
									{span.name}
								</option>
							)}
						</For>
					</select>
				</Show>
			}
		>
			<Show when={found()} fallback={<Nothing icon="search" title={t().unknown} text={t().unknownText} />}>
				{(known) => (
					<Show
						when={journals().length > 0 && term()}
						fallback={<Nothing icon="journals" title={t().noJournals} text={t().noJournalsText} />}
					>
						{(span) => (
							<ul class="pupil-journals">
								<For each={journals()}>
									{(name) => (
										<li>
											<JournalOf
												name={name}
												pupil={known().pupil}
												term={span()}
												open={journals().length === 1 || name.journal === first()}
											/>
										</li>
									)}
								</For>
							</ul>
						)}
					</Show>
				)}
			</Show>
		</Page>
	);
}
