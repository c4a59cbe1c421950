/**
 * Live: the channel over which the server pokes. Lossy by design: a poke only says that a sync is worth it.
 *
 * Holds always: what a poke says of the backup counts only after a sync on the same connection has shown that the
 * server is still the one we know (a restored one counts anew).
 */

import type { Poke } from "../generated/messages";
import { type Pass, queryOf } from "./pass";
import type { Surroundings } from "./surroundings";
import { isRecord } from "./wire";

const LEAST = 2_000;
const MOST = 120_000;
/** Close code: the session has ended or is revoked; a sync tells which. */
const OVER = 4401;

export class Live {
	open = false;
	/** A sync has succeeded since the connection opened. */
	proven = false;
	private readonly around: Surroundings;
	private readonly address: string;
	private readonly pass: () => Pass | null;
	private readonly heard: (poke: Poke) => void;
	private readonly changed: (over: boolean) => void;
	private socket: WebSocket | null = null;
	private failures = 0;
	private cancel: (() => void) | null = null;
	private wanted = false;

	/** `pass`: as it stands when a connection is made. */
	constructor(
		around: Surroundings,
		school: string,
		pass: () => Pass | null,
		heard: (poke: Poke) => void,
		changed: (over: boolean) => void,
	) {
		this.around = around;
		this.pass = pass;
		this.heard = heard;
		this.changed = changed;
		const base = around.base || globalThis.location?.origin || "";
		this.address = `${base.replace(/^http/, "ws")}/api/${school}/live`;
	}

	/** A sync has succeeded: the server is there. */
	start(): void {
		this.wanted = true;
		this.failures = 0;
		if (!this.socket && !this.cancel) this.connect();
	}

	stop(): void {
		this.wanted = false;
		this.cancel?.();
		this.cancel = null;
		this.socket?.close();
		this.gone(this.socket);
	}

	/**
	 * Nobody answers a sync: a connection may lie open for long after the network has gone, without a word. It is made
	 * anew, later each time until a sync succeeds: it may be this way alone that is open.
	 */
	doubt(): void {
		if (!this.open) return;
		this.socket?.close();
		this.gone(this.socket);
		this.again();
	}

	private connect(): void {
		this.cancel = null;
		const { WebSocket } = this.around;
		if (!this.wanted || !WebSocket) return;
		const pass = this.pass();
		let socket: WebSocket;
		try {
			socket = new WebSocket(`${this.address}${pass ? queryOf(pass) : ""}`);
		} catch {
			this.again();
			return;
		}
		this.socket = socket;
		socket.onopen = () => {
			this.open = true;
			this.changed(false);
		};
		socket.onmessage = (event) => {
			const poke = read(event.data);
			if (poke && this.socket === socket) this.heard(poke);
		};
		socket.onclose = ({ code }) => {
			if (this.socket !== socket) return;
			this.gone(socket, code === OVER);
			this.again();
		};
	}

	private gone(socket: WebSocket | null, over = false): void {
		if (!socket || this.socket !== socket) return;
		this.socket = null;
		const was = this.open;
		this.open = false;
		this.proven = false;
		if (was) this.changed(over);
	}

	private again(): void {
		if (!this.wanted || this.cancel) return;
		const reach = Math.min(MOST, LEAST * 2 ** Math.min(this.failures++, 20));
		this.cancel = this.around.later(() => this.connect(), LEAST / 4 + this.around.random() * reach);
	}
}

function read(data: unknown): Poke | null {
	try {
		const poke: unknown = JSON.parse(String(data));
		const lawful = isRecord(poke) && isRecord(poke.scopes) && Number.isSafeInteger(poke.durable_seq);
		return lawful ? (poke as unknown as Poke) : null;
	} catch {
		return null;
	}
}
