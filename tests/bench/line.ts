/**
 * A thin line between the browser and the school: a proxy on this machine that lets through so many bits a second, each
 * way, for all connections together, and loses segments.
 *
 * Chromium's own emulation slows only what the page asks for and loses only WebRTC's packets. Here a TCP stream is cut
 * into segments of 1,460 bytes; one that is lost arrives 200 ms later, sent again, and all that follow it wait, as TCP
 * delivers in order. A sender that slows down after a loss is not modelled: at 2 % and this rate the line, not the
 * sender's window, is the limit.
 */

import { connect, createServer, type Server, type Socket } from "node:net";
import { freePort } from "../browser/house.ts";

const SEGMENT = 1_460;
const RESENT = 200; // ms: TCP's shortest wait before it sends again
const LATENCY = 40; // ms one way, as of a mobile network

interface Thin {
	readonly bitsPerSecond: number;
	/** Share of segments. */
	readonly loss: number;
}

/** One direction: when it is free again, and what it has carried. */
interface Way {
	free: number;
	bytes: number;
	lost: number;
}

export class Line {
	readonly port: number;
	readonly up: Way = { free: 0, bytes: 0, lost: 0 };
	readonly down: Way = { free: 0, bytes: 0, lost: 0 };
	private readonly server: Server;
	private readonly open = new Set<Socket>();
	private thin: Thin | null = null;
	private seed = 7;

	private constructor(port: number, to: () => number) {
		this.port = port;
		this.server = createServer((near) => {
			const far = connect(to(), "127.0.0.1");
			this.carry(near, far, this.up);
			this.carry(far, near, this.down);
		});
	}

	static async lay(to: () => number): Promise<Line> {
		const line = new Line(await freePort(), to);
		await new Promise<void>((listens) => line.server.listen(line.port, "127.0.0.1", listens));
		return line;
	}

	get url(): string {
		return `http://localhost:${this.port}`;
	}

	/** From now on it is thin, and counts anew. */
	narrow(thin: Thin): void {
		this.thin = thin;
		Object.assign(this.up, { free: 0, bytes: 0, lost: 0 });
		Object.assign(this.down, { free: 0, bytes: 0, lost: 0 });
	}

	async cut(): Promise<void> {
		const closed = new Promise((done) => this.server.close(done));
		for (const socket of this.open) socket.destroy();
		await closed;
	}

	private carry(from: Socket, to: Socket, way: Way): void {
		this.open.add(from);
		from.on("close", () => this.open.delete(from));
		from.on("error", () => to.destroy());
		from.setNoDelay(true);
		let last = 0; // when the segment before arrives: none overtakes it
		const after = (at: number, act: () => void): void => {
			last = Math.max(last, at);
			if (last <= performance.now()) act();
			else setTimeout(act, last - performance.now());
		};
		from.on("data", (data: Buffer) => {
			for (let i = 0; i < data.length; i += SEGMENT) {
				const part = data.subarray(i, i + SEGMENT);
				after(this.arrival(part.length, way), () => to.writable && to.write(part));
			}
		});
		from.on("end", () => after(0, () => to.end()));
	}

	/** When a segment that goes now is there. */
	private arrival(size: number, way: Way): number {
		way.bytes += size;
		if (!this.thin) return 0;
		const { bitsPerSecond, loss } = this.thin;
		const takes = (size * 8_000) / bitsPerSecond;
		way.free = Math.max(way.free, performance.now()) + takes;
		const lost = this.random() < loss;
		if (!lost) return way.free + LATENCY;
		way.lost += 1;
		way.free += takes; // the second time
		return way.free + LATENCY + RESENT;
	}

	/** The same line each time: Lehmer's generator. */
	private random(): number {
		this.seed = (this.seed * 48_271) % 2_147_483_647;
		return this.seed / 2_147_483_647;
	}
}
