/** Warnings in words. */

import { bytesText, dayOf, dayText, momentText } from "../phrases/format";
import { tablet } from "../phrases/tablet";
import type { Warning } from "./warnings";

export interface Words {
	readonly label: string;
	readonly title: string;
	readonly why: string;
}

const BY_REASON = ["window_closed", "after_grace", "term_locked", "not_yours"] as const;

/** What a warning says. */
export function wordsOf(warning: Warning, today: string): Words {
	const t = tablet();
	const dayOfMoment = (moment: number): string => dayText(dayOf(moment), "full");
	switch (warning.kind) {
		case "late": {
			const known = BY_REASON.find((reason) => reason === warning.reason) ?? "other";
			const why = `${t.late[known](momentText(warning.until, today))} ${t.late.advice}`;
			return { label: t.late.label, title: t.late.title(warning.count, dayOfMoment(warning.until)), why };
		}
		case "lease": {
			const { label, title, why } = t.lease;
			return { label, title: title(dayOfMoment(warning.until)), why: why(momentText(warning.until, today)) };
		}
		case "lost": {
			const { label, title, numbers, why } = t.lost;
			const gone = warning.gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
			return { label, title: title(gone), why: why(warning.gaps.map(({ from, to }) => numbers(from, to)).join(", ")) };
		}
		case "signedOut":
			return { label: t.signedOut.label, title: t.signedOut.title, why: t.signedOut.why(warning.unsent) };
		case "fleeting":
			return t.fleeting;
		case "tight":
			return { label: t.tight.label, title: t.tight.title(bytesText(warning.left)), why: t.tight.why };
		case "carry": {
			const why = warning.safe ? t.carry.why : `${t.carry.why} ${t.carry.unsafe}`;
			return { label: t.carry.label, title: t.carry.title(warning.unsent), why };
		}
		default:
			return warning satisfies never;
	}
}
