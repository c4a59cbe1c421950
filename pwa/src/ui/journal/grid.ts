/**
 * The grid's state: the sheet it shows, where the person is, and what is being typed or pressed there.
 *
 * What is typed names facets of a cell (see `cell`); it is written when the editor is left. A key of the strip is
 * written at once, and the next pupil opens by itself.
 */

import { type Accessor, createMemo, createSignal, untrack } from "solid-js";
import type { Decision, Entry, Seen } from "../../engine/types";
import { shown } from "../../rules/marks";
import { afterwards } from "../afterwards";
import { useEngine, useLive } from "../context";
import { say } from "../parts/toasts";
import { localDecimal } from "../phrases/format";
import { journal as words } from "../phrases/journal";
import { shell } from "../phrases/shell";
import { enrolledOn } from "../reading/roster";
import { keepTyping } from "../typing";
import { track, writesEnded } from "../writing";
import { attendanceKey, clearing, entriesOf, markKey, marksOf, read, setMark, type Typed, textOf } from "./cell";
import { useEntering } from "./entering";
import type { Asked, Many } from "./many";
import type { JournalModel } from "./model";
import { createSheet, type Opening, termMarkKey } from "./sheet";
import { createStandings } from "./standings";
import { type At, type Block, createWhere, placeOf, type Target } from "./where";

interface Editing {
	readonly text: string;
	/** "typed": it replaces what it names, arrows commit. "whole": the cell's text is edited, arrows move in it. */
	readonly mode: "typed" | "whole";
	readonly seen: Seen;
}

/** ms that the next cell waits for the disk. */
const PATIENCE = 100;

export type Grid = ReturnType<typeof createGrid>;

