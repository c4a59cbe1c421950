/** The strip under the grid: keys for the cell the person is in, who and what it is, and what the rules say of it. */

import { createMemo, type JSX, Show } from "solid-js";
import { proposal, shown } from "../../rules/marks";
import { useEngine, useLive, usePending, useRows, useSession } from "../context";
import { late } from "../late";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { useReasonWords } from "../reading/grounds";
import { EMPTY, markKey, stateOf, textOf } from "./cell";
import { localDecimal } from "./GridCell";
import type { Grid } from "./grid";
import { KeyStrip } from "./KeyStrip";

const Comment = late(
	() => import("./Comment"),
	() => null,
);

export function GridStrip(props: { grid: Grid }): JSX.Element {
	const engine = useEngine();
	const live = useLive();
	const why = useReasonWords();
	const pending = usePending();
	const session = useSession();
	const inbox = useRows("matter", () => `inbox:${session().person}`);
	const grid = props.grid;
	const target = createMemo(() => grid.target());
	const lesson = () => {
		const now = target();
		return now?.kind === "lesson" ? now : null;
	};
	const standing = createMemo(() => {
		const now = lesson();
		return now === null ? EMPTY : grid.model.standing(now.place);
	});
	const canUndo = createMemo(() => {
		live.watchOutbox();
		return engine.canUndo();
	});

	const who = (): string => {
		const now = target();
		if (now === null || now.kind === "head") return words().keys.pick;
		return now.line.name;
	};
	const what = (): string => {
		const now = target();
		switch (now?.kind) {
			case "lesson": {
				const record = grid.model.lessons().get(now.lesson.key)?.values;
				const work = record?.work ? field().works[record.work] : "";
				return [dayText(now.lesson.date, "short"), work || record?.topic].filter(Boolean).join(", ");
			}
			case "mean": {
				const mean = grid.means().get(now.line.pupil);
				return mean === undefined
					? words().noMean
					: `${localDecimal(shown(mean.mean))} · ${words().proposal(proposal(mean.mean))}`;
			}
			case "term": {
				const mean = grid.means().get(now.line.pupil);
				return [now.term.name, mean && words().proposal(proposal(mean.mean))].filter(Boolean).join(" · ");
			}
			default:
				return "";
		}
	};
	const { barred } = grid;
	/** What waits for this cell: "3 → 4". */
	const waits = createMemo((): string => {
		const now = lesson();
		if (now === null || stateOf(standing()) !== "held") return "";
		const keys = [1, 2].map((n) => markKey(now.place, n as 1 | 2));
		let wanted: unknown;
		for (const { values } of inbox().values())
			if (values.verdict === "held" && values.outcome === null && keys.includes(values.target ?? ""))
				wanted = values.set?.["value"] ?? wanted;
		for (const p of pending())
			if (p.state === "held" && !p.settled && keys.includes(p.entry.key)) wanted = p.entry.set["value"] ?? wanted;
		return words().held(textOf(standing()), typeof wanted === "string" ? wanted : "");
	});

	return (
		<>
			<KeyStrip
				why={grid.note() || (barred() ? why.now(barred()?.reason ?? "", barred()?.detail ?? {}) : "")}
				disabled={barred()?.verdict === "refused"}
				presence={target()?.kind !== "term"}
				marks={grid.marked()}
				onPress={(key) => void grid.press(key)}
				onErase={() => void grid.erase()}
				onUndo={() => void grid.entering.undo()}
				canUndo={canUndo()}
				second={grid.second()}
				onSecond={lesson() !== null && grid.marked() ? grid.pressSecond : undefined}
				onComment={lesson() !== null && grid.marked() ? grid.comment : undefined}
			>
				<span class="says-who">{who()}</span>
				<span class="says-what">{what()}</span>
				<Show when={stateOf(standing()) === "conflict"}>
					<a href="/attention">{words().conflict}</a>
				</Show>
				<Show when={waits()}>
					<span class="says-held">{waits()}</span>
				</Show>
			</KeyStrip>
			<Show when={grid.commenting() && lesson()}>
				{(now) => (
					<Comment
						who={now().line.name}
						place={now().place}
						standing={standing()}
						onWrite={(entries) => void grid.entering.enter(entries)}
						onClose={() => grid.setCommenting(false)}
					/>
				)}
			</Show>
		</>
	);
}
