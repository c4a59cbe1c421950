/**
 * Copying, pasting, filling and erasing blocks of the grid. What can't go in is shown before anything is written, with
 * the reason cell by cell; the rest is one undo step.
 */

import type { Entry } from "../../engine/types";
import { useEngine } from "../context";
import { say } from "../parts/toasts";
import { entering as words } from "../phrases/entering";
import { shell } from "../phrases/shell";
import { useReasonWords } from "../reading/grounds";
import { type Bulk, type Found, type Wish, weigh, wishesOf } from "./bulk";
import { clearing, marksOf, presenceOf, read, type Standing, type Typed } from "./cell";
import { rowsOf, textOfRows } from "./clipboard";
import type { Entering } from "./entering";
import type { JournalModel } from "./model";
import type { At, Block, Target, Where } from "./where";

/** The larger of these is no block of a journal but a whole workbook pasted by mistake. */
const MOST_ROWS = 200;

/**
 * What a hand at the keys may type for a mark, and what in another's table is something else: «5-» and «5.» are shades of
 * a five, «4,5» is a mean, «45» are points. A stroke or a dash alone is nothing.
 */
const UNLIKE = /[-,]|\d\s*\.|\.\s*\d|(^|[^оoj\s\d])\s*\d\d|^\/|\/\s*(\/|$)/i;

export type Deed = "paste" | "fill" | "erase";

/** What is about to be written, waiting for the person's word because not all of it can go in. */
export interface Asked {
	readonly deed: Deed;
	readonly bulk: Bulk;
}

/** The block is told each time: one may have moved on while the code came. */
export interface Many {
	/** Writes what can go in. */
	write(asked: Asked): Promise<void>;
	/** Onto the clipboard: of the event while it goes on, of the system when this code came after it. */
	copy(area: Block, event: ClipboardEvent): void;
	paste(area: Block, text: string): void;
	/** The block's first row over the rest of it; of one cell, what stands above it. */
	fillDown(area: Block): void;
	/** The same text into every cell of the block. */
	fillAll(area: Block, text: string): void;
	erase(area: Block): void;
	/** One text into these cells. */
	put(wishes: readonly Wish[], deed: Deed): void;
}

export interface Cells {
	readonly model: JournalModel;
	readonly where: Where;
	readonly entering: Entering;
	undo(): void;
	/** Not all of it can go in: the person is asked first. */
	ask(asked: Asked): void;
	/** What a cell says, as text. */
	textAt(at: At): string;
	/** Entries that make a cell say what was read. */
	entriesAt(target: Target, typed: Typed, whole: boolean): Entry[];
}

export function createMany({ model, where, entering, undo, ask, textAt, entriesAt }: Cells): Many {
	const engine = useEngine();
	const why = useReasonWords();

	const find = ({ at, text }: Wish, deed: Deed): Found => {
		const none = { entries: [], replaces: false };
		const target = where.targetAt(at);
		if (target === null || target.kind === "head") return { ...none, trouble: words().bulk.outside };
		if (target.kind === "mean") return { ...none, trouble: text === null ? "" : words().bulk.mean };
		const stood = textAt(at) !== "";
		if (text === null) {
			const lesson = target.kind === "lesson";
			const entries = lesson ? clearing(target.place, model.standing(target.place)) : entriesAt(target, {}, true);
			return { entries, replaces: stood, trouble: "" };
		}
		const typed = deed === "paste" && UNLIKE.test(text) ? null : read(text);
		const tooMuch = target.kind === "term" && ((typed?.marks?.length ?? 0) > 1 || typed?.presence !== undefined);
		if (typed === null || tooMuch) return { ...none, trouble: words().bulk.unread };
		const entries = entriesAt(target, typed, false);
		// A mark beside «н» replaces nothing: only what it is written over is gone.
		const over = target.kind === "term" ? stood : isOver(typed, model.standing(target.place));
		return { entries, replaces: over, trouble: "" };
	};

	const isOver = ({ marks, presence }: Typed, standing: Standing): boolean =>
		(marks !== undefined && marksOf(standing).length > 0) || (presence !== undefined && presenceOf(standing) !== null);

	const write = async ({ deed, bulk }: Asked): Promise<void> => {
		if (!(await entering.enter(bulk.entries))) return;
		const text = [
			words().bulk.done[deed](bulk.changes),
			bulk.replaced > 0 && deed !== "erase" && words().bulk.wasReplaced(bulk.replaced),
		];
		const action = { label: shell().words.undo, run: undo };
		say(text.filter(Boolean).join(", "), { action });
		if (deed === "erase") return;
		for (const { key } of bulk.entries) {
			const [journal = "", date = "", number = "", pupil = ""] = key.split("/");
			const name = model.roster().find((line) => line.pupil === pupil)?.name ?? "";
			entering.warnOfBoth(name, model.standing({ journal, date, number: Number(number), pupil }));
		}
	};

	const put = (wishes: readonly Wish[], deed: Deed): void => {
		const bulk = weigh(
			wishes,
			(wish) => find(wish, deed),
			(entry) => engine.check(entry),
			(decision) => why.now(decision.reason, decision.detail),
		);
		const [first] = bulk.refused;
		if (first && wishes.length === 1) say(first.why, { tone: "red" });
		else if (first) ask({ deed, bulk });
		else if (wishes.length === 1) void entering.enter(bulk.entries);
		else if (bulk.changes > 0) void write({ deed, bulk });
		else if (deed === "paste") say(words().bulk.nothing);
	};
	const eachOf = ({ top, left, bottom, right }: Block, wish: (at: At) => string | null): Wish[] => {
		const wishes: Wish[] = [];
		for (let row = Math.max(0, top); row <= bottom; row += 1)
			for (let col = left; col <= right; col += 1) wishes.push({ at: { row, col }, text: wish({ row, col }) });
		return wishes;
	};

	const late = async (text: string): Promise<void> => navigator.clipboard.writeText(text);

	return {
		write,
		copy: ({ top, left, bottom, right }, event) => {
			const rows: string[][] = [];
			for (let row = Math.max(0, top); row <= bottom; row += 1) {
				const texts: string[] = [];
				for (let col = left; col <= right; col += 1) texts.push(textAt({ row, col }));
				rows.push(texts);
			}
			const text = textOfRows(rows);
			if (event.eventPhase !== Event.NONE) event.clipboardData?.setData("text/plain", text);
			else void late(text).catch(() => say(shell().words.notDone, { tone: "red" }));
		},
		paste: (area, text) => {
			const rows = rowsOf(text);
			if (area.top < 0 || rows.length === 0) return;
			if (rows.length > MOST_ROWS) say(words().bulk.tooLarge, { tone: "red" });
			else put(wishesOf(rows, area), "paste");
		},
		fillDown: (area) => {
			const { top, bottom } = area;
			const from = top === bottom ? top - 1 : top;
			if (from < 0) return;
			put(
				eachOf(area, ({ row, col }) => (row === from ? "" : textAt({ row: from, col }))),
				"fill",
			);
		},
		fillAll: (area, text) =>
			put(
				eachOf(area, () => text),
				"fill",
			),
		erase: (area) =>
			put(
				eachOf(area, () => null),
				"erase",
			),
		put,
	};
}
