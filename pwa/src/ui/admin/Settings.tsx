/**
 * The school's settings: the window of corrections, the grace after a lock, publication, weights of kinds of work,
 * thresholds and floors of term marks, and when a tablet locks itself or stops opening what it holds.
 */

import { createMemo, For, type JSX, Show } from "solid-js";
import { LEASE_DAYS, LOCK_MINUTES, MARKS } from "../../rules/settings";
import { useRow, useSession, useWrite } from "../context";
import { createDraft } from "../drafts";
import { Button } from "../parts/Button";
import { Field } from "../parts/Field";
import { Pill } from "../parts/Pill";
import { Segmented } from "../parts/Segmented";
import { say } from "../parts/toasts";
import { admin } from "../phrases/admin";
import { field } from "../phrases/field";
import { changesOf, type Draft, draftOf, faultsOf, HOURS, MAX_DAYS, MAX_WEIGHT, PROPOSED, WORKS } from "./settings";
import "../parts/ticks.css";

export function Settings(): JSX.Element {
	const session = useSession();
	const row = useRow("school", () => session().school);
	const write = useWrite();
	const isChanged = (it: Partial<Draft>): boolean => Object.keys(it).length > 0;
	const [edited, setEdited] = createDraft<Partial<Draft>>("settings", () => ({}), isChanged);
	const draft = createMemo((): Draft => ({ ...draftOf(row()?.values), ...edited() }));
	const faults = createMemo(() => faultsOf(draft()));
	const changes = createMemo(() => (faults().size > 0 ? {} : changesOf(draft(), row()?.values)));
	const changed = (): boolean => Object.keys(changes()).length > 0;
	const unsent = (): boolean => Object.values(row()?.states ?? {}).includes("local");
	const put = (part: Partial<Draft>): void => setEdited({ ...edited(), ...part });
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		if (!changed()) return;
		if (await write([{ kind: "school", key: session().school, set: { ...changes() } }])) {
			setEdited({});
			say(admin().saved);
		}
	};
	const wrong = (name: string, text: string): string | undefined => (faults().has(name) ? text : undefined);
	return (
		<form class="settings" onSubmit={(event) => void save(event)}>
			<section class="sheet form" aria-labelledby="rules">
				<h2 id="rules">{admin().rules}</h2>
				<Field
					label={admin().windowDays}
					hint={admin().windowHint}
					error={wrong("windowDays", admin().wholeNumber(MAX_DAYS))}
					inputmode="numeric"
					value={draft().windowDays}
					onInput={(event) => put({ windowDays: event.currentTarget.value })}
				/>
				<Field
					label={admin().graceDays}
					hint={admin().graceHint}
					error={wrong("graceDays", admin().wholeNumber(MAX_DAYS))}
					inputmode="numeric"
					value={draft().graceDays}
					onInput={(event) => put({ graceDays: event.currentTarget.value })}
				/>
				<label class="tick">
					<input
						type="checkbox"
						checked={draft().holdInDoubt}
						onChange={(event) => put({ holdInDoubt: event.currentTarget.checked })}
					/>
					<span>
						{admin().holdInDoubt}
						<small>{admin().holdHint}</small>
					</span>
				</label>
			</section>
			<section class="sheet form" aria-labelledby="tablets-lock">
				<h2 id="tablets-lock">{admin().tabletsLock}</h2>
				<Field
					label={admin().lockMinutes}
					hint={admin().lockMinutesHint}
					error={wrong("lockMinutes", admin().wholeFromOne(LOCK_MINUTES[1]))}
					inputmode="numeric"
					value={draft().lockMinutes}
					onInput={(event) => put({ lockMinutes: event.currentTarget.value })}
				/>
				<Field
					label={admin().leaseDays}
					hint={admin().leaseDaysHint}
					error={wrong("leaseDays", admin().wholeFromOne(LEASE_DAYS[1]))}
					inputmode="numeric"
					value={draft().leaseDays}
					onInput={(event) => put({ leaseDays: event.currentTarget.value })}
				/>
			</section>
			<section class="sheet form" aria-labelledby="publication">
				<h2 id="publication">{admin().publication}</h2>
				<Segmented
					label={admin().publication}
					choices={[
						{ value: "live", label: admin().live },
						{ value: "daily", label: admin().daily },
					]}
					value={draft().publication}
					onChoose={(publication) => put({ publication })}
				/>
				<Show when={draft().publication === "daily"}>
					<Field
						label={admin().publishAt}
						hint={admin().publishHint}
						error={wrong("publishAt", admin().timeWanted)}
						type="time"
						value={draft().publishAt}
						onInput={(event) => put({ publishAt: event.currentTarget.value })}
					/>
				</Show>
			</section>
			<section class="sheet form" aria-labelledby="weights">
				<h2 id="weights">{admin().weights}</h2>
				<p class="soft">{admin().weightsHint(MAX_WEIGHT)}</p>
				<div class="weights">
					<For each={WORKS}>
						{(work) => (
							<Field
								label={field().works[work] ?? ""}
								error={wrong(work, admin().wholeNumber(MAX_WEIGHT))}
								inputmode="numeric"
								value={draft().weights[work] ?? ""}
								onInput={(event) => put({ weights: { ...draft().weights, [work]: event.currentTarget.value } })}
							/>
						)}
					</For>
				</div>
			</section>
			<section class="sheet form" aria-labelledby="thresholds">
				<h2 id="thresholds">{admin().thresholds}</h2>
				<p class="soft">{admin().thresholdsHint}</p>
				<div class="weights">
					<For each={PROPOSED}>
						{(mark) => (
							<Field
								label={admin().threshold(mark)}
								error={wrong(`threshold ${mark}`, admin().meanWanted)}
								value={draft().thresholds[mark] ?? ""}
								onInput={(event) => put({ thresholds: { ...draft().thresholds, [mark]: event.currentTarget.value } })}
							/>
						)}
					</For>
				</div>
				<Show when={faults().has("thresholds")}>
					<p class="error" role="alert">
						{admin().thresholdsFall}
					</p>
				</Show>
			</section>
			<section class="sheet form" aria-labelledby="floors">
				<h2 id="floors">{admin().floors}</h2>
				<p class="soft">{admin().floorsHint}</p>
				<div class="weights">
					<For each={HOURS}>
						{(hours) => (
							<Field
								label={admin().floor(hours)}
								error={wrong(`floor ${hours}`, admin().wholeNumber(MARKS))}
								inputmode="numeric"
								value={draft().floors[hours] ?? ""}
								onInput={(event) => put({ floors: { ...draft().floors, [hours]: event.currentTarget.value } })}
							/>
						)}
					</For>
				</div>
			</section>
			<div class="buttons">
				<Button tone="main" type="submit" disabled={!changed()}>
					{admin().save}
				</Button>
				<Show when={isChanged(edited())}>
					<Button onClick={() => setEdited({})}>{admin().discard}</Button>
				</Show>
				<Show when={unsent()}>
					<Pill tone="wait" sign="local">
						{admin().waitsToSend}
					</Pill>
				</Show>
			</div>
		</form>
	);
}
