/**
 * Answers of the office's addresses, asked again and again while a screen is open.
 *
 * Holds always:
 * 1. The last answer stays shown when the server can't be reached, with the moment it came.
 * 2. It is kept in the page's memory only, for the person signed in: nothing of it outlives the tab.
 */

import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import type { Engine } from "../../engine/types";
import { useLive, useSession } from "../context";

/** Why there is no fresh answer. */
type Silence = "offline" | "signed_out" | "forbidden" | "failed";

export interface Asked<T> {
	/** The last answer; null: none yet. */
	readonly value: T | null;
	/** When it came, server's clock. */
	readonly at: number | null;
	/** Why the last try failed; null: it did not. */
	readonly silence: Silence | null;
}

const EVERY_MS = 10_000;

/** Who is asking now: what changes an answer wakes them. */
const asking = new Set<() => void>();

const kept = new Map<string, { value: unknown; at: number }>();

/** Follows `GET /api/{school}/{path}`. `read` makes a value of the answer, or null when it has another form. */
export function useAsked<T>(path: string, read: (body: unknown) => T | null): Accessor<Asked<T>> {
	const live = useLive();
	const session = useSession();
	const place = (): string => `${session().school} ${session().person} ${path}`;
	const known = kept.get(place());
	const first = known === undefined ? null : read(known.value);
	const [asked, setAsked] = createSignal<Asked<T>>({ value: first, at: known?.at ?? null, silence: null });
	let under: AbortController | null = null;

	const silent = (silence: Silence): void => {
		setAsked((now) => ({ ...now, silence }));
	};
	const ask = async (): Promise<void> => {
		if (under !== null || document.visibilityState === "hidden") return;
		under = new AbortController();
		try {
			const headers = live.engine.credentials();
			const { signal } = under;
			const answer = await fetch(`/api/${encodeURIComponent(session().school)}/${path}`, { headers, signal });
			if (!answer.ok) {
				silent(answer.status === 401 ? "signed_out" : answer.status === 403 ? "forbidden" : "failed");
				return;
			}
			const body: unknown = await answer.json();
			const value = read(body);
			if (value === null) {
				silent("failed");
				return;
			}
			const at = live.engine.now();
			kept.set(place(), { value: body, at });
			setAsked({ value, at, silence: null });
		} catch {
			// No answer, or somebody else's page in place of one.
			silent("offline");
		} finally {
			under = null;
		}
	};
	const timer = setInterval(() => void ask(), EVERY_MS);
	const wake = (): void => void ask();
	document.addEventListener("visibilitychange", wake);
	asking.add(wake);
	onCleanup(() => {
		asking.delete(wake);
		clearInterval(timer);
		document.removeEventListener("visibilitychange", wake);
		under?.abort();
	});
	createEffect(on([() => live.status().reachable, () => live.status().signedOut], wake));
	return asked;
}

/** Tells the server what the office wants done; false when it did not happen. What is shown is asked for anew. */
export async function tell(engine: Engine, path: string, body: unknown): Promise<boolean> {
	try {
		const headers = { "Content-Type": "application/json", ...engine.credentials() };
		const answer = await fetch(`/api/${encodeURIComponent(engine.session?.school ?? "")}/${path}`, {
			method: "POST",
			headers,
			body: JSON.stringify(body),
		});
		for (const wake of asking) wake();
		return answer.ok;
	} catch {
		return false;
	}
}

type Fields = Readonly<Record<string, unknown>>;

/** The body as an object with fields; null when it is none. */
export function fieldsOf(body: unknown): Fields | null {
	return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Fields) : null;
}

export const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
