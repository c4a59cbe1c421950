/** Before anybody has signed in: what went with a store that is gone. */

import type { JSX } from "solid-js";
import { useLive } from "../context";
import { wordsOf } from "./words";

export default function Lost(): JSX.Element {
	const { status } = useLive();
	const words = () => wordsOf({ kind: "lost", gaps: status().lost }, "");
	return (
		<section class="sheet" role="alert">
			<h2>{words().title}</h2>
			<p>{words().why}</p>
		</section>
	);
}
