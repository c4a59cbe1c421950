/** The backup's state as the office's address tells it. */

import { fieldsOf, numberOf, textOf } from "./asked";

export interface BackupState {
	/** Entries that the copy lacks. */
	readonly behind: number;
	/** Age of the oldest change that the copy lacks, ms; null: unknown. */
	readonly lag: number | null;
	/** UTC ms; null: never or unknown. */
	readonly lastSync: number | null;
	/** Folder or host; "" when there is none. */
	readonly where: string;
	readonly healthy: boolean;
	/** Code of what is wrong; "" when nothing is. */
	readonly trouble: string;
	/** Day of the last whole copy; null: none yet. */
	readonly daily: string | null;
}

/** The state of an answer; null when it has another form. */
export function backupOf(body: unknown): BackupState | null {
	const fields = fieldsOf(body);
	const [applied, durable] = [numberOf(fields?.applied_seq), numberOf(fields?.durable_seq)];
	if (fields === null || applied === null || durable === null) return null;
	return {
		behind: Math.max(0, applied - durable),
		lag: numberOf(fields.lag_ms),
		lastSync: numberOf(fields.last_sync_at),
		where: textOf(fields.replica),
		healthy: fields.healthy === true,
		trouble: textOf(fields.trouble),
		daily: textOf(fields.daily) || null,
	};
}
