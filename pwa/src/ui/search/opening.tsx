/** The way to the search from anywhere: Ctrl or Cmd with K, and a button beside the status line. Staff only. */

import { createEffect, createSignal, type JSX, onCleanup, onMount, Show } from "solid-js";
import { useSession } from "../context";
import { late } from "../late";
import { Button } from "../parts/Button";
import { shell } from "../phrases/shell";
import { path } from "../router";
import { isFamily } from "../sections";

const Search = late(
	() => import("./Search"),
	() => null,
);

const [open, setOpen] = createSignal(false);

/** Typed while the code of the search came. */
const [ahead, setAhead] = createSignal("");

export function SearchButton(): JSX.Element {
	const session = useSession();
	return (
		<Show when={!isFamily(session())}>
			<Button tone="quiet" class="no-print" icon="search" label={shell().nav.find} onClick={() => setOpen(true)} />
		</Show>
	);
}

/** Stands once in the app of a member of staff. `painted`: the first screen stands, and what can wait may come. */
export function SearchPlace(props: { painted: boolean }): JSX.Element {
	const session = useSession();
	const key = (event: KeyboardEvent): void => {
		if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.code !== "KeyK") return;
		event.preventDefault();
		// A dialog that stands open keeps the screen: two at once would hide one another.
		if (document.querySelector("dialog[open]") === null) setOpen(true);
	};
	// Until the field is there, letters are for it: to the lesson below an «о» is a pupil who came late.
	let here = false;
	const early = (event: KeyboardEvent): void => {
		if (!open() || here) return;
		event.preventDefault();
		event.stopImmediatePropagation();
		if (event.key === "Escape") setOpen(false);
		else if (event.key === "Enter") setAhead(`${ahead()}\n`);
		else if ([...event.key].length === 1 && !event.ctrlKey && !event.metaKey) setAhead(ahead() + event.key);
	};
	createEffect(() => {
		if (!open()) setAhead("");
		else
			void Search.load().then(() => {
				here = true;
			});
	});
	onMount(() => {
		document.addEventListener("keydown", early, true);
		document.addEventListener("keydown", key);
	});
	onCleanup(() => {
		document.removeEventListener("keydown", early, true);
		document.removeEventListener("keydown", key);
		setOpen(false);
	});
	createEffect(() => {
		const [at, { person }] = [path(), session()];
		if (props.painted) void import("./recent").then(({ opened }) => opened(person, at));
	});
	return (
		<Show when={open()}>
			<Search first={ahead()} onClose={() => setOpen(false)} />
		</Show>
	);
}
