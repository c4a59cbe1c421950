/** Where many entries wait: the same answer to all of a sort, as one step that can be undone. */

import { type JSX, Show } from "solid-js";
import type { Entry } from "../../engine/types";
import { useLive, useWrite } from "../context";
import { Button } from "../parts/Button";
import { say } from "../parts/toasts";
import { shell } from "../phrases/shell";
import { tablet } from "../phrases/tablet";
import type { ConflictItem, EntryItem } from "./items";

const MANY = 3;

export function Bulk(props: { conflicts: readonly ConflictItem[]; entries: readonly EntryItem[] }): JSX.Element {
	const live = useLive();
	const write = useWrite();
	const t = () => tablet().bulk;
	const keeping = (): Entry[] =>
		props.conflicts.map(({ kind, key, cell, heads }) => ({ kind, key, set: { [cell]: heads[0]?.[0] ?? null } }));
	const taking = (state: EntryItem["state"]): Entry[] =>
		props.entries.flatMap(({ state: own, matter }) =>
			own === state && matter !== null ? [{ kind: "matter", key: matter, set: { outcome: "withdrawn" } }] : [],
		);
	const settle = async (entries: readonly Entry[], undoable: boolean): Promise<void> => {
		if (!(await write(entries))) return;
		const action = { label: shell().words.undo, run: () => void live.engine.undo() };
		say(t().done(entries.length), undoable ? { action } : {});
	};
	return (
		<Show when={[keeping(), taking("refused"), taking("held")].some((all) => all.length >= MANY)}>
			<div class="buttons">
				<Show when={keeping().length >= MANY}>
					<Button onClick={() => void settle(keeping(), true)}>{t().keepShown(keeping().length)}</Button>
				</Show>
				<Show when={taking("refused").length >= MANY}>
					<Button onClick={() => void settle(taking("refused"), false)}>{t().dismiss(taking("refused").length)}</Button>
				</Show>
				<Show when={taking("held").length >= MANY}>
					<Button onClick={() => void settle(taking("held"), false)}>{t().withdraw(taking("held").length)}</Button>
				</Show>
			</div>
		</Show>
	);
}
