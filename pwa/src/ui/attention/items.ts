/**
 * What needs this person: own cells in conflict, own entries that are held, declined, refused, lost or stuck, and warnings of
 * what will need them soon. An entry shows once: as its matter when that is here, else from the outbox.
 */

import { type Accessor, createMemo } from "solid-js";
import { nameOf } from "../../engine/pleas";
import { isUndecided, isUnread, needsAuthor } from "../../engine/settling";
import type { Decision, Engine, Pending, View } from "../../engine/types";
import type { Head, Reason } from "../../generated/messages";
import type { KindName, Matter } from "../../generated/model";
import { DAY } from "../../rules/days";
import { useLive, useMatters, usePending, useRows, useSession } from "../context";
import { type Warning, warningsOf } from "./warnings";

export interface ConflictItem {
	readonly kind: KindName;
	readonly key: string;
	readonly cell: string;
	/** The better first. */
	readonly heads: readonly Head[];
}

/** An own entry that was not simply accepted. */
export interface EntryItem {
	readonly state: "held" | "declined" | "refused" | "lost" | "stuck";
	readonly kind: string;
	readonly key: string;
	readonly set: Readonly<Record<string, unknown>>;
	readonly was: Readonly<Record<string, unknown>>;
	readonly reason: Reason;
	readonly detail: Readonly<Record<string, unknown>>;
	readonly written: number;
	readonly arrived: number | null;
	/** Key of the matter in the own inbox; null while only the outbox knows of it. */
	readonly matter: string | null;
	/** What the author has said for it; "" while nothing. */
	readonly plea: string;
	/** The server has not judged it, by the rules here it will be held: its name, for what is said for it ahead. */
	readonly awaited: string;
	/** Who declined it, when and why; null while nobody has. */
	readonly declined: { readonly by: string; readonly at: number; readonly note: string } | null;
}

export interface Attention {
	readonly conflicts: readonly ConflictItem[];
	readonly entries: readonly EntryItem[];
	/** Deadlines, storage, lease, loss: the most urgent first. */
	readonly warnings: readonly Warning[];
	/** Own matters with an outcome of the last days, newest first. */
	readonly settled: readonly View<"matter">[];
	/** Entries of others that wait for this person's decision. */
	readonly office: number;
}

const SETTLED_MS = 14 * DAY;

export function useAttention(): Accessor<Attention> {
	const live = useLive();
	const session = useSession();
	const pending = usePending();
	const matters = useMatters();
	const inbox = useRows("matter", () => `inbox:${session().person}`);

	const conflicts = createMemo((): ConflictItem[] => {
		live.watchOutbox();
		return live.engine.conflicts().flatMap(({ kind, key, cell }) => {
			const heads = live.engine.row(kind, key)?.heads?.[cell] ?? [];
			return heads.length > 1 ? [{ kind, key, cell, heads }] : [];
		});
	});
	const entries = createMemo((): EntryItem[] => {
		const found: EntryItem[] = [];
		const known = new Set<string>();
		for (const { key, values } of inbox().values()) {
			known.add(key.split("/")[1] ?? "");
			if (!needsAuthor(values) || values.verdict === null) continue;
			found.push(ofMatter(key, values));
		}
		for (const p of pending()) {
			if (p.settled || known.has(`${session().device}:${p.n}`)) continue;
			const state = p.stuck ? "stuck" : p.state === "superseded" ? "lost" : p.state;
			if (state === "local" || state === "sent") {
				const ahead = aheadOf(live.engine, p);
				if (ahead?.verdict === "held") found.push(ofAwaited(p, ahead, nameOf(p.op, session().device)));
				continue;
			}
			if (state !== "held" && state !== "refused" && state !== "lost" && state !== "stuck") continue;
			const { kind, key, set } = p.entry;
			// A conflict tells of both entries already.
			if (state === "lost" && conflicts().some((c) => c.kind === kind && c.key === key && c.cell in set)) continue;
			const { reason, detail, before: was, at: written } = p;
			const alone = { arrived: null, matter: null, plea: "", awaited: "", declined: null };
			found.push({ state, kind, key, set, was, reason, detail, written, ...alone });
		}
		return found.sort((a, b) => b.written - a.written);
	});
	const warnings = createMemo(() => {
		live.watchOutbox();
		return warningsOf(live.status(), live.engine.deadlines(), live.now());
	});
	return createMemo(() => {
		const since = live.now() - SETTLED_MS;
		return {
			conflicts: conflicts(),
			entries: entries(),
			warnings: warnings(),
			settled: [...inbox().values()]
				.filter((row) => !needsAuthor(row.values) && (row.values.decided ?? 0) > since)
				.sort((a, b) => (b.values.decided ?? 0) - (a.values.decided ?? 0)),
			office: matters().filter((row) => row.parts.holder === "office" && isUndecided(row.values)).length,
		};
	});
}

function ofMatter(key: string, values: Matter): EntryItem {
	const declined = isUnread(values)
		? { by: values.decided_by ?? "", at: values.decided ?? 0, note: values.note ?? "" }
		: null;
	return {
		state: declined ? "declined" : values.verdict === "held" ? "held" : "refused",
		kind: values.kind ?? "",
		key: values.target ?? "",
		set: values.set ?? {},
		was: values.was ?? {},
		reason: (values.reason ?? "") as Reason,
		detail: values.detail ?? {},
		written: values.written ?? 0,
		arrived: values.arrived,
		matter: key,
		plea: values.plea ?? "",
		awaited: "",
		declined,
	};
}

/** What the rules said here of an entry when it was written: it changes only with what the server tells. */
const judged = new WeakMap<Pending["op"], Decision>();

function aheadOf(engine: Engine, { op, entry, at }: Pending): Decision | null {
	if (entry.kind === "matter") return null;
	const known = judged.get(op) ?? engine.check(entry, at);
	judged.set(op, known);
	return known;
}

function ofAwaited({ entry, before, at }: Pending, { reason, detail }: Decision, awaited: string): EntryItem {
	const { kind, key, set } = entry;
	const alone = { arrived: null, matter: null, plea: "", declined: null };
	return { state: "held", kind, key, set, was: before, reason, detail, written: at, awaited, ...alone };
}
