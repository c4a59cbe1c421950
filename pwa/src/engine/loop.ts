/**
 * Loop: when to sync. At the start, on focus, online, poke and write; by a timer with jitter; after a failure with
 * full jitter from 1 s to 5 min, never before the server's Retry-After. By hand always.
 *
 * Holds always: one attempt at a time; who asks during one gets another right after it.
 */

import type { Surroundings } from "./surroundings";
import type { Ended } from "./sync";

const LEAST = 1_000;
const MOST = 300_000;
const POLL = 60_000;
const POLL_LIVE = 300_000;

export class Loop {
	private readonly around: Surroundings;
	private readonly attempt: () => Promise<Ended>;
	private readonly isLive: () => boolean;
	private failures = 0;
	private notBefore = 0;
	/** What of that the server said. */
	private told = 0;
	private resting = false;
	private stopped = true;
	private running: Promise<void> | null = null;
	private wanted = false;
	private cancel: (() => void) | null = null;
	private due = Number.POSITIVE_INFINITY;

	constructor(around: Surroundings, attempt: () => Promise<Ended>, isLive: () => boolean) {
		this.around = around;
		this.attempt = attempt;
		this.isLive = isLive;
	}

	start(): void {
		this.stopped = false;
		this.resting = false;
		this.failures = 0;
		this.soon();
	}

	stop(): void {
		this.stopped = true;
		this.cancel?.();
		this.cancel = null;
		this.due = Number.POSITIVE_INFINITY;
	}

	/** After `ms`, or when the back-off ends, whichever is later. */
	soon(ms = 0): void {
		if (this.stopped || this.resting) return;
		if (this.running) {
			this.wanted = true;
			return;
		}
		this.plan(Math.max(this.around.ticks() + ms, this.notBefore));
	}

	/** The world has changed (online, focus): the back-off begins anew, the server's own word still holds. */
	awake(): void {
		this.failures = 0;
		this.notBefore = this.told;
		this.soon();
	}

	/** Now, whatever the back-off says. Resolves when the attempt ended. */
	async now(): Promise<void> {
		if (this.running) await this.running;
		this.resting = false;
		await this.run();
	}

	/** Somebody signed in, or gave up: entering goes on, syncing waits for `start` or `now`. */
	rest(): void {
		this.resting = true;
		this.cancel?.();
		this.due = Number.POSITIVE_INFINITY;
	}

	private plan(at: number): void {
		if (at >= this.due) return;
		this.cancel?.();
		this.due = at;
		this.cancel = this.around.later(() => void this.run(), Math.max(0, at - this.around.ticks()));
	}

	private run(): Promise<void> {
		if (this.running) {
			this.wanted = true;
			return this.running;
		}
		this.cancel?.();
		this.due = Number.POSITIVE_INFINITY;
		this.wanted = false;
		this.running = this.attempt().then((ended) => {
			this.running = null;
			this.after(ended);
		});
		return this.running;
	}

	private after(ended: Ended): void {
		if (ended.rest) this.resting = true;
		const now = this.around.ticks();
		if (ended.ok) {
			this.failures = 0;
			this.notBefore = 0;
			this.told = 0;
		} else {
			const reach = Math.min(MOST, LEAST * 2 ** Math.min(this.failures++, 20));
			this.told = now + (ended.retryAfter ?? 0) * 1000;
			this.notBefore = Math.max(this.told, now + LEAST / 4, now + this.around.random() * reach);
		}
		if (this.stopped || this.resting) return;
		const poll = (this.isLive() ? POLL_LIVE : POLL) * (0.75 + this.around.random() / 2);
		this.plan(this.wanted || !ended.ok ? Math.max(now, this.notBefore) : now + poll);
	}
}
