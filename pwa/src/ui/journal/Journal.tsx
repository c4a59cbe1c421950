/** The journal of a class in a subject: the grid with its tools above and the key strip below. */

import { createMemo, createSignal, type JSX, onCleanup, onMount, Show } from "solid-js";
import type { ScreenProps } from "../App";
import { useRows, useToday } from "../context";
import { late } from "../late";
import { createPainted } from "../painted";
import { Button } from "../parts/Button";
import { Page } from "../parts/Page";
import { journal as words } from "../phrases/journal";
import { planOf } from "../reading/lessons";
import { Absence, isReadable, useWithheld } from "./Absence";
import { GridTable } from "./GridTable";
import { GridTools } from "./GridTools";
import { createGrid, type Grid } from "./grid";
import { useJournal } from "./model";

/** The strip's room, so that the grid does not jump when it comes. */
const StripPlace = (): JSX.Element => <div class="strip-place" />;
const GridStrip = late(() => import("./Strip"), StripPlace);

type Paper = typeof import("./Spread")["default"];

/** Until the grid stands on a slow tablet, and the person has begun to look at it. */
const AFTER_GRID_MS = 3_000;

export default function Journal(props: ScreenProps): JSX.Element {
	const id = (): string => props.params["journal"] ?? "";
	const today = useToday();
	const model = useJournal(id);
	const withheld = useWithheld(model);
	const readable = (): boolean => isReadable(model) && !withheld();
	const grid = createGrid(model, () => ({ day: today() }));
	const plan = useRows("plan_item", () => `journal:${id()}`);
	const done = createMemo(() => {
		const lines = planOf(plan().values(), model.lessons().values());
		return { given: lines.filter((l) => l.given !== null).length, all: lines.length };
	});
	const subtitle = (): string => {
		const { hours } = model.name();
		const { given, all } = done();
		return [grid.term()?.name, hours !== null && words().hours(hours), all > 0 && words().planDone(given, all)]
			.filter(Boolean)
			.join(" · ");
	};
	// On paper the journal has other pages; they exist only while it is printed, from the button or by Ctrl+P.
	const [printing, setPrinting] = createSignal(false);
	const [paper, setPaper] = createSignal<Paper | null>(null);
	const begin = () => setPrinting(true);
	const end = () => setPrinting(false);
	/** The browser lays out at once: the pages must be here before it is asked. */
	const fetched = async (): Promise<void> => {
		const { default: found } = await import("./Spread");
		setPaper(() => found);
	};
	const printed = async (): Promise<void> => {
		await fetched();
		print();
	};
	// Its own menu asks nobody first; without network on a first visit there are no pages then, only the table.
	const soon = setTimeout(() => void fetched().catch(() => undefined), AFTER_GRID_MS);
	const asked = (event: KeyboardEvent): void => {
		if (event.code !== "KeyP" || !(event.ctrlKey || event.metaKey)) return;
		event.preventDefault();
		void printed();
	};
	onMount(() => {
		addEventListener("keydown", asked);
		addEventListener("beforeprint", begin);
		addEventListener("afterprint", end);
	});
	onCleanup(() => {
		clearTimeout(soon);
		removeEventListener("keydown", asked);
		removeEventListener("beforeprint", begin);
		removeEventListener("afterprint", end);
	});
	return (
		<Page
			fixed
			title={model.name().title}
			subtitle={subtitle()}
			backTo="/journals"
			tools={
				<Show when={readable()}>
					<GridTools grid={grid} />
					<Show when={grid.marked()}>
						<a class="btn plain" href={`/terms/${id()}/${grid.term()?.id ?? ""}`}>
							{words().terms}
						</a>
					</Show>
					<Button icon="print" label={words().print} onClick={() => void printed()} />
				</Show>
			}
			bar={
				<Show when={readable() && grid.columns().length > 0}>
					<Bar grid={grid} />
				</Show>
			}
		>
			<Absence model={model} columns={grid.columns().length}>
				<GridTable grid={grid} />
				<Show when={printing() && paper()} keyed>
					{(Pages) => <Pages grid={grid} />}
				</Show>
			</Absence>
		</Page>
	);
}

/** The strip comes in the frame after the grid's own. */
function Bar(props: { grid: Grid }): JSX.Element {
	const painted = createPainted();
	return (
		<Show when={painted()} fallback={<StripPlace />}>
			<GridStrip grid={props.grid} />
		</Show>
	);
}
