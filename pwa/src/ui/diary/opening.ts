/** Where the diary opens. */

import { dayAfter, weekdayOf } from "../../rules/days";
import { mondayOf, nextSchoolDay, type Sources } from "./week";

/**
 * Today, as long as this week has a lesson left; then the next school day, for which the bag is packed. When none is
 * known, today; on a Sunday the Monday after it.
 */
export function firstDay(today: string, from: Sources): string {
	const next = nextSchoolDay(today, from);
	if (next !== null) return mondayOf(next) === mondayOf(today) ? today : next;
	return weekdayOf(today) === 7 ? dayAfter(today) : today;
}
