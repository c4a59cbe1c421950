/**
 * The one status line, always in the same place, in words.
 *
 * Holds always:
 * 1. Green is shown only when no entry is without the server's receipt, the backup has them all, and nothing waits for
 *    a person.
 * 2. It never says nothing: what is unknown is called unknown.
 */

import { createMemo, type JSX } from "solid-js";
import type { Status } from "../../engine/types";
import { useLive } from "../context";
import { needsOf } from "../needs";
import { momentText, spanText } from "../phrases/format";
import { shell } from "../phrases/shell";
import { Pill, type PillTone } from "./Pill";
import type { SignName } from "./Sign";

interface StatusLine {
	/** Where more is said. */
	href: "/me" | "/attention";
	tone: PillTone;
	sign: SignName | undefined;
	text: string;
}

/**
 * What the pill says of a status. What needs the person is said beside everything but a store that fails; what waits for
 * the deputy head alone is told in its own words and its own colour, as nothing is to be done about it.
 */
export function statusLine(status: Status, now: number, today: string): StatusLine {
	const said = sayingOf(status, now, today);
	const { hand, deputy } = needsOf(status);
	if (hand + deputy === 0 || said.tone === "red") return said;
	const t = shell().status;
	const href = "/attention";
	const sign = said.sign === "local" ? said.sign : undefined;
	if (hand > 0) return { href, tone: "wait", sign, text: t.attention(said.text, hand) };
	const text = t.deputy(said.text, deputy);
	return said.tone === "ok" ? { href, tone: "held", sign: "held", text } : { ...said, href, text };
}

function sayingOf(status: Status, now: number, today: string): StatusLine {
	const t = shell().status;
	const line = (tone: PillTone, sign: SignName | undefined, text: string): StatusLine => {
		return { href: "/me", tone, sign, text };
	};
	const { unsent } = status;
	if (status.storeTrouble !== null) return line("red", "lost", t.storeTrouble);
	if (status.signedOut) {
		return unsent > 0 ? line("wait", "local", t.signInAgainCount(unsent)) : line("wait", undefined, t.signInAgain);
	}
	if (unsent > 0 && status.sending) return line("info", "local", t.sendingCount(unsent));
	if (unsent > 0) {
		const waited = now - (status.oldestUnsent ?? now);
		const age = waited < 60_000 ? "" : spanText(waited);
		// What a person can do about it comes before how long it has lasted.
		const more = status.trouble === "not_our_server" ? t.askedToSignIn : age;
		return line("wait", "local", t.only(unsent, more));
	}
	if (status.trouble === "not_our_server") return line("wait", undefined, t.stranger);
	if (status.reachable === false) {
		return status.lastContact === null
			? line("plain", undefined, t.neverReached)
			: line("plain", undefined, t.notReached(momentText(status.lastContact, today)));
	}
	if (status.loading) return line("info", undefined, t.loading);
	if (status.reachable === null) return line("plain", undefined, t.asking);
	if (status.notDurable > 0) return line("info", "applied", t.copyBehind);
	return line("ok", "ok", t.safe);
}

export function StatusPill(): JSX.Element {
	const { status, now, today } = useLive();
	const line = createMemo(() => statusLine(status(), now(), today()));
	return (
		<a class="status" href={line().href} aria-label={`${shell().status.label}: ${line().text}`}>
			<Pill tone={line().tone} sign={line().sign}>
				{line().text}
			</Pill>
		</a>
	);
}
