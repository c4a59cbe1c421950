/** The way to the search from anywhere: Ctrl or Cmd with K, and a button beside the status line. Staff only. */

import { createEffect, createSignal, type JSX, onCleanup, onMount, Show } from "solid-js";
import { useSession } from "../context";
import { late } from "../late";
import { Button } from "../parts/Button";
import { shell } from "../phrases/shell";
import { path } from "../router";
import { isFamily } from "../sections";
import { journalAt, opened } from "./recent";

const Search = late(
	() => import("./Search"),
	() => null,
);

const [open, setOpen] = createSignal(false);

export function SearchButton(): JSX.Element {
	const session = useSession();
	return (
		<Show when={!isFamily(session())}>
			<Button tone="quiet" class="no-print" icon="search" label={shell().nav.find} onClick={() => setOpen(true)} />
		</Show>
	);
}

/** Stands once in the app of a member of staff. */
export function SearchPlace(): JSX.Element {
	const session = useSession();
	const key = (event: KeyboardEvent): void => {
		if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.code !== "KeyK") return;
		event.preventDefault();
		// A dialog that stands open keeps the screen: two at once would hide one another.
		if (document.querySelector("dialog[open]") === null) setOpen(true);
	};
	onMount(() => document.addEventListener("keydown", key));
	onCleanup(() => {
		document.removeEventListener("keydown", key);
		setOpen(false);
	});
	createEffect(() => {
		const journal = journalAt(path());
		if (journal !== null) opened(session().person, journal);
	});
	return (
		<Show when={open()}>
			<Search onClose={() => setOpen(false)} />
		</Show>
	);
}
