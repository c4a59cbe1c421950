/** The strip under the grid: keys for the cell the person is in, who and what it is, and what the rules say of it. */

import { createMemo, type JSX, Show } from "solid-js";
import { proposal, shown } from "../../rules/marks";
import { useEngine, useLive, usePending, useRows, useSession } from "../context";
import { late } from "../late";
import { entering as around } from "../phrases/entering";
import { field } from "../phrases/field";
import { dayText, localDecimal } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { useReasonWords } from "../reading/grounds";
import { useSettings } from "../reading/school";
import { EMPTY, markKey, minutesOf, stateOf, textOf } from "./cell";
import { contents } from "./GridCell";
import type { Grid } from "./grid";
import { KeyStrip } from "./KeyStrip";
import { termMarkKey } from "./sheet";

const Comment = late(
	() => import("./Comment"),
	() => null,
);

const Pasting = late(
	() => import("./Pasting"),
	() => null,
);
const Filling = late(
	() => import("./Filling"),
	() => null,
);

export default function GridStrip(props: { grid: Grid }): JSX.Element {
	const engine = useEngine();
	const live = useLive();
	const why = useReasonWords();
	const pending = usePending();
	const session = useSession();
	const settings = useSettings();
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
	/** Of a block nobody has looked yet what stands in it. */
	const empty = (): boolean => {
		const now = target();
		if (grid.block() !== null) return false;
		if (now?.kind !== "term") return textOf(standing()) === "";
		return !grid.model.termMarks().get(termMarkKey(grid.model.journal(), now.term, now.line.pupil))?.values.value;
	};
	const canUndo = createMemo(() => {
		live.watchOutbox();
		return engine.canUndo();
	});

	const who = (): string => {
		const now = target();
		if (now === null || now.kind === "head") return around().keys.pick;
		const block = grid.block();
		if (block !== null) return around().bulk.block((block.bottom - block.top + 1) * (block.right - block.left + 1));
		return now.line.name;
	};
	const what = (): string => {
		const now = target();
		switch (now?.kind) {
			case "lesson": {
				const record = grid.model.lessons().get(now.lesson.key)?.values;
				const work = record?.work ? field().works[record.work] : "";
				const minutes = minutesOf(standing());
				const late = minutes !== null && `${field().presence["late"]} ${field().minutes(minutes)}`;
				return [dayText(now.lesson.date, "short"), work || record?.topic, late].filter(Boolean).join(", ");
			}
			case "mean": {
				const found = grid.means().get(now.line.pupil);
				if (!found) return words().noMean;
				const { mean } = found;
				const said =
					mean === null
						? words().noMean
						: `${localDecimal(shown(mean))}, ${words().proposal(proposal(mean, settings().thresholds))}`;
				return `${said} · ${contents(found)}`;
			}
			case "term": {
				const found = grid.means().get(now.line.pupil);
				const { mean } = found ?? { mean: null };
				const proposed =
					mean && `${words().proposal(proposal(mean, settings().thresholds))} (${localDecimal(shown(mean))})`;
				return [now.term.name, proposed, found && contents(found)].filter(Boolean).join(" · ");
			}
			default:
				return "";
		}
	};
	grid.blocks().catch(() => undefined); // it comes with the strip, and is at hand from now on
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
		return around().held(textOf(standing()), typeof wanted === "string" ? wanted : "");
	});

	return (
		<>
			<KeyStrip
				why={grid.note() || (barred() ? why.now(barred()?.reason ?? "", barred()?.detail ?? {}) : "")}
				disabled={barred()?.verdict === "refused"}
				presence={target()?.kind !== "term"}
				marks={grid.marked()}
				onPress={(key) => void grid.press(key)}
				onErase={() => grid.erase()}
				unmarked={!grid.marksStand()}
				empty={empty()}
				onUndo={() => void grid.undo()}
				canUndo={canUndo()}
				second={grid.second()}
				onSecond={lesson() !== null && grid.marked() ? grid.pressSecond : undefined}
				onComment={lesson() !== null && grid.marked() ? grid.comment : undefined}
				commentTo={grid.commentTo()}
				onFill={lesson() !== null ? () => grid.setFilling(true) : undefined}
			>
				<span class="says-who">{who()}</span>
				<span>{what()}</span>
				<Show when={stateOf(standing()) === "conflict"}>
					<a href="/attention">{around().conflict}</a>
				</Show>
				<Show when={waits()}>
					<span class="says-held">{waits()}</span>
				</Show>
			</KeyStrip>
			<Show when={grid.asked()}>{(asked) => <Pasting grid={grid} deed={asked().deed} bulk={asked().bulk} />}</Show>
			<Show when={grid.filling() && lesson()}>
				{(now) => <Filling grid={grid} lesson={now().lesson} onClose={() => grid.setFilling(false)} />}
			</Show>
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
