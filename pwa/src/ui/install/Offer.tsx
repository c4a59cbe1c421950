/** Offers the app, once: the moment is chosen by whoever shows this (`offered`). */

import { type JSX, Show } from "solid-js";
import { Button } from "../parts/Button";
import { tablet } from "../phrases/tablet";
import { answer, canPrompt, install } from "./install";

export default function Offer(): JSX.Element {
	return (
		<div class="update offer no-print" role="status">
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
		</div>
	);
}
