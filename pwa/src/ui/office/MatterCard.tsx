/** A held entry before its judge: what stands, what is wanted, who, when written and arrived, which rule, and two buttons. */

import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { Entry, View } from "../../engine/types";
import type { Reason } from "../../generated/messages";
import type { KindName, Matter } from "../../generated/model";
import { History } from "../attention/History";
import { Value } from "../attention/Value";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { Pill } from "../parts/Pill";
import { attention } from "../phrases/attention";
import { dayOf, momentText } from "../phrases/format";
import { office } from "../phrases/office";
import { useReasonWords } from "../reading/grounds";
import { usePeople } from "../reading/names";
import { useTargets, valueText } from "../reading/targets";
import { keepTyping } from "../typing";
import type { Outcome } from "./queue";

interface MatterCardProps {
	matter: View<"matter">;
	/** Null: this person may look, but not decide. */
	onDecide: ((outcome: Outcome, note: string) => void) | null;
	selected: boolean;
	onSelect: (on: boolean) => void;
}

export function MatterCard(props: MatterCardProps): JSX.Element {
	const live = useLive();
	const people = usePeople();
	const why = useReasonWords();
	const targets = useTargets();
	const [telling, setTelling] = createSignal(false);
	const [asked, setAsked] = createSignal(false);
	const [draft, setDraft] = createSignal<string | null>(null);
	const it = (): Matter => props.matter.values;
	const note = (): string => draft() ?? it().note ?? "";
	const noting = (): boolean => props.onDecide !== null && (asked() || draft() !== null || note() !== "");
	const noted = (): Entry[] => {
		const said = note().trim() || null;
		return said === it().note ? [] : [{ kind: "matter", key: props.matter.key, set: { note: said } }];
	};
	const seen = live.engine.seenOf("office");
	// A page that goes leaves the note with the matter, undecided; the next one goes on from there.
	keepTyping(draft, () => ({ entries: noted(), seen }));
	const target = createMemo(() => targets(it().kind ?? "", it().target ?? ""));
	const now = createMemo(() => stands(live, it()));
	const archived = createMemo(() => why.archived(it().kind ?? "", it().target ?? "", it().set ?? {}));
	const given = (): string => {
		const moment = it().detail?.given;
		return typeof moment === "number" ? office().given(momentText(moment, live.today())) : "";
	};
	const times = (): string => {
		const { written, arrived } = it();
		const wrote = written === null ? "" : attention().written(momentText(written, live.today()));
		const soon = written !== null && arrived !== null && arrived - written < 120_000;
		const came =
			arrived === null
				? ""
				: soon
					? office().atOnce
					: attention().arrived(momentText(arrived, sameDay(written, arrived)));
		return [wrote, came].filter(Boolean).join(", ");
	};
	return (
		<article class="matter held" tabIndex={-1} aria-label={target().title}>
			<header>
				<Show when={props.onDecide}>
					<label class="select">
						<input
							type="checkbox"
							checked={props.selected}
							onChange={(event) => props.onSelect(event.currentTarget.checked)}
						/>
						<span class="sr">{office().select(target().title)}</span>
					</label>
				</Show>
				<Pill tone="held" sign="held">
					{why.name((it().reason ?? "") as Reason)}
				</Pill>
				<h2>{target().title}</h2>
			</header>
			<div class="values">
				<Value
					tone="plain"
					value={now().text || attention().none1}
					who={now().fresh ? attention().now : office().was}
					note={given()}
				/>
				<Value
					tone="held"
					value={valueText(it().kind ?? "", it().set ?? {}) || attention().cleared}
					who={people.full(it().author)}
					note={times()}
				/>
			</div>
			<p class="why">
				{archived() ||
					[why.sentence, why.reopened]
						.map((say) => say((it().reason ?? "") as Reason, it().detail ?? {}))
						.filter(Boolean)
						.join(" ")}
			</p>
			<Show when={it().plea}>{(plea) => <p>{attention().pleaOf(plea())}</p>}</Show>
			<Show when={noting()}>
				<div class="field">
					<label for={`note-${props.matter.key}`}>{office().note}</label>
					<textarea
						autocomplete="off"
						ref={(field) => queueMicrotask(() => asked() && field.focus())}
						id={`note-${props.matter.key}`}
						rows={2}
						maxLength={500}
						value={note()}
						onInput={(event) => setDraft(event.currentTarget.value)}
					/>
				</div>
			</Show>
			<div class="buttons">
				<Show when={props.onDecide}>
					{(decide) => (
						<>
							<Show when={!archived()}>
								<Button tone="main" icon="check" onClick={() => decide()("approved", note())}>
									{office().approve}
								</Button>
							</Show>
							<Button icon="cross" onClick={() => decide()("declined", note())}>
								{office().decline}
							</Button>
							<Show when={!noting()}>
								<Button tone="quiet" icon="comment" onClick={() => setAsked(true)}>
									{office().addNote}
								</Button>
							</Show>
						</>
					)}
				</Show>
				<Button tone="quiet" onClick={() => setTelling(true)}>
					{office().history}
				</Button>
				<Show when={target().href}>
					{(href) => (
						<a class="btn quiet" href={href()}>
							{office().open}
						</a>
					)}
				</Show>
			</div>
			<History
				open={telling()}
				kind={it().kind ?? ""}
				key={it().target ?? ""}
				title={target().title}
				onClose={() => setTelling(false)}
			/>
		</article>
	);
}