export function createGrid(model: JournalModel, opening: Accessor<Opening>) {
	const engine = useEngine();
	const live = useLive();
	const entering = useEntering(() => barred()?.reason ?? "");
	const [editing, setEditing] = createSignal<Editing | null>(null);
	const [second, setSecond] = createSignal(false);
	const [commenting, setCommenting] = createSignal(false);
	const [filling, setFilling] = createSignal(false);
	/** What was typed and not taken; empty: it was. */
	const [unread, setUnread] = createSignal("");
	const sheet = createSheet(model, opening);
	const where = createWhere(sheet, () => {
		sayUnread(unread());
		setSecond(false);
		setEditing(null);
		setUnread("");
	});
	const { at, goTo, move, target } = where;
	let lastPressed: At | null = null;

	/** A cell that is left keeps nothing of it, and its strip is gone too: the message outlives both, and says whose it was. */
	const sayUnread = (text: string): void => {
		const now = text === "" ? null : target();
		if (now?.kind === "lesson" || now?.kind === "term") say(`${now.line.name}: ${words().unread(text)}`);
	};

	const textAt = (now: Target): string => {
		if (now.kind === "lesson") return textOf(model.standing(now.place));
		return now.kind === "term" ? sheet.termValue(now.line.pupil, now.term) : "";
	};
	const begin = (text: string, mode: Editing["mode"]): void => {
		const now = target();
		if (now?.kind !== "lesson" && now?.kind !== "term") return;
		const seen = engine.seenOf(`journal:${model.journal()}`);
		setUnread("");
		setEditing({ text: mode === "whole" ? textAt(now) : text, mode, seen });
	};

	/** Entries that make a cell say it; none where it does already. */
	const entriesAt = (now: Target, typed: Typed, whole: boolean): Entry[] => {
		if (now.kind === "lesson") return entriesOf(now.place, model.standing(now.place), typed, whole);
		const value = typed.marks?.[0] ?? null;
		if (now.kind !== "term" || (value === null && !whole)) return [];
		if (value === (sheet.termValue(now.line.pupil, now.term) || null)) return [];
		return [{ kind: "term_mark", key: termMarkKey(model.journal(), now.term, now.line.pupil), set: { value } }];
	};
	/** Writes what the text says into the cell. False: nothing was written. */
	const put = async (now: Target, typed: Typed, whole: boolean, seen?: Seen): Promise<boolean> => {
		const done = await entering.enter(entriesAt(now, typed, whole), seen);
		if (done && now.kind === "lesson") entering.warnOfBoth(now.line.name, model.standing(now.place));
		return done;
	};
	const [asked, setAsked] = createSignal<Asked | null>(null);
	let blocks: Many | null = null;
	const toBlocks = afterwards(
		() => import("./many"),
		({ createMany }) => {
			blocks = createMany({
				model,
				where,
				entering,
				undo: () => void turn("undo"),
				ask: setAsked,
				entriesAt,
				textAt: (place) => {
					const found = where.targetAt(place);
					if (found?.kind !== "mean") return found === null ? "" : textAt(found);
					const mean = sheet.means().get(found.line.pupil)?.mean;
					return mean ? localDecimal(shown(mean)) : "";
				},
			});
			return blocks;
		},
	);
	/** Which lessons and pupils the numbers of a block mean. */
	const meant = (): string => [...sheet.columns().map((l) => l.key), ...sheet.rows().map((l) => l.pupil)].join();
	/**
	 * Does it to the block one is in now, at once when the code for blocks is here: it comes with the strip. Not at all,
	 * and with a word, when that can't be had or other cells bear these numbers by then.
	 */
	const many = (deed: (many: Many, area: Block) => void): void => {
		const area = where.area();
		const then = meant();
		const lost = (): unknown => say(shell().words.notDone, { tone: "red" });
		if (blocks !== null) deed(blocks, area);
		else void track(toBlocks().then((found) => (meant() === then ? deed(found, area) : lost()), lost));
	};

	/** What the editor says of its cell. Null: it can't be read. `named`: it says anything at all. */
	const readAt = (now: Editing): { cell: Target; typed: Typed; whole: boolean; named: boolean } | null => {
		const cell = target();
		const typed = read(now.text);
		const tooMuch = cell?.kind === "term" && ((typed?.marks?.length ?? 0) > 1 || typed?.presence !== undefined);
		if (cell === null || typed === null || tooMuch) return null;
		const whole = now.mode === "whole";
		return { cell, typed, whole, named: whole || typed.marks !== undefined || typed.presence !== undefined };
	};
	keepTyping(
		() => editing()?.text ?? null,
		() => {
			const now = editing();
			const said = now && readAt(now);
			return { entries: said?.named ? entriesAt(said.cell, said.typed, said.whole) : [], seen: now?.seen };
		},
	);

	/** Begins to write what the editor says. Null: it can't be read; the editor stays open, or goes with `drop`. */
	const save = (now: Editing, drop: boolean): Promise<unknown> | null => {
		const said = readAt(now);
		if (said === null) {
			if (drop) {
				sayUnread(now.text);
				setEditing(null);
			} else setUnread(now.text);
			return null;
		}
		return said.named ? put(said.cell, said.typed, said.whole, now.seen) : Promise.resolve();
	};

	/** What is left to do for a cell whose text is on its way to the disk. */
	let leaving: (() => void) | null = null;
	const moveOn = (): void => {
		const go = leaving;
		leaving = null;
		if (go === null) return;
		setEditing(null);
		go();
	};

	/** Ends the editing and writes. */
	const commit = (drop = false): void => {
		const now = editing();
		const written = leaving !== null;
		leaving = null;
		if (now !== null && (written || save(now, drop) !== null)) setEditing(null);
	};

	/**
	 * Ends the editing with a key that leads to another cell. The write goes first: the browser lets the disk's answer
	 * wait for the frame that a move asks for, so tick and move come in one, unless the disk is slow.
	 */
	const leave = (go: () => void): void => {
		const now = editing();
		const saved = now && save(now, false);
		if (saved === null) return;
		leaving = go;
		const mine = () => leaving === go && moveOn();
		setTimeout(mine, PATIENCE);
		void saved.finally(mine);
	};

	/** A key of the strip: written at once, then down to the next pupil. */
	const press = async (key: string): Promise<void> => {
		moveOn();
		commit(true);
		setUnread("");
		const now = target();
		const typed = read(key);
		if (typed === null || (now?.kind !== "lesson" && now?.kind !== "term")) return;
		const here = at();
		const mark = typed.marks?.[0];
		if (second() && now.kind === "lesson" && mark !== undefined) {
			setSecond(false);
			const { second: standing } = model.standing(now.place);
			if (!(await entering.enter(setMark(now.place, 2, standing, mark)))) return;
		} else if (!(await put(now, typed, false))) return;
		lastPressed = here;
		if (at() === here) move(1, 0);
	};

	/** Does a mark stand in the cell one is in? */
	const marksStand = (): boolean => {
		const now = target();
		return now?.kind === "lesson" && marksOf(model.standing(now.place)).length > 0;
	};

	/** A step back or on, and to the first cell of it: what is typed next belongs there. */
	const turn = async (way: "undo" | "redo"): Promise<void> => {
		moveOn();
		if (editing() !== null) {
			commit(true);
			await writesEnded();
		}
		const step = await entering[way]();
		let first = where.firstOf(step);
		if (first === null) {
			// It happened in a month that is not open.
			const [journal, day] = step[0]?.key.split("/") ?? [];
			const open = sheet.columns().some(({ date }) => date === day);
			if (journal === model.journal() && !open) sheet.openDay(day ?? "");
			first = where.firstOf(step);
		}
		if (first === null) return;
		lastPressed = null;
		goTo(first);
	};

	/** A second mark belongs to the mark just given, though the cell below is open already. */
	const toMarked = (): void => {
		moveOn();
		commit(true);
		if (marksStand() || lastPressed === null) return;
		if (lastPressed.col === at().col && lastPressed.row === at().row - 1) goTo(lastPressed);
	};

	/** Whose mark a comment would go to, when it is not the pupil in whose cell one is: the one just pressed for. */
	const commentTo = (): string | undefined => {
		const { row, col } = at();
		if (marksStand() || lastPressed?.col !== col || lastPressed.row !== row - 1) return undefined;
		const above = where.targetAt(lastPressed);
		const given = above?.kind === "lesson" && marksOf(model.standing(above.place)).length > 0;
		return given ? above.line.name : undefined;
	};

	/** What the rules say of a lesson's column, for a pupil enrolled that day: one question for all of its cells. */
	const verdicts = createMemo((): ReadonlyMap<string, Decision> => {
		live.watch("school");
		live.today();
		const found = new Map<string, Decision>();
		for (const lesson of where.shown()) {
			const line = sheet.rows().find((l) => enrolledOn(l, lesson.date));
			if (line === undefined) continue;
			const key = attendanceKey(placeOf(lesson, line));
			const entry = { kind: "attendance", key, set: { presence: "absent" } } as const;
			found.set(
				lesson.key,
				untrack(() => engine.check(entry)),
			);
		}
		return found;
	});

	/** What the rules say of writing where one stands; null when it would simply be accepted. */
	const barred = createMemo((): Decision | null => {
		const now = target();
		live.now();
		live.watch("school");
		let found: Decision | null = null;
		if (now?.kind === "lesson") {
			model.standing(now.place);
			found = engine.check({ kind: "attendance", key: attendanceKey(now.place), set: { presence: "absent" } });
			if (found.verdict === "accepted" && sheet.marked())
				found = engine.check({ kind: "mark", key: markKey(now.place, 1), set: { value: "5" } });
		} else if (now?.kind === "term") {
			const key = termMarkKey(model.journal(), now.term, now.line.pupil);
			found = engine.check({ kind: "term_mark", key, set: { value: "5" } });
		}
		return found?.verdict === "held" || found?.verdict === "refused" ? found : null;
	});

	return {
		...sheet,
		...where,
		verdicts,
		barred,
		entering,
		many,
		/** Fetches the code for blocks. */
		blocks: toBlocks,
		/** What of a block can't go in, until the person has said what to do. */
		asked,
		setAsked,
		standings: createStandings(model),
		editing,
		begin,
		setText: (text: string): void => {
			setUnread("");
			setEditing((now) => (now === null ? null : { ...now, text }));
		},
		/** Why what was typed was not taken; empty: it was. Stands in the strip until the next key. */
		note: (): string => unread() && words().unread(unread()),
		/** A key that means nothing in a cell. */
		refuse: (character: string): void => {
			const now = target();
			if (now?.kind === "lesson" || now?.kind === "term") setUnread(character);
		},
		commit,
		leave,
		moveOn,
		/** Ends the editing with its text in every cell of the block. */
		commitToAll: (): void => {
			const text = editing()?.text ?? "";
			setEditing(null);
			many((all, area) => all.fillAll(area, text));
			where.show(true);
		},
		cancel: (): void => {
			setEditing(null);
			setUnread("");
			where.show(true);
		},
		press,
		undo: () => turn("undo"),
		redo: () => turn("redo"),
		second,
		/** "/": the next key gives the second mark. */
		pressSecond: (): void => {
			toMarked();
			setSecond(true);
		},
		comment: (): void => {
			moveOn();
			commit(true);
			if (commentTo() !== undefined) toMarked();
			if (marksStand()) setCommenting(true);
		},
		commentTo,
		marksStand,
		commenting,
		setCommenting,
		/** The column's "everyone but …" is open. */
		filling,
		setFilling,
		erase: (): void => {
			moveOn();
			setEditing(null);
			setUnread("");
			const now = target();
			if (where.block() !== null) many((all, area) => all.erase(area));
			else if (now?.kind === "lesson") void entering.enter(clearing(now.place, model.standing(now.place)));
			else if (now !== null) void entering.enter(entriesAt(now, {}, true));
		},
	};
}
