/**
 * Clock: the server's time as far as the tablet knows it. Skew is learnt at each answer and shown; it never stops
 * anything, and the tablet's own wall time is what goes into ops.
 */

export class Clock {
	private readonly wall: () => number;
	/** Server's clock minus the tablet's, ms. */
	skew = 0;

	constructor(wall: () => number) {
		this.wall = wall;
	}

	/** The tablet's own clock. */
	own(): number {
		return Math.round(this.wall());
	}

	/** The server's time as far as known. */
	now(): number {
		return this.own() + this.skew;
	}

	/** Skew from one exchange: the server read its clock somewhere between the two moments. */
	learn(sent: number, received: number, server: number): number {
		this.skew = Math.round(server - (sent + received) / 2);
		return this.skew;
	}
}
