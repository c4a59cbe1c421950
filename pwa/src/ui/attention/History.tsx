/** The history of a cell in a dialog: who wrote what when, when it arrived, and what became of it. */

import { createSignal, For, type JSX, Show } from "solid-js";
import type { Reason } from "../../generated/messages";
import { useEngine, useLive } from "../context";
import { Dialog } from "../parts/Dialog";
import { attention } from "../phrases/attention";
import { momentText } from "../phrases/format";
import { shell } from "../phrases/shell";
import { useReasonWords } from "../reading/grounds";
import { usePeople } from "../reading/names";
import { valueText } from "../reading/targets";
import { type HistoryAnswer, type HistoryEntry, historyOf } from "./history";

interface HistoryProps {
	open: boolean;
	kind: string;
	key: string;
	title: string;
	onClose: () => void;
}

export function History(props: HistoryProps): JSX.Element {
	return (
		<Show when={props.open}>
			<Opened {...props} />
		</Show>
	);
}

function Opened(props: HistoryProps): JSX.Element {
	const engine = useEngine();
	const [found, setFound] = createSignal<HistoryAnswer | null>(null);
	void historyOf(engine, props.kind, props.key).then(setFound);
	const entries = (): readonly HistoryEntry[] => {
		const now = found();
		return now?.kind === "entries" ? now.entries : [];
	};
	const trouble = (): string => {
		switch (found()?.kind) {
			case undefined: // not answered yet
				return shell().words.loading;
			case "offline":
				return attention().historyOffline;
			case "forbidden":
				return attention().historyForbidden;
			case "entries":
				return entries().length === 0 ? attention().historyNone : "";
		}
	};
	return (
		<Dialog open wide title={`${attention().historyTitle}: ${props.title}`} onClose={props.onClose}>
			<Show when={trouble()}>
				<p class="soft">{trouble()}</p>
			</Show>
			<ol class="history">
				<For each={entries()}>{(entry) => <Line kind={props.kind} entry={entry} />}</For>
			</ol>
		</Dialog>
	);
}

function Line(props: { kind: string; entry: HistoryEntry }): JSX.Element {
	const live = useLive();
	const people = usePeople();
	const why = useReasonWords();
	const late = (): boolean => props.entry.arrived - props.entry.written > 60_000;
	return (
		<li>
			<b>{valueText(props.kind, props.entry.set) || attention().cleared}</b>
			<span>
				{people.orYou(props.entry.person)}
				<small>
					{[
						attention().written(momentText(props.entry.written, live.today())),
						late() && attention().arrived(momentText(props.entry.arrived, live.today())),
						attention().verdicts[props.entry.verdict],
						props.entry.reason && props.entry.reason !== "lost" && why.name(props.entry.reason as Reason),
					]
						.filter(Boolean)
						.join(" · ")}
				</small>
			</span>
		</li>
	);
}
