/** Offers the app, once, in the flow of the page: the moment is chosen by whoever shows this (`offered`). */

import { type JSX, Show } from "solid-js";
import { Button } from "../parts/Button";
import { tablet } from "../phrases/tablet";
import { answer, canPrompt, install } from "./install";
import "./install.css";

export default function Offer(): JSX.Element {
	return (
		<section class="sheet offer no-print" aria-label={tablet().install.title}>
			<span>
				<b>{tablet().install.title}.</b> {tablet().install.why}
			</span>
			<Show
				when={canPrompt()}
				fallback={
					<a class="btn main" href="/me" onClick={answer}>
						{tablet().install.how}
					</a>
				}
			>
				<Button tone="main" onClick={() => void install()}>
					{tablet().install.install}
				</Button>
			</Show>
			<Button tone="quiet" onClick={answer}>
				{tablet().install.later}
			</Button>
		</section>
	);
}
