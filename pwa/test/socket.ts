/** A WebSocket client for Node that sends a cookie, as a browser does. Text frames from the server, nothing more. */

import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

export class LiveSocket {
	onopen: (() => void) | null = null;
	onmessage: ((event: { data: string }) => void) | null = null;
	onclose: ((event: { code: number }) => void) | null = null;
	private readonly socket: Socket;
	private rest = Buffer.alloc(0);
	private upgraded = false;
	private code = 1006; // the connection went without a word

	constructor(address: string, cookie: string) {
		const { hostname, port, host, pathname, search } = new URL(address);
		this.socket = connect(Number(port), hostname);
		const key = randomBytes(16).toString("base64");
		const lines = [
			`GET ${pathname}${search} HTTP/1.1`,
			`Host: ${host}`,
			"Connection: Upgrade",
			"Upgrade: websocket",
			"Sec-WebSocket-Version: 13",
			`Sec-WebSocket-Key: ${key}`,
			`Origin: http://${host}`,
			`Cookie: ${cookie}`,
		];
		this.socket.on("connect", () => this.socket.write(`${lines.join("\r\n")}\r\n\r\n`));
		this.socket.on("data", (bytes) => this.take(bytes));
		this.socket.on("error", () => undefined);
		this.socket.on("close", () => this.onclose?.({ code: this.code }));
	}

	close(): void {
		this.socket.destroy();
	}

	private take(bytes: Buffer): void {
		this.rest = Buffer.concat([this.rest, bytes]);
		if (!this.upgraded) {
			const end = this.rest.indexOf("\r\n\r\n");
			if (end < 0) return;
			if (!this.rest.subarray(0, end).toString().startsWith("HTTP/1.1 101")) {
				this.socket.destroy();
				return;
			}
			this.rest = this.rest.subarray(end + 4);
			this.upgraded = true;
			this.onopen?.();
		}
		while (this.rest.length >= 2) {
			const opcode = (this.rest[0] as number) & 15;
			const short = (this.rest[1] as number) & 127;
			const start = short === 126 ? 4 : short === 127 ? 10 : 2;
			if (this.rest.length < start) return;
			const length =
				short === 126 ? this.rest.readUInt16BE(2) : short === 127 ? Number(this.rest.readBigUInt64BE(2)) : short;
			if (this.rest.length < start + length) return;
			const body = this.rest.subarray(start, start + length);
			this.rest = this.rest.subarray(start + length);
			if (opcode === 1) this.onmessage?.({ data: body.toString() });
			if (opcode === 9) this.pong(body);
			if (opcode === 8) {
				if (body.length >= 2) this.code = body.readUInt16BE(0);
				this.socket.destroy();
			}
		}
	}

	/** A frame of a client is masked; with a mask of zeros the bytes stay as they are. */
	private pong(body: Buffer): void {
		this.socket.write(Buffer.concat([Buffer.from([0x8a, 0x80 | body.length, 0, 0, 0, 0]), body]));
	}
}
