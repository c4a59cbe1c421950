/** Offers the app once, after the first entry of this tablet has reached the server. */

import { createEffect, createSignal, type JSX, Show } from "solid-js";
import { useLive } from "../context";
import { Button } from "../parts/Button";
import { tablet } from "../phrases/tablet";
import { answer, answered, canPrompt, install, isByHand, isInstalled } from "./install";

export default function Offer(): JSX.Element {
	const { status } = useLive();
	const [delivered, setDelivered] = createSignal(false);
	createEffect((before: number | undefined) => {
		const { unsent } = status();
		if (before !== undefined && before > 0 && unsent === 0) setDelivered(true);
		return unsent;
	});
	const wanted = (): boolean => delivered() && !answered() && !isInstalled() && (canPrompt() || isByHand());
	return (
		<Show when={wanted()}>
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
		</Show>
	);
}
