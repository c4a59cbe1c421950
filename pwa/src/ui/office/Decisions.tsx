/**
 * The deputy head's queue: each held entry with both values and its rule, approved or declined by one tap or many at once;
 * conflicts of the journals on this tablet; what was decided, below. A director reads it and decides nothing.
 */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { Matter } from "../../generated/model";
import { ByName } from "../attention/ByName";
import { ConflictCard } from "../attention/ConflictCard";
import { useLive, useMatters, useSession, useWrite } from "../context";
import { createDraft } from "../drafts";
import { Button } from "../parts/Button";
import { Nothing } from "../parts/Nothing";
import { say } from "../parts/toasts";
import { office } from "../phrases/office";
import { useReasonWords } from "../reading/grounds";
import { focusHeading } from "../router";
import { conflictsOf } from "./conflicts";
import { DecidedLine, MatterCard, RefusedLine } from "./MatterCard";
import { deciding, type Outcome, queueOf } from "./queue";

/** Matters chosen to be decided together, and the note for all of them. */
interface Chosen {
	readonly keys: readonly string[];
	readonly note: string;
}

const DECIDED = 30;
const SHOWN = 40;

export function Decisions(): JSX.Element {
	const live = useLive();
	const session = useSession();
	const write = useWrite();
	const matters = useMatters();
	const queue = createMemo(() => queueOf(matters()));
	let room: HTMLDivElement | undefined;
	const nothing = (): Chosen => ({ keys: [], note: "" });
	const [bulk, setBulk] = createDraft("decisions", nothing, ({ keys, note }) => keys.length > 0 || note !== "");
	const selected = createMemo(() => new Set(bulk().keys));
	const [all, setAll] = createSignal(false);
	const [allDecided, setAllDecided] = createSignal(false);
	const decides = (): boolean => session().roles.includes("deputy_head");
	const chosen = createMemo(() => queue().waiting.filter((m) => selected().has(m.key)));
	const why = useReasonWords();
	// Nothing is approved into an archived year: those of the chosen stay chosen, to be declined.
	const archived = (it: Matter): string => why.archived(it.kind ?? "", it.target ?? "", it.set ?? {});
	const approvable = createMemo(() => chosen().filter((m) => archived(m.values) === ""));
	const shown = createMemo(() => {
		const { waiting } = queue();
		return new Map((all() ? waiting : waiting.slice(0, SHOWN)).map((m) => [m.key, m]));
	});
	const conflicts = createMemo(() => conflictsOf(live));
	const decide = async (keys: readonly string[], outcome: Outcome, said: string): Promise<void> => {
		const place = queue().waiting.findIndex((m) => m.key === keys[0]);
		if (!(await write(deciding(keys, outcome, said)))) return;
		focusCard(place);
		say(office().done[outcome](keys.length));
	};
	// The card that had the focus is gone: the one in its place takes it, its buttons one Tab further on.
	const focusCard = (place: number): void => {
		const cards = room?.querySelectorAll<HTMLElement>(".matter.held") ?? [];
		const next = cards[Math.min(place, cards.length - 1)];
		if (next?.isConnected) next.focus({ preventScroll: true });
		else focusHeading();
	};
	const decideChosen = async (outcome: Outcome): Promise<void> => {
		const keys = (outcome === "approved" ? approvable() : chosen()).map((m) => m.key);
		const left = chosen().filter((m) => !keys.includes(m.key));
		await decide(keys, outcome, bulk().note);
		setBulk({ keys: left.map((m) => m.key), note: "" });
	};
	const select = (key: string, on: boolean): void => {
		const others = bulk().keys.filter((other) => other !== key);
		setBulk({ ...bulk(), keys: on ? [...others, key] : others });
	};
	const selectAll = (on: boolean): void => setBulk({ ...bulk(), keys: on ? queue().waiting.map((m) => m.key) : [] });
	return (
		<>
			<Show when={!decides()}>
				<p class="soft">{office().readOnly}</p>
			</Show>
			<Show
				when={queue().waiting.length > 0}
				fallback={<Nothing of={["office"]} icon="check" title={office().nothing} text={office().nothingText} />}
			>
				<Show when={decides() && queue().waiting.length > 1}>
					<label class="select-all">
						<input
							type="checkbox"
							checked={chosen().length === queue().waiting.length}
							onChange={(event) => selectAll(event.currentTarget.checked)}
						/>
						<span>{office().selectAll(queue().waiting.length)}</span>
					</label>
				</Show>
				<div class="queue" ref={room}>
					<ByName each={shown()}>
						{(matter, key) => (
							<MatterCard
								matter={matter()}
								onDecide={decides() ? (outcome, said) => void decide([key], outcome, said) : null}
								selected={selected().has(key)}
								onSelect={(on) => select(key, on)}
							/>
						)}
					</ByName>
				</div>
				<Show when={queue().waiting.length > shown().size}>
					<div class="buttons">
						<Button onClick={() => setAll(true)}>{office().showAll(queue().waiting.length)}</Button>
					</div>
				</Show>
			</Show>
			<Show when={chosen().length > 0}>
				<div class="bulk" role="group" aria-label={office().selected(chosen().length)}>
					<b>{office().selected(chosen().length)}</b>
					<input
						autocomplete="off"
						aria-label={office().note}
						placeholder={office().note}
						maxLength={500}
						value={bulk().note}
						onInput={(event) => setBulk({ ...bulk(), note: event.currentTarget.value })}
					/>
					<Show
						when={approvable().length > 0}
						fallback={<span class="soft">{chosen().map((m) => archived(m.values))[0]}</span>}
					>
						<Button tone="main" icon="check" onClick={() => void decideChosen("approved")}>
							{office().approve}
						</Button>
					</Show>
					<Button icon="cross" onClick={() => void decideChosen("declined")}>
						{office().decline}
					</Button>
					<Button tone="quiet" onClick={() => selectAll(false)}>
						{office().clearSelection}
					</Button>
				</div>
			</Show>
			<Show when={conflicts().length > 0}>
				<section class="office-part" aria-labelledby="conflicts">
					<h2 id="conflicts">{office().conflicts}</h2>
					<For each={conflicts()}>{(item) => <ConflictCard item={item} readOnly={!decides()} />}</For>
				</section>
			</Show>
			<Show when={queue().decided.length > 0}>
				<section class="office-part" aria-labelledby="decided">
					<h2 id="decided">{office().decided}</h2>
					<ul class="settled plain-list">
						<For each={allDecided() ? queue().decided : queue().decided.slice(0, DECIDED)}>
							{(matter) => <DecidedLine matter={matter} />}
						</For>
					</ul>
					<Show when={!allDecided() && queue().decided.length > DECIDED}>
						<div class="buttons">
							<Button onClick={() => setAllDecided(true)}>{office().showAll(queue().decided.length)}</Button>
						</div>
					</Show>
				</section>
			</Show>
			<Show when={queue().refused.length > 0}>
				<details class="office-part">
					<summary>{office().refused(queue().refused.length)}</summary>
					<ul class="settled plain-list">
						<For each={queue().refused.slice(0, DECIDED)}>{(matter) => <RefusedLine matter={matter} />}</For>
					</ul>
				</details>
			</Show>
		</>
	);
}
