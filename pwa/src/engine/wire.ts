/**
 * Wire: one request, one answer, and no belief in what is not our server's.
 *
 * Holds always:
 * 1. An answer counts only when it is JSON of the message's shape, of our protocol and school. A captive portal's 200
 *    with HTML, half a body, or a stranger's JSON is "not_our_server" and marks nothing as sent.
 * 2. Nothing here throws for what the network does.
 */

import {
	type Judged,
	type News,
	PROTOCOL,
	type SyncRequest,
	type SyncResponse,
	TROUBLES,
	type TroubleCode,
} from "../generated/messages";
import { headersOf, type Pass } from "./pass";
import type { Surroundings } from "./surroundings";
import type { EngineTrouble } from "./types";

const PATIENCE = 60_000; // ms for a whole answer: 256 kB at 256 kbit/s with loss fit in

/** RFC 6585: of a network, never of our server. */
const WANTS_SIGN_IN = 511;

/** What came back. `status` 0: nothing did. `told`: the trouble is our server's own word. */
export type Answer =
	| { readonly ok: true; readonly body: unknown; readonly takesGzip: boolean }
	| {
			readonly ok: false;
			readonly trouble: EngineTrouble;
			readonly retryAfter: number | null;
			readonly status: number;
			readonly told: boolean;
	  };

/** Who asks, and how. `packed`: the server has said that it takes a gzipped body. */
interface Asking {
	readonly pass?: Pass | null;
	readonly packed?: boolean;
}

/** Asks; `body` undefined makes it a GET. Without a pass it is an address that is open to all. */
export async function ask(around: Surroundings, path: string, body?: unknown, how: Asking = {}): Promise<Answer> {
	const give = new AbortController();
	const stop = around.later(() => give.abort(), PATIENCE);
	const fail = (trouble: EngineTrouble, status = 0, retryAfter: number | null = null, told = false): Answer => ({
		ok: false,
		trouble,
		retryAfter,
		status,
		told,
	});
	try {
		const { headers, ...asked } = body === undefined ? GET : await posted(JSON.stringify(body), how.packed ?? false);
		const response = await around.fetch(`${around.base}${path}`, {
			...asked,
			headers: { ...headers, ...headersOf(how.pass ?? null) },
			credentials: "same-origin",
			cache: "no-store",
			redirect: "manual", // our server sends nobody elsewhere: who does is a portal, not silence
			signal: give.signal,
		});
		const { status } = response;
		const said = Number(response.headers.get("retry-after") ?? Number.NaN);
		const wait = Number.isFinite(said) && said >= 0 ? said : null;
		let parsed: unknown = null;
		try {
			parsed = JSON.parse(await response.text());
		} catch {
			// Half a body or no JSON: below, as what the status makes of it.
		}
		const takesGzip = /\bgzip\b/.test(response.headers.get("accept-encoding") ?? "");
		if (response.ok) return isRecord(parsed) ? { ok: true, body: parsed, takesGzip } : fail("not_our_server", status);
		if (isRecord(parsed) && isTrouble(parsed.error)) {
			const own = isCount(parsed.retry_after) ? parsed.retry_after : null;
			return fail(parsed.error, status, own ?? wait, true);
		}
		if (status === 413) return fail("too_large", status);
		if (status === WANTS_SIGN_IN) return fail("not_our_server", status);
		if (status === 429 || status >= 500) return fail("overloaded", status, wait);
		return fail("not_our_server", status);
	} catch {
		return fail("offline");
	} finally {
		stop();
	}
}

/** What of a request depends on its body. */
interface Posted {
	readonly method: "GET" | "POST";
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | ArrayBuffer;
}

const GET: Posted = { method: "GET", headers: {} };
const PACKED_FROM = 1_024; // a smaller body fits one packet anyway

/** Entries repeat themselves, so they pack to a small part: on a school's thin line a month's would take long in plain. */
async function posted(text: string, packed: boolean): Promise<Posted> {
	const headers = { "content-type": "application/json" };
	if (!packed || text.length < PACKED_FROM || typeof CompressionStream === "undefined") {
		return { method: "POST", headers, body: text };
	}
	const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
	const body = await new Response(stream).arrayBuffer();
	return { method: "POST", headers: { ...headers, "content-encoding": "gzip" }, body };
}

/** The body as a SyncResponse to this request, or null when it can't be one. */
export function readSync(body: unknown, request: SyncRequest, school: string): SyncResponse | null {
	if (!isRecord(body) || body.protocol !== PROTOCOL || body.school !== school) return null;
	const counts = ["rules", "server_time", "known", "missing", "applied_seq", "durable_seq", "published"];
	if (!counts.every((name) => isCount(body[name]))) return null;
	if (typeof body.epoch !== "string" || !body.epoch) return null;
	const sent = new Set(request.ops.map((op) => op.n));
	const mine = (n: unknown) => isCount(n) && sent.has(n);
	if (!isList(body.judged, (j) => isJudged(j) && mine(j[0]))) return null;
	if (!isList(body.taken, mine)) return null;
	if (!isList(body.lost, (scope) => typeof scope === "string")) return null;
	if (!isList(body.news, isNews)) return null;
	return body as unknown as SyncResponse;
}

const VERDICTS: readonly unknown[] = ["accepted", "superseded", "held", "refused"];

function isJudged(value: unknown): value is Judged {
	if (!Array.isArray(value) || value.length !== 5) return false;
	const [, verdict, reason, detail, seq] = value;
	return VERDICTS.includes(verdict) && typeof reason === "string" && isRecord(detail) && isCount(seq);
}

function isNews(value: unknown): value is News {
	if (!isRecord(value) || typeof value.scope !== "string" || typeof value.more !== "boolean") return false;
	if (!isCount(value.after) || !isCount(value.upto) || value.upto < value.after) return false;
	const { total, tables } = value;
	if (total !== null && !(isList(total, isCount) && (total as unknown[]).length === 2)) return false;
	return isRecord(tables) && Object.values(tables).every(isTable);
}

function isTable(value: unknown): boolean {
	if (!isRecord(value) || !isList(value.cells, (cell) => typeof cell === "string")) return false;
	const width = (value.cells as string[]).length + 3;
	const isRow = (row: unknown) =>
		Array.isArray(row) && row.length === width && typeof row[0] === "string" && isCount(row[1]);
	return isList(value.rows, isRow);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown, each: (item: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(each);
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTrouble(value: unknown): value is TroubleCode {
	return (TROUBLES as readonly unknown[]).includes(value);
}
