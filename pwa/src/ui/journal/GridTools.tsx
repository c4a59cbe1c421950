/** What the grid shows: the term, the month or the whole of it, and, where it is long, which lessons of it. */

import { createMemo, For, type JSX, Show } from "solid-js";
import { Button } from "../parts/Button";
import { Segmented } from "../parts/Segmented";
import { capital, dayText } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { MOST_COLUMNS, type Part } from "./columns";
import type { Grid } from "./grid";

export function GridTools(props: { grid: Grid }): JSX.Element {
	const grid = props.grid;
	const label = (part: Part): string => (part.month === null ? words().whole : capital(dayText(part.month, "month")));
	const short = (part: Part): string => (part.month === null ? "" : label(part).slice(0, 3));
	const choices = createMemo(() => grid.parts().map((p) => ({ value: p.id, label: label(p), short: short(p) })));
	const from = (): number => grid.start() + 1;
	const to = (): number => grid.start() + grid.shown().length;
	return (
		<>
			<Show when={grid.model.terms().length > 1}>
				<select
					aria-label={words().term}
					value={grid.term()?.id ?? ""}
					onChange={(event) => grid.chooseTerm(event.currentTarget.value)}
				>
					<For each={grid.model.terms()}>
						{(term) => (
							<option value={term.id} selected={term.id === grid.term()?.id}>
								{term.name}
							</option>
						)}
					</For>
				</select>
			</Show>
			<Show when={choices().length > 1}>
				<Segmented
					label={words().part}
					choices={choices()}
					value={grid.part()?.id ?? ""}
					onChoose={(id) => grid.choosePart(id)}
				/>
			</Show>
			<Show when={grid.columns().length > MOST_COLUMNS}>
				<div class="buttons">
					<Button
						icon="back"
						label={words().earlier}
						disabled={grid.start() === 0}
						onClick={() => grid.page(-MOST_COLUMNS)}
					/>
					<small>{words().windowOf(from(), to(), grid.columns().length)}</small>
					<Button
						icon="forward"
						label={words().later}
						disabled={to() >= grid.columns().length}
						onClick={() => grid.page(MOST_COLUMNS)}
					/>
				</div>
			</Show>
		</>
	);
}
