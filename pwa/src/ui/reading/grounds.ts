/** Verdicts in words: the reason's sentence with its facts (moments, names, the school's days) put in. */

import type { Reason } from "../../generated/messages";
import type { KindName } from "../../generated/model";
import { useLive, useRows } from "../context";
import { field } from "../phrases/field";
import { momentText } from "../phrases/format";
import { reasons } from "../phrases/reasons";
import type { Grounds } from "../phrases/ru/reasons";
import { usePeople } from "./names";
import { useDeputyName, useSettings } from "./school";

type Detail = Readonly<Record<string, unknown>>;

/** Says why: the whole sentence, and a short name for lists. */
export function useReasonWords(): {
	sentence: (reason: Reason, detail: Detail) => string;
	/** The same of an entry that is only thought of: what stands in its way now. */
	now: (reason: Reason, detail: Detail) => string;
	/** Of a held entry: its term was locked and is open again; empty when that is not so. */
	reopened: (reason: Reason, detail: Detail) => string;
	/** Of an entry that waits: its year has gone into the archive meanwhile; empty when that is not so. */
	archived: (kind: string, key: string, set: Detail) => string;
	name: (reason: Reason) => string;
} {
	const live = useLive();
	const { today } = live;
	const settings = useSettings();
	const lifter = useDeputyName();
	const people = usePeople();
	const terms = useRows("term", "school");
	const moment = (value: unknown): string | null => (typeof value === "number" ? momentText(value, today()) : null);
	const grounds = (detail: Detail): Grounds => ({
		since: moment(detail["since"]),
		until: moment(detail["until"]),
		by: typeof detail["by"] === "string" ? people.short(detail["by"]) : null,
		term:
			typeof detail["term"] === "string"
				? field().termName(terms().get(detail["term"])?.values.name ?? "") || null
				: null,
		windowDays: settings().windowDays,
		graceDays: settings().graceDays,
		lifter: lifter(),
	});
	const sentence = (reason: Reason, detail: Detail): string => reasons().sentences[reason](grounds(detail));
	return {
		sentence,
		archived: (kind, key, set) => {
			if (kind === "") return "";
			live.watch("school");
			const now = live.engine.check({ kind: kind as KindName, key, set });
			return now.reason === "year_archived" ? sentence(now.reason, now.detail) : "";
		},
		now: (reason, detail) => (reasons().now[reason] ?? reasons().sentences[reason])(grounds(detail)),
		reopened: (reason, detail) => {
			const term = typeof detail["term"] === "string" ? terms().get(detail["term"]) : undefined;
			const barred = reason === "term_locked" || reason === "after_grace";
			return barred && term !== undefined && term.values.locked !== true ? reasons().reopened(grounds(detail)) : "";
		},
		name: (reason) => reasons().names[reason],
	};
}
