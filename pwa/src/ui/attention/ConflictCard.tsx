/** Two entries of one cell: whose they are, which shows and why, and the choice between them. */

import { createSignal, For, type JSX, Show } from "solid-js";
import type { Head } from "../../generated/messages";
import { useLive, useRow, useRows, useWrite } from "../context";
import { Button } from "../parts/Button";
import { Pill } from "../parts/Pill";
import { say } from "../parts/toasts";
import { attention } from "../phrases/attention";
import { momentText } from "../phrases/format";
import { shell } from "../phrases/shell";
import { usePeople } from "../reading/names";
import { useTargets, valueText } from "../reading/targets";
import { History } from "./History";
import type { ConflictItem } from "./items";
import { Value } from "./Value";

const REGULAR = 1;
const TEACHER = 2;
const DEPUTY = 3;

export function ConflictCard(props: {
	item: ConflictItem;
	/** Somebody who may look, but not settle. */
	readOnly?: boolean;
}): JSX.Element {
	const live = useLive();
	const write = useWrite();
	const people = usePeople();
	const targets = useTargets();
	const [telling, setTelling] = createSignal(false);
	const t = (): ReturnType<typeof attention>["conflict"] => attention().conflict;
	const target = () => targets(props.item.kind, props.item.key);
	const words = (head: Head): string => valueText(props.item.kind, { [props.item.cell]: head[0] });
	const shown = (head: Head): string => words(head) || attention().cleared;
	const substitutions = useRows("substitution", "school");
	/** What made the author entitled, in words. */
	const asWhom = (head: Head): string => {
		const [, person, , , authority] = head;
		if (authority >= DEPUTY) return t().deputy;
		if (authority !== TEACHER) return "";
		const [journal = "", date = ""] = props.item.key.split("/");
		for (const { parts, values } of substitutions().values())
			if (
				parts["journal"] === journal &&
				parts["person"] === person &&
				(parts["starts"] ?? "") <= date &&
				date < (values.ends ?? "")
			)
				return t().substitute;
		return props.item.heads.some((h) => h[4] === REGULAR) ? t().gaveLesson : "";
	};
	const rule = (): string => {
		const [best, other] = props.item.heads;
		if (best === undefined || other === undefined || best[4] <= other[4]) return t().byTime;
		return best[4] >= DEPUTY ? t().byDeputy : t().byTeacher;
	};
	/** The other place of a mark, free for "4/3". */
	const otherKey = (): string =>
		props.item.kind === "mark" && props.item.cell === "value" && props.item.key.endsWith("/1")
			? `${props.item.key.slice(0, -1)}2`
			: "";
	const second = useRow("mark", otherKey);
	const both = (): string => {
		const [a, b] = props.item.heads.map((h) => h[0]);
		const free = otherKey() !== "" && !second()?.values.value;
		return free && props.item.heads.length === 2 && a && b && a !== b ? `${a}/${b}` : "";
	};

	const settle = async (value: unknown): Promise<void> => {
		const { kind, key, cell } = props.item;
		if (await write([{ kind, key, set: { [cell]: value } }])) settled();
	};
	const settleBoth = async (): Promise<void> => {
		const [a, b] = props.item.heads.map((h) => h[0]);
		const { key } = props.item;
		const entries = [
			{ kind: "mark", key, set: { value: a } },
			{ kind: "mark", key: otherKey(), set: { value: b } },
		] as const;
		if (await write(entries)) settled();
	};
	const settled = (): void => {
		say(t().done, { action: { label: shell().words.undo, run: () => void live.engine.undo() } });
	};

	return (
		<article class="matter conflict">
			<header>
				<Pill tone="red" sign="conflict">
					{attention().labels.conflict}
				</Pill>
				<h2>{target().title}</h2>
			</header>
			<div class="values">
				<For each={props.item.heads}>
					{(head, i) => (
						<Value
							value={shown(head)}
							tone={i() === 0 ? "best" : "plain"}
							who={[people.orYou(head[1]), asWhom(head)].filter(Boolean).join(", ")}
							note={[t().written(momentText(head[2], live.today())), i() === 0 && t().shown]
								.filter(Boolean)
								.join(" · ")}
						/>
					)}
				</For>
			</div>
			<p class="why">{t().why(rule())}</p>
			<div class="buttons">
				<For each={props.readOnly ? [] : props.item.heads}>
					{(head, i) => (
						<Button tone={i() === 0 ? "main" : "plain"} onClick={() => void settle(head[0])}>
							{i() === 0 ? t().keep(shown(head)) : t().take(shown(head))}
						</Button>
					)}
				</For>
				<Show when={!props.readOnly && both()}>
					{(pair) => <Button onClick={() => void settleBoth()}>{t().both(pair())}</Button>}
				</Show>
				<Button onClick={() => setTelling(true)}>{attention().history}</Button>
				<Show when={target().href}>
					{(href) => (
						<a class="btn quiet" href={href()}>
							{attention().open}
						</a>
					)}
				</Show>
			</div>
			<History
				open={telling()}
				kind={props.item.kind}
				key={props.item.key}
				title={target().title}
				onClose={() => setTelling(false)}
			/>
		</article>
	);
}
