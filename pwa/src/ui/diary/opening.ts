/** Where the diary opens. */

import { dayAfter, weekdayOf } from "../../rules/days";

/** Today; on a Sunday the Monday after it, for which the bag is packed. */
export function firstDay(today: string): string {
	return weekdayOf(today) === 7 ? dayAfter(today) : today;
}
