/**
 * Storage: what the browser promises about the tablet's store, and how much room is left in it.
 *
 * Holds always: what the browser does not say is null and is called unknown; nothing is guessed.
 * Chromium from 138 on names a quota that is made up (what is used and up to 10 GiB), so that nobody is recognised by
 * it: there only the refusal of a write tells that the room is gone.
 */

const TIGHT_PART = 0.8;
/** Bytes. A teacher's tablet takes 1 MB, of it 0.6 the app; a whole school's journals, and an update beside the app, go in. */
const TIGHT_LEFT = 50_000_000;

/** Bytes, as the browser estimates them. */
export interface Room {
	readonly used: number;
	readonly quota: number;
}

/** What the browser says of the store. */
export interface Storage {
	/** Is the store safe from being thrown away? `ask`: ask the browser for it. null: it does not say. */
	persist(ask: boolean): Promise<boolean | null>;
	/** null: it does not say. */
	room(): Promise<Room | null>;
	/** Will everything be gone when the window closes (a private one)? null: it does not say. */
	fleeting(): Promise<boolean | null>;
}

/** Is it time to send and to make room? */
export function isTight({ used, quota }: Room): boolean {
	return used >= quota * TIGHT_PART || quota - used < TIGHT_LEFT;
}

/** The browser's own. */
export function storageOfBrowser(manager: StorageManager | undefined): Storage {
	return {
		async persist(ask) {
			if (!manager?.persist) return null;
			return (await manager.persisted()) || (ask && (await manager.persist()));
		},
		async room() {
			const { usage, quota } = (await manager?.estimate?.().catch(() => null)) ?? {};
			return quota ? { used: usage ?? 0, quota } : null;
		},
		async fleeting() {
			if (!manager?.getDirectory) return null;
			// Firefox and Safari open IndexedDB in a private window, but refuse this; Chromium does not tell.
			return manager.getDirectory().then(
				() => null,
				() => true,
			);
		},
	};
}
