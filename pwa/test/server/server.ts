/** The real server as a process of its own, on a port and a data folder of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { World } from "../tablet";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Friday, 20 November 2026, 11:00 in Moscow: the school of the tests lives around then. */
export const NOW = Date.UTC(2026, 10, 20, 8, 0);

/** [device, n, kind, key, verdict, reason] of an entry in the ledger. */
export type Entered = [string, number, string, string, string, string];

export class Server {
	readonly world: World;
	readonly port: number;
	private readonly folder: string;
	private process: ChildProcess | null = null;
	private answers: ((line: string) => void)[] = [];

	private constructor(world: World, port: number, folder: string) {
		this.world = world;
		this.port = port;
		this.folder = folder;
	}

	static async start(): Promise<Server> {
		const world = { offset: NOW - Date.now() };
		const server = new Server(world, await freePort(), await mkdtemp(join(tmpdir(), "zvonok-engine-")));
		await server.up();
		return server;
	}

	get base(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	async up(): Promise<void> {
		const python = process.env.ZVONOK_PYTHON ?? join(ROOT, ".venv/bin/python");
		const script = fileURLToPath(new URL("school.py", import.meta.url));
		const args = [script, join(this.folder, "data"), String(this.port), String(this.world.offset)];
		const child = spawn(python, args, { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"] });
		this.process = child;
		let told = "";
		child.stderr.on("data", (bytes: Buffer) => {
			told = (told + bytes.toString()).slice(-8000);
		});
		createInterface(child.stdout).on("line", (line) => this.answers.shift()?.(line));
		await new Promise<void>((resolve, reject) => {
			child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${told}`)));
			this.answers.push(() => resolve());
		});
		while (!(await fetch(`${this.base}/api/hello`).catch(() => null))?.ok)
			await new Promise((next) => setTimeout(next, 20));
	}

	/** Ends the process; its data stays. */
	async down(): Promise<void> {
		const child = this.process;
		this.process = null;
		if (!child || child.exitCode !== null) return;
		const gone = new Promise((resolve) => child.once("exit", resolve));
		child.stdin?.end();
		await gone;
	}

	async end(): Promise<void> {
		await this.down();
		await rm(this.folder, { recursive: true });
	}

	/** Copies the data as it is now; only while the server is down. */
	save(): Promise<void> {
		return cp(join(this.folder, "data"), join(this.folder, "saved"), { recursive: true });
	}

	/** Puts the saved data back, as a restore does; only while the server is down. */
	async restore(): Promise<void> {
		await rm(join(this.folder, "data"), { recursive: true });
		await cp(join(this.folder, "saved"), join(this.folder, "data"), { recursive: true });
	}

	/** Moves the server's clock and every tablet's. */
	async advance(ms: number): Promise<void> {
		this.world.offset += ms;
		await this.tell(`offset ${this.world.offset}`);
	}

	/** The backup has everything. */
	durable(): Promise<unknown> {
		return this.tell("durable");
	}

	epoch(): Promise<unknown> {
		return this.tell("epoch");
	}

	/** What the ledger holds of tablets after a seq. */
	async entries(after = 0): Promise<Entered[]> {
		return (await this.tell(`entries ${after}`)) as Entered[];
	}

	/** The head of the ledger. */
	async head(): Promise<number> {
		return (await this.tell("head")) as number;
	}

	/** The admin takes a device's rights away. */
	revoke(device: string): Promise<unknown> {
		return this.tell(`revoke ${device}`);
	}

	async row(kind: string, key: string): Promise<Record<string, unknown> | null> {
		return (await this.tell(`row ${kind} ${key}`)) as Record<string, unknown> | null;
	}

	private tell(line: string): Promise<unknown> {
		return new Promise((resolve) => {
			this.answers.push((answer) => resolve(JSON.parse(answer)));
			this.process?.stdin?.write(`${line}\n`);
		});
	}
}

/** A port below those that clients get, free at this moment. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = 20_000 + Math.floor(Math.random() * 12_000);
		const free = await new Promise<boolean>((resolve) => {
			const probe = createServer();
			probe.once("error", () => resolve(false));
			probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
		});
		if (free) return port;
	}
}
