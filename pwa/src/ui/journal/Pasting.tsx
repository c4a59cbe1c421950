/** What of a pasted, filled or erased block can't go in, cell by cell with the reason, before any of it is written. */

import { For, type JSX, Show } from "solid-js";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { entering as around } from "../phrases/entering";
import { dayText } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { shell } from "../phrases/shell";
import type { Bulk, Told } from "./bulk";
import type { Grid } from "./grid";
import type { Deed } from "./many";
import "./many.css";

export default function Pasting(props: { grid: Grid; deed: Deed; bulk: Bulk }): JSX.Element {
	const w = () => around().bulk;
	const drop = () => props.grid.setAsked(null);
	const go = (): void => {
		const { deed, bulk } = props;
		drop();
		props.grid.many((many) => void many.write({ deed, bulk }));
	};
	const can = (): number => props.bulk.changes;
	return (
		<Dialog
			open
			wide
			title={w().title[props.deed]}
			onClose={drop}
			actions={
				<>
					<Button onClick={drop}>{shell().words.cancel}</Button>
					<Button tone="main" disabled={can() === 0} onClick={go}>
						{w().rest(can())}
					</Button>
				</>
			}
		>
			<p>
				{[w().goes(can()), props.bulk.replaced > 0 && w().replaced(props.bulk.replaced)].filter(Boolean).join(", ")}
			</p>
			<List grid={props.grid} title={w().refused(props.bulk.refused.length)} told={props.bulk.refused} />
			<List grid={props.grid} title={w().held(props.bulk.held.length)} told={props.bulk.held} />
		</Dialog>
	);
}

function List(props: { grid: Grid; title: string; told: readonly Told[] }): JSX.Element {
	const place = ({ wish: { at } }: Told): string => {
		const target = props.grid.targetAt(at);
		if (target === null || target.kind === "head") return around().bulk.cell(at.row + 1, at.col + 1);
		const { name } = target.line;
		if (target.kind === "lesson") return `${name}, ${dayText(target.lesson.date, "short")}`;
		return `${name}, ${target.kind === "mean" ? words().meanLong : words().termMark}`;
	};
	return (
		<Show when={props.told.length > 0}>
			<h3>{props.title}</h3>
			<ul class="why-not">
				<For each={props.told}>
					{(told) => (
						<li>
							<b>{place(told)}</b>
							<Show when={told.wish.text}>{(text) => <q>{text()}</q>}</Show>
							<span>{told.why}</span>
						</li>
					)}
				</For>
			</ul>
		</Show>
	);
}
