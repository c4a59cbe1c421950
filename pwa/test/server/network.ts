/**
 * A proxy between tablet and server that does to requests what networks do. A fault is asked for per request to `sync`;
 * everything else passes. WebSockets pass too.
 */

import { createServer, type Server as HttpServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { freePort } from "./server";

export type Fault =
	| "pass"
	/** The request never arrives. */
	| "cut before"
	/** The server has answered, the answer never arrives. */
	| "cut after"
	/** The request is long under way: it seems lost, and arrives when the next one has been answered. */
	| "late"
	/** The answer takes its time. */
	| "slow"
	/** Half the answer arrives, then the line is dead. */
	| "half"
	/** Half the answer arrives, and looks whole. */
	| "truncated"
	/** The request arrives twice; the first answer comes back. */
	| "twice"
	/** The request arrives twice; the second answer comes back. */
	| "twice, second"
	/** The request arrives twice at the same moment. */
	| "twice at once"
	/** The login page of a hotel, 200 OK. */
	| "portal"
	/** JSON, 200 OK, but not our server's. */
	| "stranger"
	| "413"
	| "429"
	| "401 by a stranger"
	| "502"
	| "503"
	| "507";

export class Network {
	/** What happens to the next request to `sync`. */
	next: () => Fault = () => "pass";
	readonly seen: Fault[] = [];
	/** Numbers of the ops that each request to `sync` offered, in order. */
	readonly offered: number[][] = [];
	/** Requests under way that the tablet takes for lost. */
	private readonly late: (() => Promise<unknown>)[] = [];
	private readonly http: HttpServer;
	private readonly lines = new Set<Socket>();
	private readonly target: number;

	private constructor(target: number) {
		this.target = target;
		this.http = createServer((asked, answer) => void this.handle(asked, answer));
		this.http.on("upgrade", (asked: IncomingMessage, socket, head: Buffer) => {
			const line = connect(this.target, "127.0.0.1");
			const headers = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}`);
			this.lines.add(line);
			line.on("close", () => {
				this.lines.delete(line);
				socket.destroy();
			});
			line.on("error", () => socket.destroy());
			socket.on("error", () => line.destroy());
			line.on("connect", () => {
				line.write(`GET ${asked.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
				line.write(head);
				line.pipe(socket);
				socket.pipe(line);
			});
		});
	}

	static async before(target: number): Promise<Network> {
		const network = new Network(target);
		const port = await freePort();
		await new Promise<void>((listening) => network.http.listen(port, "127.0.0.1", listening));
		return network;
	}

	get base(): string {
		return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		for (const line of this.lines) line.destroy();
		this.http.closeAllConnections();
		await new Promise((closed) => this.http.close(closed));
	}

	private async handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
		const body = await whole(asked);
		const fault = asked.url?.endsWith("/sync") ? this.next() : "pass";
		this.seen.push(fault);
		if (asked.url?.endsWith("/sync")) this.offered.push(numbersIn(asked, body));
		const say = (status: number, type: string, text: string, headers = {}) => {
			answer.writeHead(status, { "content-type": type, ...headers });
			answer.end(text);
		};
		switch (fault) {
			case "cut before":
				asked.socket.destroy();
				return;
			case "late":
				this.late.push(() => this.forward(asked, body));
				asked.socket.destroy();
				return;
			case "portal":
				say(200, "text/html", "<html><title>Wi-Fi</title><form action='/login'>…</form></html>");
				return;
			case "stranger":
				say(200, "application/json", JSON.stringify({ protocol: 1, ok: true, known: 99, judged: [] }));
				return;
			case "401 by a stranger":
				say(401, "text/html", "<html>Proxy authentication</html>");
				return;
			case "413":
				say(413, "text/plain", "Request Entity Too Large");
				return;
			case "429":
				say(429, "application/json", JSON.stringify({ error: "overloaded", n: null, retry_after: 0, limit: null }));
				return;
			case "502":
				say(502, "text/html", "<html>Bad Gateway</html>");
				return;
			case "503":
				say(503, "text/html", "<html>busy</html>", { "retry-after": "0" });
				return;
			case "507":
				say(507, "application/json", JSON.stringify({ error: "disk_full", n: null, retry_after: null, limit: null }));
				return;
			default:
		}
		try {
			const twin = fault === "twice at once" ? this.forward(asked, body) : null;
			let found = await this.forward(asked, body);
			await twin;
			await this.arrive();
			if (fault === "twice" || fault === "twice, second") {
				const second = await this.forward(asked, body);
				if (fault === "twice, second") found = second;
			}
			const half = found.body.subarray(0, Math.floor(found.body.length / 2));
			switch (fault) {
				case "cut after":
					asked.socket.destroy();
					return;
				case "slow":
					setTimeout(() => {
						answer.writeHead(found.status, found.headers);
						answer.end(found.body);
					}, 10);
					return;
				case "half":
					answer.writeHead(found.status, { "content-type": "application/json", "content-length": found.body.length });
					answer.write(half);
					setTimeout(() => asked.socket.destroy(), 5);
					return;
				case "truncated":
					answer.writeHead(found.status, { "content-type": "application/json", "content-length": half.length });
					answer.end(half);
					return;
				default:
					answer.writeHead(found.status, found.headers);
					answer.end(found.body);
			}
		} catch {
			asked.socket.destroy();
		}
	}

	/** What is long under way arrives. */
	async arrive(): Promise<void> {
		for (const request of this.late.splice(0)) await request();
	}

	private forward(
		asked: IncomingMessage,
		body: Buffer,
	): Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }> {
		return new Promise((resolve, reject) => {
			const { method, url, headers } = asked;
			const plain = { ...headers, "accept-encoding": "identity" };
			const outgoing = request(
				{ port: this.target, host: "127.0.0.1", method, path: url, headers: plain },
				(response) => {
					whole(response).then((found) => {
						const { "transfer-encoding": _, ...rest } = response.headers;
						resolve({ status: response.statusCode ?? 0, headers: rest, body: found });
					}, reject);
				},
			);
			outgoing.on("error", reject);
			outgoing.end(body);
		});
	}
}

function numbersIn(asked: IncomingMessage, body: Buffer): number[] {
	const plain = asked.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
	const { ops } = JSON.parse(plain.toString()) as { ops: { n: number }[] };
	return ops.map((op) => op.n);
}

async function whole(stream: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of stream) parts.push(part as Buffer);
	return Buffer.concat(parts);
}
