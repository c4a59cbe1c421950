/** The comment on a mark: what the parents will read beside it. */

import { createSignal, type JSX, Show } from "solid-js";
import type { Entry } from "../../engine/types";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { entering as words } from "../phrases/entering";
import { shell } from "../phrases/shell";
import { keepTyping } from "../typing";
import { markKey, type Place, type Standing } from "./cell";

export default function Comment(props: {
	who: string;
	place: Place;
	standing: Standing;
	onWrite: (entries: Entry[]) => void;
	onClose: () => void;
}): JSX.Element {
	const was = (nth: 1 | 2): string => (nth === 1 ? props.standing.first : props.standing.second)?.values.comment ?? "";
	const [first, setFirst] = createSignal(was(1));
	const [second, setSecond] = createSignal(was(2));
	const two = (): boolean => Boolean(props.standing.second?.values.value) || was(2) !== "";
	const changes = (): Entry[] => {
		const entries: Entry[] = [];
		for (const [nth, text] of [
			[1, first().trim()],
			[2, second().trim()],
		] as const) {
			if (text === was(nth)) continue;
			entries.push({
				kind: "mark",
				key: markKey(props.place, nth),
				set: { comment: text || null },
			});
		}
		return entries;
	};
	const save = (): void => {
		props.onWrite(changes());
		props.onClose();
	};
	keepTyping(
		() => `${first()}\n${second()}`,
		() => ({ entries: changes() }),
	);
	return (
		<Dialog
			open
			title={`${words().comments.title}: ${props.who}`}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={props.onClose}>{shell().words.cancel}</Button>
					<Button tone="main" onClick={save}>
						{shell().words.save}
					</Button>
				</>
			}
		>
			<div class="field">
				<label for="comment-1">
					{words().comments.label}
					{two() ? ` ${words().comments.ofFirst}` : ""}
				</label>
				<textarea
					autocomplete="off"
					id="comment-1"
					rows={3}
					maxLength={500}
					autofocus
					value={first()}
					onInput={(event) => setFirst(event.currentTarget.value)}
				/>
				<small>{words().comments.hint}</small>
			</div>
			<Show when={two()}>
				<div class="field">
					<label for="comment-2">
						{words().comments.label} {words().comments.ofSecond}
					</label>
					<textarea
						autocomplete="off"
						id="comment-2"
						rows={3}
						maxLength={500}
						value={second()}
						onInput={(event) => setSecond(event.currentTarget.value)}
					/>
				</div>
			</Show>
		</Dialog>
	);
}
