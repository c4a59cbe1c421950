/**
 * A pupil who was absent: one tap sets the reason for everything shown; a tap on a part first narrows it to that part.
 */

import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { Entry } from "../../engine/types";
import { useEngine, useWrite } from "../context";
import { Pill } from "../parts/Pill";
import { Sign } from "../parts/Sign";
import { say } from "../parts/toasts";
import { field } from "../phrases/field";
import { tutor } from "../phrases/tutor";
import { useReasonWords } from "../reading/grounds";
import { type Absence, puttingBack, settingReason, sharedReason } from "./absences";

const REASONS = ["valid", "ill", "parents", "none"] as const;

/** A lesson of a day, or a day of a term. */
export interface Part {
	readonly id: string;
	readonly label: string;
	/** What it is called in full. */
	readonly title: string;
	readonly absences: readonly Absence[];
}

export function ReasonCard(props: {
	name: string;
	/** What was missed, in words. */
	what: string;
	/** What the parts are called when all of them are meant: "for the whole day". */
	all: string;
	parts: readonly Part[];
	/** The card leaves the list when a reason is set: say so, and offer to take it back. */
	leaves?: boolean;
}): JSX.Element {
	const engine = useEngine();
	const write = useWrite();
	const words = useReasonWords();
	const [only, setOnly] = createSignal<ReadonlySet<string>>(new Set());
	const narrowed = createMemo(() => props.parts.filter((p) => only().has(p.id)));
	const chosen = createMemo(() => (narrowed().length > 0 ? narrowed() : props.parts).flatMap((p) => p.absences));
	const current = createMemo(() => sharedReason(chosen()));
	const held = createMemo(() => {
		const [entry] = asking(chosen());
		const found = entry ? engine.check(entry) : null;
		return found && found.verdict !== "accepted" ? found : null;
	});
	const toggle = (id: string): void => {
		const next = new Set(only());
		if (!next.delete(id)) next.add(id);
		setOnly(next);
	};
	const choose = async (reason: string): Promise<void> => {
		const absences = chosen();
		const next = current() === reason ? null : reason;
		const back = puttingBack(absences, next);
		if (!(await write(settingReason(absences, next)))) return;
		setOnly(new Set<string>());
		if (props.leaves && next !== null)
			say(tutor().recorded(props.name, field().excuses[next] ?? "", absences.length), {
				action: { label: tutor().takeBack, run: () => void write(back) },
			});
	};
	const scope = (): string =>
		narrowed().length > 0
			? narrowed()
					.map((p) => p.title)
					.join(", ")
			: props.all;
	return (
		<article class="sheet absent" aria-label={props.name}>
			<header>
				<h2>{props.name}</h2>
				<span class="soft">{props.what}</span>
				<Show when={held()}>
					{(found) => (
						<Pill tone="held" sign="held">
							{words.name(found().reason)}
						</Pill>
					)}
				</Show>
			</header>
			<Show when={props.parts.length > 1 || props.parts[0]?.absences.some((a) => a.reason !== null)}>
				<ul class="parts" aria-label={tutor().narrow}>
					<For each={props.parts}>
						{(part) => (
							<li>
								<button
									type="button"
									class="chip"
									aria-pressed={only().has(part.id)}
									aria-label={`${part.title}: ${reasonText(part.absences)}`}
									onClick={() => toggle(part.id)}
								>
									<span>{part.label}</span>
									<Show when={sharedReason(part.absences) !== null}>
										<small>{reasonText(part.absences)}</small>
									</Show>
									<For each={stateOf(part.absences)}>{(state) => <Sign name={state} />}</For>
								</button>
							</li>
						)}
					</For>
				</ul>
			</Show>
			<div class="reasons" role="group" aria-label={`${props.name}: ${tutor().reasonFor(scope())}`}>
				<small class="scope">{scope()}</small>
				<For each={REASONS}>
					{(reason) => (
						<button type="button" class="btn" aria-pressed={current() === reason} onClick={() => void choose(reason)}>
							{tutor().reasons[reason]}
						</button>
					)}
				</For>
			</div>
		</article>
	);
}

// Which reason is asked about does not matter to the rules: any will do.
function asking(absences: readonly Absence[]): Entry[] {
	return absences.slice(0, 1).map((a) => ({ kind: "attendance", key: a.key, set: { reason: "valid" } }));
}

function reasonText(absences: readonly Absence[]): string {
	const shared = sharedReason(absences);
	if (shared === undefined) return tutor().several;
	return shared === null ? tutor().noReason : (tutor().reasonsShort[shared] ?? "");
}

function stateOf(absences: readonly Absence[]): ("local" | "applied" | "held" | "conflict" | "lost")[] {
	const states = new Set(absences.map((a) => a.state));
	for (const state of ["conflict", "held", "lost", "local", "applied"] as const) if (states.has(state)) return [state];
	return [];
}
