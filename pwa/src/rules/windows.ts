/**
 * Edit windows: until when a mark may still be corrected without a second person. As `sync/windows.py`.
 *
 * Holds always:
 * 1. A window is half-open: at the instant it closes a correction is already too late (regulation 3.2.4).
 * 2. It runs from the moment the first value was given, not from the lesson's date.
 */

import { DAY, type Span } from "./days";

export const WINDOW_DAYS = 14;

/** The span in which a mark given at `given` (UTC ms) may be corrected; `days` of the school's window. */
export function correctionWindow(given: number, days: unknown): Span {
	return { opens: given, closes: given + (typeof days === "number" ? days : WINDOW_DAYS) * DAY };
}