/** What the journal shows now where this tablet holds it, else what it showed when the entry came. */
function stands(live: ReturnType<typeof useLive>, matter: Matter): { text: string; fresh: boolean } {
	const kind = (matter.kind ?? "") as KindName;
	const was = matter.was ?? {};
	const scope = live.engine.scopeOf(kind, matter.target ?? "");
	live.watch(scope);
	if (!live.engine.complete(scope)) return { text: valueText(kind, was), fresh: false };
	const row = live.engine.row(kind, matter.target ?? "");
	const values = (row?.values ?? {}) as Readonly<Record<string, unknown>>;
	const cells = Object.keys(matter.set ?? {}).map((cell) => [cell, values[cell] ?? null]);
	return { text: valueText(kind, Object.fromEntries(cells)), fresh: true };
}

// "written 22 Nov, 09:14, arrived 10:30" of the same day: the day is said once.
function sameDay(written: number | null, arrived: number): string | undefined {
	return written !== null && dayOf(written) === dayOf(arrived) ? dayOf(arrived) : undefined;
}

/** What was decided, in one line. `waits`: the decision has not left this tablet. */
export function DecidedLine(props: { matter: View<"matter"> }): JSX.Element {
	const live = useLive();
	const people = usePeople();
	const targets = useTargets();
	const it = (): Matter => props.matter.values;
	const outcome = (): "approved" | "declined" | "withdrawn" => {
		const found = it().outcome;
		return found === "approved" || found === "declined" ? found : "withdrawn";
	};
	const who = (): string => {
		const { decided, decided_by } = it();
		if (decided === null) return "";
		return attention().decided(people.orYou(decided_by), momentText(decided, live.today()));
	};
	return (
		<li class="settled-line">
			<Pill tone={outcome() === "approved" ? "ok" : "plain"} sign={outcome() === "approved" ? "ok" : undefined}>
				{office().outcomes[outcome()]}
			</Pill>
			<Show when={props.matter.states.outcome === "local"}>
				<Pill tone="wait" sign="local">
					{office().waitsToSend}
				</Pill>
			</Show>
			<span>
				<b>{valueText(it().kind ?? "", it().set ?? {}) || attention().cleared}</b> ·{" "}
				{targets(it().kind ?? "", it().target ?? "").title}
				<small>
					{[office().by(people.short(it().author)), who(), it().note && attention().note(it().note ?? "")]
						.filter(Boolean)
						.join(" · ")}
				</small>
			</span>
		</li>
	);
}

/** What the rules refused: who wanted what, and why not. */
export function RefusedLine(props: { matter: View<"matter"> }): JSX.Element {
	const people = usePeople();
	const targets = useTargets();
	const why = useReasonWords();
	const live = useLive();
	const it = (): Matter => props.matter.values;
	return (
		<li class="settled-line">
			<span>
				<b>{valueText(it().kind ?? "", it().set ?? {}) || attention().cleared}</b> ·{" "}
				{targets(it().kind ?? "", it().target ?? "").title}
				<small>
					{[people.short(it().author), it().arrived && momentText(it().arrived ?? 0, live.today())]
						.filter(Boolean)
						.join(" · ")}
				</small>
				<small>{why.sentence((it().reason ?? "") as Reason, it().detail ?? {})}</small>
			</span>
		</li>
	);
}
