/** The school under test: the real server with real Litestream as a process of its own, made, stopped, killed, restored. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PYTHON = join(ROOT, ".venv/bin/python");
const SCRIPT = join(ROOT, "tests/browser/school_server.py");
const run = promisify(execFile);

/** An entry as the server's ledger tells it. */
export interface Line {
	device: string;
	n: number;
	person: string;
	kind: string;
	key: string;
	set: Record<string, unknown>;
	verdict: string;
	reason: string;
	row: Record<string, unknown> | null;
}

/** A port below the range from which the system gives ports to its own connections. */
export async function freePort(): Promise<number> {
	for (let candidate = 22_000 + (process.pid % 5_000); ; candidate++) {
		const probe = createServer();
		const free = await new Promise<boolean>((resolve) => {
			probe.once("error", () => resolve(false));
			probe.listen(candidate, "127.0.0.1", () => resolve(true));
		});
		if (!free) continue;
		await new Promise((closed) => probe.close(closed));
		return candidate;
	}
}

export class School {
	readonly folder: string;
	readonly port: number;
	private readonly offset: number;
	/** A build of the app of the test's own; empty: the one in pwa/dist. */
	dist = "";
	private server: ChildProcess | null = null;

	private constructor(folder: string, port: number, offset: number) {
		this.folder = folder;
		this.port = port;
		this.offset = offset;
	}

	get data(): string {
		return join(this.folder, "data");
	}

	get backups(): string {
		return join(this.folder, "backups");
	}

	get url(): string {
		return `http://localhost:${this.port}`;
	}

	/** The school's clock. */
	get now(): string {
		return new Date(Date.now() + this.offset).toISOString();
	}

	/** Makes a small demo school at a moment of the school year, and starts it. */
	static async make(moment: string): Promise<School> {
		const folder = await mkdtemp(join(tmpdir(), "zvonok-story-"));
		const school = new School(folder, await freePort(), Date.parse(moment) - Date.now());
		await run(PYTHON, [SCRIPT, "make", school.data, String(school.offset)], { timeout: 120_000 });
		await school.start();
		return school;
	}

	async start(): Promise<void> {
		const args = [SCRIPT, "serve", this.data, this.backups, String(this.port), String(this.offset)];
		if (this.dist) args.push(this.dist);
		const child = spawn(PYTHON, args, { stdio: ["ignore", "pipe", process.env["SERVER_LOG"] ? "inherit" : "pipe"] });
		this.server = child;
		let said = "";
		child.stderr?.on("data", (part) => {
			said = `${said}${part}`.slice(-2_000);
		});
		await new Promise<void>((resolve, reject) => {
			child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
			child.stdout?.once("data", () => resolve());
		});
	}

	/** Ends the server as Ctrl-C does, or kills it on the spot. */
	async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
		const child = this.server;
		this.server = null;
		if (child === null || child.exitCode !== null) return;
		const gone = new Promise((resolve) => child.once("exit", resolve));
		child.kill(signal);
		await gone;
	}

	/** Freezes Litestream: the server goes on, the backup falls behind. Answers its process id. */
	async freezeBackup(): Promise<number> {
		const found = await litestreamOf(this.server?.pid ?? 0);
		process.kill(found, "SIGSTOP");
		return found;
	}

	/** The data folder is gone. */
	async loseData(): Promise<void> {
		await rm(this.data, { recursive: true, force: true });
	}

	/** `zvonok restore`, as the admin types it. */
	async restore(): Promise<string> {
		const { stdout } = await run(
			join(ROOT, ".venv/bin/zvonok"),
			["restore", "--from", this.backups, "--to", this.data],
			{ timeout: 120_000 },
		);
		return stdout;
	}

	/** `zvonok device revoke`, beside the running server. */
	async revoke(device: string): Promise<void> {
		const args = ["device", "revoke", "32", device, "--reason", "остался в автобусе", "--data", this.data];
		await run(join(ROOT, ".venv/bin/zvonok"), args, { timeout: 60_000 });
	}

	/** Gives an account a password of the test's own. */
	async setPassword(login: string, password: string): Promise<void> {
		await run(PYTHON, [SCRIPT, "password", this.data, login, password], { timeout: 60_000 });
	}

	/** Closes the account of somebody who has left. */
	async close(login: string): Promise<void> {
		await run(PYTHON, [SCRIPT, "close", this.data, String(this.offset), login], { timeout: 60_000 });
	}

	/** What the ledger holds of people's entries. The server must have stopped. */
	async ledger(): Promise<Line[]> {
		const { stdout } = await run(PYTHON, [SCRIPT, "ledger", this.data], { maxBuffer: 1 << 26 });
		return stdout
			.split("\n")
			.filter((line) => line !== "")
			.map((line) => JSON.parse(line) as Line);
	}

	async remove(): Promise<void> {
		await this.stop();
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** The Litestream below a server, by the tree of processes. */
async function litestreamOf(server: number): Promise<number> {
	const children = new Map<number, number[]>();
	const names = new Map<number, string>();
	for (const id of (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number)) {
		const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
		const found = /^\d+ \((.*)\) \S (\d+)/.exec(stat);
		if (found === null) continue;
		names.set(id, found[1] ?? "");
		const parent = Number(found[2]);
		children.set(parent, [...(children.get(parent) ?? []), id]);
	}
	const below = [server];
	for (const id of below) {
		if ((names.get(id) ?? "").startsWith("litestream")) return id;
		below.push(...(children.get(id) ?? []));
	}
	throw new Error("no Litestream runs below the server");
}
