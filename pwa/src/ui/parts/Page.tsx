/** The frame of a screen: heading, the status line in its place, content, and a bar at the lower edge. */

import { children, createEffect, type JSX, Show } from "solid-js";
import { shell } from "../phrases/shell";
import { back } from "../router";
import { SearchButton } from "../search/opening";
import { Button } from "./Button";
import { StatusPill } from "./StatusPill";

interface PageProps {
	title: string;
	/** For the window and its history, where the heading names a pupil: no name may stay there. */
	windowTitle?: string;
	subtitle?: JSX.Element;
	/** Where the back button leads when the app was opened here. */
	backTo?: string | undefined;
	/** Beside the heading: choices of what is shown. */
	tools?: JSX.Element;
	/** Under the heading, over the content: tabs. */
	tabs?: JSX.Element;
	/** In the place of the status line, for who writes nothing. */
	status?: JSX.Element;
	/** At the lower edge, where thumbs are. */
	bar?: JSX.Element;
	/** The content takes the whole room and scrolls itself (the journal's grid). */
	fixed?: boolean;
	children: JSX.Element;
}

export function Page(props: PageProps): JSX.Element {
	// Resolved once: asking for a slot twice would make what is in it twice.
	const subtitle = children(() => props.subtitle);
	const tools = children(() => props.tools);
	const bar = children(() => props.bar);
	createEffect(() => {
		document.title = `${props.windowTitle ?? props.title} · ${shell().app}`;
	});
	return (
		<div class={`page ${props.fixed ? "fixed" : ""}`}>
			<header class="page-head">
				<div class="page-lead">
					<Show when={props.backTo}>
						{(otherwise) => (
							<Button
								tone="quiet"
								class="no-print"
								icon="back"
								label={shell().words.back}
								onClick={() => back(otherwise())}
							/>
						)}
					</Show>
					<div class="page-title">
						<h1 tabIndex={-1}>{props.title}</h1>
						<Show when={subtitle()}>
							<small>{subtitle()}</small>
						</Show>
					</div>
				</div>
				<Show when={tools.toArray().some(Boolean)}>
					<div class="page-tools no-print">{tools()}</div>
				</Show>
				<div class="page-status no-print">
					<Show when={props.status === undefined}>
						<SearchButton />
					</Show>
					{props.status ?? <StatusPill />}
				</div>
			</header>
			{props.tabs}
			<main id="content" class="page-main">
				{props.children}
			</main>
			<Show when={bar.toArray().some(Boolean)}>
				<footer class="page-bar no-print">{bar()}</footer>
			</Show>
		</div>
	);
}
