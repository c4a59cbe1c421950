/** There is no page at this path. */

import type { JSX } from "solid-js";
import { EmptyState } from "./parts/EmptyState";
import { Page } from "./parts/Page";
import { notices } from "./phrases/notices";

export default function Lost(): JSX.Element {
	const words = () => notices().lost;
	return (
		<Page title={words().title}>
			<EmptyState icon="search" title={words().title} text={words().text}>
				<a class="btn main" href="/">
					{words().home}
				</a>
			</EmptyState>
		</Page>
	);
}
