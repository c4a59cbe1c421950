/**
 * What stands in each cell on the screen, so that a mark that was written wakes its own cell and no other.
 *
 * A grid has seven hundred cells over one map of marks. If each followed the map, each entry would run them all; so one
 * watcher compares for all of them, which is three look-ups a cell, and tells those that changed.
 */

import { type Accessor, batch, createComputed, createSignal, onCleanup, untrack } from "solid-js";
import { attendanceKey, markKey, type Place, type Standing } from "./cell";
import type { JournalModel } from "./model";

interface Watched {
	readonly keys: readonly [first: string, second: string, attendance: string];
	standing: Standing;
	readonly tell: (now: Standing) => void;
}

export function createStandings(model: JournalModel) {
	const cells = new Set<Watched>();
	const now = ({ keys: [first, second, attendance] }: Pick<Watched, "keys">): Standing => ({
		first: model.marks().get(first) ?? null,
		second: model.marks().get(second) ?? null,
		attendance: model.attendance().get(attendance) ?? null,
	});
	createComputed(() => {
		model.marks();
		model.attendance();
		untrack(() =>
			batch(() => {
				for (const cell of cells) {
					const found = now(cell);
					const { first, second, attendance } = cell.standing;
					if (found.first === first && found.second === second && found.attendance === attendance) continue;
					cell.standing = found;
					cell.tell(found);
				}
			}),
		);
	});
	/** Follows a cell for as long as whoever asks is there. */
	return (place: Place): Accessor<Standing> => {
		const keys = [markKey(place, 1), markKey(place, 2), attendanceKey(place)] as const;
		const standing = untrack(() => now({ keys }));
		const [read, write] = createSignal(standing);
		const cell: Watched = { keys, standing, tell: write };
		cells.add(cell);
		onCleanup(() => cells.delete(cell));
		return read;
	};
}
