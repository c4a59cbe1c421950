/**
 * The year (`Years`), its terms and their locks. Closing a term ends the correction of its data (regulation 3.2.2); opening it again is a
 * change like any other, with a reason, and stays on the list of changes for ever.
 */

import { createSignal, type JSX, Show } from "solid-js";
import type { View } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import { ByName } from "../attention/ByName";
import { useRows, useWrite } from "../context";
import { createDraft } from "../drafts";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Nothing } from "../parts/Nothing";
import { Pill } from "../parts/Pill";
import { admin } from "../phrases/admin";
import { field } from "../phrases/field";
import { dayText } from "../phrases/format";
import { shell } from "../phrases/shell";
import { useSettings } from "../reading/school";
import { Changes } from "./Changes";
import { Reason } from "./Reason";
import { Years } from "./Years";

/** The term that is to be locked or opened again, and why; "": none. */
interface Asking {
	readonly term: string;
	readonly lock: boolean;
	readonly reason: string;
}

export function Terms(): JSX.Element {
	const rows = useRows("term", "school");
	const years = useRows("year", "school");
	const terms = (): ReadonlyMap<string, View<"term">> =>
		new Map([...rows()].sort(([, a], [, b]) => ((a.values.starts ?? "") < (b.values.starts ?? "") ? -1 : 1)));
	const nothing = (): Asking => ({ term: "", lock: true, reason: "" });
	const [asking, setAsking] = createDraft("term", nothing, ({ reason }) => reason !== "");
	/** Not what somebody else has done already since the draft was left. */
	const asked = (): View<"term"> | null => {
		const term = rows().get(asking().term);
		return term && (term.values.locked !== true) === asking().lock ? term : null;
	};
	return (
		<>
			<Years />
			<Show when={terms().size > 0} fallback={<Nothing icon="today" title={admin().noTerms} />}>
				<p class="soft">{admin().termsNote}</p>
				<div class="terms">
					<ByName each={terms()}>
						{(term, key) => (
							<Term
								term={term()}
								year={years().get(term().values.year ?? "")?.values ?? null}
								onAsk={() => setAsking({ term: key, lock: !term().values.locked, reason: "" })}
							/>
						)}
					</ByName>
				</div>
				<Show when={asked()}>
					{(term) => (
						<LockDialog
							term={term()}
							reason={asking().reason}
							onReason={(reason) => setAsking({ ...asking(), reason })}
							onClose={() => setAsking(nothing())}
						/>
					)}
				</Show>
			</Show>
		</>
	);
}

function Term(props: { term: View<"term">; year: View<"year">["values"] | null; onAsk: () => void }): JSX.Element {
	const it = (): View<"term">["values"] => props.term.values;
	const state = (): string | undefined => props.term.states.locked;
	const span = (): string =>
		it().starts && it().ends
			? admin().span(dayText(it().starts ?? "", "dated"), dayText(dayAfter(it().ends ?? "", -1), "dated"))
			: admin().noDates;
	return (
		<article class="sheet term" aria-label={field().termName(it().name ?? "")}>
			<header>
				<div>
					<h2>
						{field().termName(it().name ?? "")}
						<Pill tone={it().locked ? "held" : "plain"}>{it().locked ? admin().locked : admin().open}</Pill>
						<Show when={state() === "local"}>
							<Pill tone="wait" sign="local">
								{admin().waitsToSend}
							</Pill>
						</Show>
					</h2>
					<small>{[span(), props.year?.name].filter(Boolean).join(" · ")}</small>
				</div>
				<Show when={props.year?.state !== "archived"}>
					<Button icon={it().locked ? "unlock" : "lock"} onClick={() => props.onAsk()}>
						{it().locked ? admin().unlock : admin().lock}
					</Button>
				</Show>
			</header>
			<Changes
				label={admin().changes}
				changes={it().changes}
				opens={(locked) => locked !== true}
				words={(locked, when, who) => admin().change(locked === true, when, who)}
			/>
		</article>
	);
}

function LockDialog(props: {
	term: View<"term">;
	reason: string;
	onReason: (reason: string) => void;
	onClose: () => void;
}): JSX.Element {
	const write = useWrite();
	const settings = useSettings();
	let box: HTMLTextAreaElement | undefined;
	const [missing, setMissing] = createSignal(false);
	const locking = !props.term.values.locked;
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		const why = props.reason.trim();
		setMissing(why === "");
		if (why === "") {
			box?.focus();
			return;
		}
		if (await write([{ kind: "term", key: props.term.key, set: { locked: locking, reason: why } }])) props.onClose();
	};
	return (
		<Dialog
			open
			title={(locking ? admin().lockTitle : admin().unlockTitle)(field().termName(props.term.values.name ?? ""))}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={() => props.onClose()}>{shell().words.cancel}</Button>
					<Button tone="main" type="submit" form="lock-form">
						{locking ? admin().lock : admin().unlock}
					</Button>
				</>
			}
		>
			<form id="lock-form" class="form" noValidate onSubmit={(event) => void save(event)}>
				<p>{locking ? admin().lockMeans(settings().graceDays) : admin().unlockMeans}</p>
				<Reason
					id="lock-reason"
					value={props.reason}
					fault={missing() ? admin().reasonMissing : ""}
					onInput={props.onReason}
					ref={(made) => {
						box = made;
					}}
				/>
			</form>
		</Dialog>
	);
}
