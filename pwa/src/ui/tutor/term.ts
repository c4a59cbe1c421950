/** The term that the class's screens look at by default. */

import { type Accessor, createMemo } from "solid-js";
import { useToday } from "../context";
import { type TermSpan, useTerms } from "../reading/school";

/** The term of today; in the holidays the last one; before the year the first. */
export function useCurrentTerm(): Accessor<TermSpan | null> {
	const today = useToday();
	const terms = useTerms();
	return createMemo(() => {
		const begun = terms().filter((t) => t.starts <= today());
		return begun.at(-1) ?? terms()[0] ?? null;
	});
}
