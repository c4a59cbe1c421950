/** An own entry that was held, declined, refused or lost: what stands, what was wanted, why, who can lift it, and the way out. */

import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { Pleas } from "../../engine/pleas";
import type { Reason } from "../../generated/messages";
import type { KindName, Matter } from "../../generated/model";
import { useLive, useWrite } from "../context";
import { useEntering } from "../journal/entering";
import { Button } from "../parts/Button";
import { Pill } from "../parts/Pill";
import { TextCell } from "../parts/TextCell";
import { say } from "../parts/toasts";
import { attention } from "../phrases/attention";
import { momentText } from "../phrases/format";
import { tablet } from "../phrases/tablet";
import { useReasonWords } from "../reading/grounds";
import { usePeople } from "../reading/names";
import { useTargets, valueText } from "../reading/targets";
import { History } from "./History";
import type { EntryItem } from "./items";
import { Value } from "./Value";

export function EntryCard(props: {
	item: EntryItem;
	/** What is said ahead for entries that the server has not judged. */
	pleas: Pleas;
	onPlea: (awaited: string, text: string) => void;
}): JSX.Element {
	const live = useLive();
	const write = useWrite();
	const why = useReasonWords();
	const entering = useEntering(() => "");
	const targets = useTargets();
	const people = usePeople();
	const [telling, setTelling] = createSignal(false);
	const item = () => props.item;
	const target = createMemo(() => targets(item().kind, item().key));
	const held = (): boolean => item().state === "held";
	const matter = (): string => item().matter ?? "";
	const wanted = (): string => valueText(item().kind, item().set) || attention().cleared;
	/** Would it be accepted, were it written again now? (Rights, terms and windows may have changed since.) */
	const mayPass = createMemo((): boolean => {
		const { state, kind, key, set } = item();
		if (state === "held" || state === "stuck" || kind === "") return false;
		live.watch("school");
		return live.engine.check({ kind: kind as KindName, key, set }).verdict === "accepted";
	});
	/** What the journal shows now in the cells that the entry was about. */
	const stands = (): string => {
		if (item().kind === "") return "";
		live.watch(live.engine.scopeOf(item().kind as never, item().key));
		const row = live.engine.row(item().kind as never, item().key);
		// Until the server has judged it, the journal here shows the entry itself.
		const now = item().awaited ? null : (row as { values: Record<string, unknown> } | null)?.values;
		const cells = Object.keys(item().set).map((cell) => [cell, now?.[cell] ?? item().was[cell]]);
		return valueText(item().kind, Object.fromEntries(cells)) || attention().none1;
	};
	/** It waits for nobody any more: its year is in the archive. */
	const archived = createMemo(() => (held() ? why.archived(item().kind, item().key, item().set) : ""));
	const sentence = (): string => {
		if (item().state === "stuck") return attention().stuckWhy;
		if (archived()) return archived();
		const { declined } = item();
		if (declined) {
			const when = momentText(declined.at, live.today());
			return attention().declinedBy(people.short(declined.by), when, declined.note);
		}
		const said = [why.sentence(item().reason, item().detail), held() && why.reopened(item().reason, item().detail)]
			.filter(Boolean)
			.join(" ");
		return held() && item().matter === null ? `${said} ${attention().waitsForServer}` : said;
	};
	/** Takes it from the list: it is withdrawn, or the author has read that it was declined. */
	const settle = async (): Promise<void> => {
		const { matter } = item();
		if (matter === null) return;
		if (item().declined) return void (await write([{ kind: "matter", key: matter, set: { seen: true } }]));
		if (await write([{ kind: "matter", key: matter, set: { outcome: "withdrawn" } }])) say(attention().withdrawn);
	};
	/** The deputy head sees it in the office anyway; asking is for who is in a hurry. No pupil is named outside. */
	const ask = async (): Promise<void> => {
		const [journal = "", date = "", number = ""] = item().key.split("/");
		const what = number ? targets("lesson", `${journal}/${date}/${number}`).title : attention().kinds[item().kind];
		const text = tablet().asking(what ?? "");
		try {
			if (navigator.share) return await navigator.share({ text });
			await navigator.clipboard.writeText(text);
			say(tablet().asked);
		} catch {
			// The person closed the sheet, or the browser forbids it.
		}
	};
	const wayOut = (): string =>
		held() ? attention().withdraw : item().declined ? attention().understood : attention().dismiss;
	const again = async (): Promise<void> => {
		const { kind, key, set } = item();
		if (kind !== "" && (await write([{ kind: kind as KindName, key, set }]))) await settle();
	};
	return (
		<article class={`matter ${item().state}`}>
			<header>
				<Pill tone={held() ? "held" : "red"} sign={held() ? "held" : "lost"}>
					{attention().labels[item().state]}
				</Pill>
				<h2>{target().title}</h2>
			</header>
			<div class="values">
				<Value tone="plain" value={stands()} who={attention().now} note="" />
				<Value
					tone={held() ? "held" : "plain"}
					value={wanted()}
					who={held() || item().declined ? attention().correction : attention().yours}
					note={[
						attention().written(momentText(item().written, live.today())),
						item().arrived !== null && attention().arrived(momentText(item().arrived ?? 0, live.today())),
					]
						.filter(Boolean)
						.join(", ")}
				/>
			</div>
			<p class="why">{sentence()}</p>
			<Show when={held() && !archived() && item().matter !== null}>
				<TextCell
					label={attention().plea}
					placeholder={attention().pleaExample}
					value={item().plea}
					scope={live.engine.scopeOf("matter", matter())}
					entryOf={(plea) => ({ kind: "matter", key: matter(), set: { plea } })}
					entering={entering}
				/>
			</Show>
			<Show when={item().awaited}>
				{(awaited) => (
					<div class="field">
						<label for={`plea-${awaited()}`}>{attention().plea}</label>
						<textarea
							autocomplete="off"
							id={`plea-${awaited()}`}
							rows={1}
							placeholder={attention().pleaExample}
							maxLength={500}
							value={props.pleas[awaited()] ?? ""}
							onInput={(event) => props.onPlea(awaited(), event.currentTarget.value)}
						/>
					</div>
				)}
			</Show>
			<Show when={!held() && item().plea}>{(plea) => <p class="soft">{attention().pleaOf(plea())}</p>}</Show>
			<div class="buttons">
				<Show when={target().href}>
					{(href) => (
						<a class="btn" href={href()}>
							{attention().open}
						</a>
					)}
				</Show>
				<Show when={held() && !archived()}>
					<Button onClick={() => void ask()}>{tablet().ask}</Button>
				</Show>
				<Show when={mayPass()}>
					<Button tone="main" onClick={() => void again()}>
						{tablet().again}
					</Button>
				</Show>
				<Show when={item().matter}>
					<Button onClick={() => void settle()}>{wayOut()}</Button>
				</Show>
				<Show when={item().kind !== ""}>
					<Button onClick={() => setTelling(true)}>{attention().history}</Button>
				</Show>
			</div>
			<History
				open={telling()}
				kind={item().kind}
				key={item().key}
				title={target().title}
				onClose={() => setTelling(false)}
			/>
		</article>
	);
}

/** What became of an entry: one line. */
export function SettledCard(props: { matter: Matter }): JSX.Element {
	const live = useLive();
	const people = usePeople();
	const targets = useTargets();
	const why = useReasonWords();
	const target = () => targets(props.matter.kind ?? "", props.matter.target ?? "");
	const outcome = (): "approved" | "declined" | "withdrawn" => {
		const found = props.matter.outcome;
		return found === "approved" || found === "declined" ? found : "withdrawn";
	};
	const wanted = (): string => valueText(props.matter.kind ?? "", props.matter.set ?? {}) || attention().cleared;
	return (
		<div class="settled-line">
			<Pill tone={outcome() === "approved" ? "ok" : "plain"} sign={outcome() === "approved" ? "ok" : undefined}>
				{attention().labels[outcome()]}
			</Pill>
			<span>
				<b>{wanted()}</b> · {target().title}
				<small>
					{[
						why.name((props.matter.reason ?? "") as Reason),
						attention().decided(
							people.orYou(props.matter.decided_by),
							momentText(props.matter.decided ?? 0, live.today()),
						),
						props.matter.note && attention().note(props.matter.note),
					]
						.filter(Boolean)
						.join(" · ")}
				</small>
			</span>
		</div>
	);
}
