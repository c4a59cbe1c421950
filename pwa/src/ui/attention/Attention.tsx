/** What needs this person, in words: both values, who, when, which rule, who can lift it, and what one can do. */

import { createMemo, For, type JSX, Show } from "solid-js";
import type { Pleas } from "../../engine/pleas";
import type { ScreenProps } from "../App";
import { useSession, useStatus } from "../context";
import { createDraft } from "../drafts";
import { needsOf } from "../needs";
import { Nothing } from "../parts/Nothing";
import { Page } from "../parts/Page";
import { Pill } from "../parts/Pill";
import { attention } from "../phrases/attention";
import { Bulk } from "./Bulk";
import { ByName } from "./ByName";
import { ConflictCard } from "./ConflictCard";
import { EntryCard, SettledCard } from "./EntryCard";
import { useAttention } from "./items";
import { WarningCard } from "./WarningCard";
import { isCounted } from "./warnings";
import "./attention.css";

export default function Attention(_: ScreenProps): JSX.Element {
	const found = useAttention();
	const session = useSession();
	const status = useStatus();
	const needing = (): number => needsOf(status()).hand;
	const of = (state: string): number => found().entries.filter((e) => e.state === state).length;
	const [pleas, setPleas] = createDraft<Pleas>(
		"pleas",
		() => ({}),
		(all) => Object.keys(all).length > 0,
	);
	/** Of what has been sent meanwhile nothing is kept again. */
	const plead = (awaited: string, text: string): void => {
		const here = new Set(found().entries.map((entry) => entry.awaited));
		const others = Object.entries(pleas()).filter(([name]) => here.has(name));
		setPleas({ ...Object.fromEntries(others), [awaited]: text });
	};
	const entries = createMemo(() => new Map(found().entries.map((e) => [`${e.matter ?? e.written} ${e.key}`, e])));
	const nothing = (): boolean =>
		found().conflicts.length === 0 &&
		found().entries.length === 0 &&
		found().warnings.length === 0 &&
		found().office === 0;
	return (
		<Page
			title={needing() > 0 ? attention().titleOf(needing()) : attention().title}
			subtitle={status().lost.length > 0 ? undefined : attention().lead}
		>
			<Show when={!nothing()}>
				<div class="chips">
					<Show when={found().conflicts.length}>
						{(n) => (
							<Pill tone="red" sign="conflict">
								{attention().counts.conflict(n())}
							</Pill>
						)}
					</Show>
					<Show when={of("held")}>
						{(n) => (
							<Pill tone="held" sign="held">
								{attention().counts.held(n())}
							</Pill>
						)}
					</Show>
					<Show when={of("declined")}>
						{(n) => (
							<Pill tone="red" sign="lost">
								{attention().counts.declined(n())}
							</Pill>
						)}
					</Show>
					<Show when={of("refused") + of("stuck")}>
						{(n) => (
							<Pill tone="red" sign="lost">
								{attention().counts.refused(n())}
							</Pill>
						)}
					</Show>
					<Show when={of("lost")}>
						{(n) => (
							<Pill tone="plain" sign="lost">
								{attention().counts.lost(n())}
							</Pill>
						)}
					</Show>
					<Show when={found().warnings.filter(isCounted).length}>
						{(n) => (
							<Pill tone="info" sign="late">
								{attention().counts.warnings(n())}
							</Pill>
						)}
					</Show>
				</div>
			</Show>
			<For each={found().warnings}>{(warning) => <WarningCard warning={warning} />}</For>
			<Bulk conflicts={found().conflicts} entries={found().entries} />
			<Show when={found().office > 0}>
				<article class="matter held">
					<h2>{attention().office.title(found().office)}</h2>
					<div class="buttons">
						<a class="btn main" href="/office">
							{attention().office.open}
						</a>
					</div>
				</article>
			</Show>
			<For each={found().conflicts}>{(item) => <ConflictCard item={item} />}</For>
			<ByName each={entries()}>{(item) => <EntryCard item={item()} pleas={pleas()} onPlea={plead} />}</ByName>
			<Show when={nothing()}>
				<Nothing of={[`inbox:${session().person}`]} icon="check" title={attention().none} text={attention().noneText} />
			</Show>
			<Show when={found().settled.length > 0}>
				<section>
					<h2 class="section-title">{attention().settledTitle}</h2>
					<div class="settled">
						<For each={found().settled}>{(row) => <SettledCard matter={row.values} />}</For>
					</div>
				</section>
			</Show>
		</Page>
	);
}
