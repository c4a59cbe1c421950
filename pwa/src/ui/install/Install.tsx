/** How the journal gets an icon on the home screen: by the browser's prompt, or by a drawing where there is none. */

import { For, type JSX, Match, Show, Switch } from "solid-js";
import { Button } from "../parts/Button";
import { tablet } from "../phrases/tablet";
import { canPrompt, install, isByHand, isInstalled } from "./install";
import "./install.css";

/** For the own page; shows nothing where the browser offers no way. */
export default function Install(): JSX.Element {
	return (
		<Show when={isInstalled() || canPrompt() || isByHand()}>
			<section class="sheet install">
				<h2>{tablet().install.title}</h2>
				<Switch>
					<Match when={isInstalled()}>
						<p>{tablet().install.installed}</p>
					</Match>
					<Match when={canPrompt()}>
						<p>{tablet().install.why}</p>
						<Button tone="main" onClick={() => void install()}>
							{tablet().install.install}
						</Button>
					</Match>
					<Match when={true}>
						<p>{tablet().install.why}</p>
						<ByHand />
					</Match>
				</Switch>
			</section>
		</Show>
	);
}

/** Safari on an iPad: the Share button, the line of its list, the icon that comes of it. */
function ByHand(): JSX.Element {
	return (
		<div class="by-hand">
			<svg viewBox="0 0 300 120" role="img" aria-label={tablet().install.picture}>
				<g class="pen">
					<rect x="6" y="20" width="76" height="76" rx="14" />
					<path d="M32 52h-6v28h36V52h-6M44 66V34M35 43l9-9 9 9" />
					<path class="arrow" d="M92 58h20m-6-6 6 6-6 6" />
					<rect x="122" y="14" width="92" height="88" rx="10" />
					<path class="soft-line" d="M132 30h58M132 44h46M132 90h52" />
					<rect class="chosen" x="128" y="56" width="80" height="22" rx="6" />
					<path d="M134 67h40M190 61h12v12h-12zM196 64v6M193 67h6" />
					<path class="arrow" d="M222 58h20m-6-6 6 6-6 6" />
					<rect class="icon-box" x="252" y="34" width="42" height="42" rx="10" />
					<path class="bell" d="M273 44c-7 0-10 5-10 11v6l-3 4h26l-3-4v-6c0-6-3-11-10-11zM270 69a3 3 0 0 0 6 0" />
				</g>
			</svg>
			<ol>
				<For each={tablet().install.steps}>{(step) => <li>{step}</li>}</For>
			</ol>
		</div>
	);
}
