/**
 * Reading: rows that lie in the store come into memory when they are wanted, some at a time: each time it is told, a
 * screen looks again through all that it shows.
 *
 * Holds always: what was wanted last comes first, as a screen waits for it.
 */

import type { Holding } from "./holding";

const AT_ONCE = 16; // scopes

export class Reading {
	private readonly held: Holding;
	private readonly told: (names: readonly string[]) => void;
	private readonly wanted = new Set<string>();
	private running: Promise<void> | null = null;

	/** `told`: these are in memory now. */
	constructor(held: Holding, told: (names: readonly string[]) => void) {
		this.held = held;
		this.told = told;
	}

	/** Settles when nothing is wanted any more. */
	want(names: readonly string[]): Promise<void> {
		for (const name of names) {
			this.wanted.delete(name);
			this.wanted.add(name);
		}
		this.running ??= this.run().finally(() => {
			this.running = null;
		});
		return this.running;
	}

	private async run(): Promise<void> {
		await null; // what is wanted in one go is read in one go
		while (this.wanted.size) {
			const names = [...this.wanted].slice(-AT_ONCE);
			for (const name of names) this.wanted.delete(name);
			const unread = names.filter((name) => !this.held.scope(name));
			const rows = await Promise.all(unread.map((name) => this.held.load(name).catch(() => null))); // the store may close
			this.told(unread.filter((_, i) => rows[i]));
		}
	}
}
