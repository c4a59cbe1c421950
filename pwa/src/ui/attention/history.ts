/** The history of a record, asked of the server: it is not kept on the tablet. */

import type { Engine } from "../../engine/types";

export interface HistoryEntry {
	readonly seq: number;
	readonly person: string;
	readonly set: Readonly<Record<string, unknown>>;
	readonly written: number;
	readonly arrived: number;
	readonly verdict: string;
	readonly reason: string;
}

export type HistoryAnswer =
	| { readonly kind: "entries"; readonly entries: readonly HistoryEntry[] }
	| { readonly kind: "offline" | "forbidden" };

/** Every entry on the record, newest first. */
export async function historyOf(engine: Engine, kind: string, key: string): Promise<HistoryAnswer> {
	const asked = new URLSearchParams({ kind, key });
	try {
		const school = encodeURIComponent(engine.session?.school ?? "");
		const answer = await fetch(`/api/${school}/history?${asked}`, { headers: engine.credentials() });
		if (answer.status === 403 || answer.status === 404) return { kind: "forbidden" };
		if (!answer.ok) return { kind: "offline" };
		const body: unknown = await answer.json();
		const entries = (body as { entries?: unknown }).entries;
		if (!Array.isArray(entries)) return { kind: "offline" };
		return { kind: "entries", entries: (entries as HistoryEntry[]).slice().reverse() };
	} catch {
		return { kind: "offline" };
	}
}
