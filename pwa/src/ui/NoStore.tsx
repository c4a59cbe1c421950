/** The tablet's own store can't be opened: without it an entry could be lost, so nothing is entered. */

import type { JSX } from "solid-js";
import { EmptyState } from "./parts/EmptyState";
import { notices } from "./phrases/notices";
import { shell } from "./phrases/shell";

export function NoStore(props: { error: unknown }): JSX.Element {
	console.error(props.error);
	return (
		<main>
			<EmptyState icon="tablet" title={notices().noStore.title} text={notices().noStore.text}>
				<button type="button" class="btn main" onClick={() => location.reload()}>
					{shell().failed.reload}
				</button>
			</EmptyState>
		</main>
	);
}
