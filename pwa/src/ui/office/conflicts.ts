/** Cells with two values in the journals that this tablet holds, whoever wrote them. */

import type { KindName } from "../../generated/model";
import type { ConflictItem } from "../attention/items";
import type { Live } from "../context";

const KINDS: readonly KindName[] = ["lesson", "mark", "attendance", "term_mark"];

/** All conflicts on hand, by journal and day. Reactive. */
export function conflictsOf(live: Live): ConflictItem[] {
	live.status(); // a journal opened meanwhile is seen at the next sync
	const found: ConflictItem[] = [];
	for (const scope of live.engine.scopes()) {
		if (!scope.startsWith("journal:")) continue;
		live.watch(scope);
		for (const kind of KINDS) {
			for (const { key, heads } of live.engine.rows(kind, scope).values()) {
				for (const [cell, values] of Object.entries(heads ?? {}))
					if (values.length > 1) found.push({ kind, key, cell, heads: values });
			}
		}
	}
	return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}
