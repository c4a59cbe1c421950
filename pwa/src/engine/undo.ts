/**
 * Undo: what was written in this session, step by step, so that it can be written back. An undo is a new entry inside
 * the rules, not a way around them: what was sent stays in the history.
 *
 * Holds always:
 * 1. Only a cell that still shows what the step wrote is written back: what somebody else has put there since stays.
 * 2. A step that could not be written to the disk stays where it was.
 * 3. A reload forgets nothing: the steps of the session are read back from the outbox, undone ones left out.
 * Not here: how a step is turned (`turning`), what the rules say of it (`engine`).
 */

import type { KindName } from "../generated/model";
import type { Entry } from "./types";

export type Cells = Readonly<Record<string, unknown>>;

/** The entries as written, and what the cells of each showed before. */
export interface Step {
	readonly done: readonly Entry[];
	readonly before: readonly Cells[];
}

/** What turning a step back or on comes to. `moved`: cells that show neither what was written nor what stood. */
export interface Turn {
	readonly entries: readonly Entry[];
	readonly moved: number;
}

const DEPTH = 500;

export class Undo {
	private readonly past: Step[] = [];
	private readonly future: Step[] = [];
	private turning: Promise<unknown> = Promise.resolve();
	private waiting = 0;
	private recalled: Promise<void> = Promise.resolve();

	get canUndo(): boolean {
		return this.past.length > 0;
	}

	get canRedo(): boolean {
		return this.future.length > 0;
	}

	/** A step was written: after what was asked to be turned before it. */
	remember(done: readonly Entry[], before: readonly Cells[]): void {
		const add = (): void => {
			this.past.push({ done, before });
			if (this.past.length > DEPTH) this.past.shift();
			this.future.length = 0;
		};
		if (this.waiting === 0) add();
		else void this.inTurn(async () => add());
	}

	/** Steps from before this page was loaded, oldest first: read while the person works on already. */
	recall(steps: Promise<readonly Step[]>): Promise<void> {
		const recalled = steps.then((found) => void this.past.unshift(...found.slice(-DEPTH)));
		this.recalled = recalled.catch(() => undefined);
		return recalled;
	}

	/**
	 * Turns the last step back with `write`, which answers whether it may ever be turned again. Steps that come to
	 * nothing (refused, or undone by hand) are passed over. False: there is none.
	 */
	back(stands: Stands, write: Write): Promise<boolean> {
		return this.inTurn(async () => {
			if (this.past.length === 0) await this.recalled; // nobody is told yet that there is nothing to undo
			return (await import("./turning")).back(this.past, this.future, stands, write);
		});
	}

	again(stands: Stands, write: Write): Promise<boolean> {
		return this.inTurn(async () => (await import("./turning")).again(this.past, this.future, stands, write));
	}

	/** Two quick presses: the second sees what the first has written. */
	private inTurn<T>(turn: () => Promise<T>): Promise<T> {
		this.waiting += 1;
		const done = this.turning.then(turn).finally(() => {
			this.waiting -= 1;
		});
		this.turning = done.catch(() => undefined);
		return done;
	}
}

/** What a record shows now; null cells where there is none. */
export type Stands = (kind: KindName, key: string) => Cells;

export type Write = (turn: Turn, step: Step) => Promise<boolean>;
