/**
 * A tablet in Node: the real engine in surroundings made of Node's own parts, a store in memory (fake-indexeddb), a
 * cookie jar, and a clock that a test can move. Nothing of the engine is replaced.
 */

import "fake-indexeddb/auto";
import { webcrypto } from "node:crypto";
import { IDBFactory } from "fake-indexeddb";
import { stretched } from "../src/engine/argon2";
import { createEngine } from "../src/engine/engine";
import type { Presence, Signal, Surroundings } from "../src/engine/surroundings";
import type { Engine, Status } from "../src/engine/types";
import { LiveSocket } from "./socket";

/** Time in a test: the server's and every tablet's clock run `offset` ms beside the machine's. */
export interface World {
	offset: number;
}

/** A browser on a tablet: what its tabs share. */
export class Browser {
	readonly world: World;
	readonly jar = new Map<string, string>();
	readonly signals = new Set<(signal: Signal) => void>();
	readonly presences = new Set<(presence: Presence) => void>();
	store = new IDBFactory();
	/** Where the server is; a test may put a proxy there. */
	base: string;
	/** The radio: off, nothing goes out. */
	radio = true;
	/** What lies beside the store. */
	keepsake = "";
	/** What the browser says of the store's room. */
	room = { used: 1_000_000, quota: 10_000_000_000 };
	/** The tablet's clock beside the world's, ms. */
	skew = 0;
	private readonly name = `tablet ${Math.random().toString(36).slice(2)}`;
	private readonly locks = new Locks();
	private readonly tabs: Engine[] = [];
	private readonly channels: BroadcastChannel[] = [];
	private readonly frozen = new Set<BroadcastChannel>();

	constructor(base: string, world: World) {
		this.base = base;
		this.world = world;
	}

	/** A tab, started. */
	async tab(): Promise<Engine> {
		const engine = createEngine(this.surroundings());
		this.tabs.push(engine);
		await engine.start();
		return engine;
	}

	/** A tab in which a person of the tests' school is signed in and has heard from the server. */
	async signedIn(person = "t1"): Promise<Engine> {
		const engine = await this.tab();
		await engine.signIn(person, `${person}-secret-word`, "32");
		await until(engine, (status) => !status.loading && status.reachable === true);
		return engine;
	}

	/** A tab after the whole browser was closed: its person unlocks it. */
	async reopened(secret: string): Promise<Engine> {
		const engine = await this.tab();
		await engine.unlock(secret);
		return engine;
	}

	/** The tabs there are neither hear nor say anything any more, as those that the system has frozen. */
	freeze(): void {
		for (const channel of this.channels) {
			channel.onmessage = null;
			this.frozen.add(channel);
		}
	}

	/** Ends every tab, as a closed browser does. */
	async close(): Promise<void> {
		for (const tab of this.tabs.splice(0)) await tab.stop();
	}

	/** How many wait for a lock of the browser. */
	waitingFor(lock: string): number {
		return this.locks.waitingFor(lock);
	}

	wake(signal: Signal): void {
		for (const heard of this.signals) heard(signal);
	}

	surroundings(): Surroundings {
		const browser = this;
		return {
			get base() {
				return browser.base;
			},
			fetch: (input, init) => browser.fetch(String(input), init ?? {}),
			WebSocket: class extends LiveSocket {
				constructor(address: string) {
					super(browser.radio ? address : "ws://127.0.0.1:1", browser.cookies());
				}
			} as unknown as Surroundings["WebSocket"],
			get indexedDB() {
				return browser.store;
			},
			crypto: webcrypto as unknown as Crypto,
			locks: browser.locks as unknown as Surroundings["locks"],
			BroadcastChannel: class extends BroadcastChannel {
				constructor(name: string) {
					super(`${browser.name} ${name}`);
					browser.channels.push(this);
				}
				override postMessage(message: unknown): void {
					if (!browser.frozen.has(this)) super.postMessage(message);
				}
			},
			now: () => Date.now() + browser.world.offset + browser.skew,
			ticks: () => performance.now(),
			random: () => Math.random(),
			later(work, ms) {
				const timer = setTimeout(work, ms);
				return () => clearTimeout(timer);
			},
			listen(heard) {
				browser.signals.add(heard);
				return () => browser.signals.delete(heard);
			},
			storage: {
				persist: async () => true,
				room: async () => browser.room,
				fleeting: async () => null,
			},
			keepsakes: {
				read: () => [browser.keepsake],
				write: (text) => {
					browser.keepsake = text;
				},
			},
			argon2id: (secret, salt) => stretched(secret, salt),
			watch(heard) {
				browser.presences.add(heard);
				return () => browser.presences.delete(heard);
			},
			keeper: () => null,
			name: "Планшет",
		};
	}

	private cookies(): string {
		return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
	}

	private async fetch(address: string, init: RequestInit): Promise<Response> {
		if (!this.radio) throw new TypeError("no network");
		const headers = new Headers(init.headers);
		headers.set("cookie", this.cookies());
		headers.set("origin", new URL(address).origin);
		const response = await fetch(address, { ...init, headers });
		for (const line of response.headers.getSetCookie()) {
			const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
			if (/max-age=0/i.test(line) || !value || value === '""') this.jar.delete(name);
			else this.jar.set(name, value);
		}
		return response;
	}
}

/** Web Locks in one process: exclusive, in order of asking; `steal` takes a lock away. */
class Locks {
	private readonly held = new Map<string, (error: Error) => void>();
	private readonly queues = new Map<string, (() => void)[]>();

	waitingFor(name: string): number {
		return this.queues.get(name)?.length ?? 0;
	}

	async request(name: string, options: LockOptions, hold: () => Promise<void>): Promise<void> {
		if (options.steal) this.held.get(name)?.(new DOMException("stolen", "AbortError"));
		else {
			while (this.held.has(name)) {
				await new Promise<void>((turn) => {
					this.queues.set(name, [...(this.queues.get(name) ?? []), turn]);
				});
			}
		}
		let fail: (error: Error) => void = () => undefined;
		const stolen = new Promise<never>((_, reject) => {
			fail = reject;
		});
		this.held.set(name, fail);
		try {
			await Promise.race([hold(), stolen]);
		} finally {
			if (this.held.get(name) === fail) {
				this.held.delete(name);
				this.queues.get(name)?.shift()?.();
			}
		}
	}
}

/** Waits until it holds, looking at every change of the engine; fails after a while, saying what the status was. */
export async function until(engine: Engine, holds: (status: Status) => boolean, ms = 15_000): Promise<void> {
	if (holds(engine.status())) return;
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => {
			stop();
			reject(new Error(`never came true: ${holds} ${JSON.stringify(engine.status())}`));
		}, ms);
		const stop = engine.subscribe(() => {
			if (!holds(engine.status())) return;
			clearTimeout(timer);
			stop();
			resolve();
		});
	});
}
