/**
 * Idle: when nobody has touched the tablet for too long, in any of its tabs, or has not looked at it for a minute.
 *
 * The tabs tell each other that somebody is there, with at most one message in ten seconds. Time is taken from the clock
 * that went further: one that was turned back holds nothing open, and neither does a tablet that slept.
 */

import type { Surroundings } from "./surroundings";

const HIDDEN_LASTS = 60_000;
const TELL_EVERY = 10_000;
const LOOK_EVERY = 20_000;

/** Of another tab: somebody touched it, or it is on the screen. */
type Said = "touched" | "shown";

export class Idle {
	private readonly around: Surroundings;
	private readonly most: () => number;
	private readonly over: (because: "idle" | "hidden") => void;
	private readonly channel: BroadcastChannel | null;
	private quiet: (() => void) | null = null;
	private cancel: (() => void) | null = null;
	private touched = { wall: 0, ticks: 0 };
	private told = { wall: 0, ticks: 0 };
	/** Since when this tab is hidden. */
	private hidden: { wall: number; ticks: number } | null = null;

	/** `most`: ms that may pass without a touch. `over`: they have. */
	constructor(around: Surroundings, most: () => number, over: (because: "idle" | "hidden") => void) {
		this.around = around;
		this.most = most;
		this.over = over;
		this.channel = around.BroadcastChannel ? new around.BroadcastChannel("zvonok-idle") : null;
		if (this.channel) this.channel.onmessage = (event) => this.elsewhere(event.data as Said);
	}

	start(): void {
		this.stop();
		this.touched = this.at();
		this.hidden = null;
		this.quiet = this.around.watch((presence) => {
			if (presence === "hidden") this.hidden = this.at();
			if (presence === "busy" || presence === "shown") this.busy();
		});
		this.plan();
	}

	stop(): void {
		this.quiet?.();
		this.quiet = null;
		this.cancel?.();
		this.cancel = null;
	}

	close(): void {
		this.stop();
		this.channel?.close();
	}

	/** Looks whether it is over, which no timer has done while the tablet slept. */
	look(): boolean {
		if (!this.quiet) return false;
		const because =
			this.hidden && this.since(this.hidden) >= HIDDEN_LASTS
				? "hidden"
				: this.since(this.touched) >= this.most()
					? "idle"
					: null;
		if (because) {
			this.stop();
			this.over(because);
		}
		return because !== null;
	}

	/** Looks first: a touch after too long wakes a tablet that should have locked in its sleep. */
	private busy(): void {
		if (this.look()) return;
		this.hidden = null;
		this.touched = this.at();
		this.tell();
	}

	private elsewhere(said: Said): void {
		if (this.look()) return;
		if (said === "touched") this.touched = this.at();
		if (this.hidden) this.hidden = this.at();
	}

	private plan(): void {
		this.cancel = this.around.later(() => {
			if (this.look()) return;
			if (!this.hidden) this.channel?.postMessage("shown" satisfies Said);
			this.plan();
		}, LOOK_EVERY);
	}

	private tell(): void {
		if (this.since(this.told) < TELL_EVERY) return;
		this.told = this.at();
		this.channel?.postMessage("touched" satisfies Said);
	}

	private at(): { wall: number; ticks: number } {
		return { wall: this.around.now(), ticks: this.around.ticks() };
	}

	private since(moment: { wall: number; ticks: number }): number {
		const { wall, ticks } = this.at();
		return Math.max(wall - moment.wall, ticks - moment.ticks);
	}
}
