/** The lesson's place in the journal: the grid of its month, standing in its column. */

import { type JSX, Show } from "solid-js";
import { Absence } from "../journal/Absence";
import { GridTable } from "../journal/GridTable";
import { GridTools } from "../journal/GridTools";
import { createGrid } from "../journal/grid";
import GridStrip from "../journal/Strip";
import { Page } from "../parts/Page";
import type { Frame } from "./Lesson";
import type { LessonState } from "./state";

export default function InJournal(props: { lesson: LessonState; frame: Frame }): JSX.Element {
	const grid = createGrid(props.lesson.model, () => ({ day: props.lesson.date(), lesson: props.lesson.key() }));
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
