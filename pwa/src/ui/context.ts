/**
 * The engine for the screens: signals that follow it.
 *
 * A screen reads records with `useRows`/`useRow`, lessons with `useLessons`, and the status line with `useStatus`;
 * each follows only the kinds of record it reads. It writes with `useWrite`, which says so when the tablet's disk
 * refused.
 */

import {
	type Accessor,
	batch,
	createComputed,
	createContext,
	createMemo,
	createSignal,
	getListener,
	type JSX,
	onCleanup,
	untrack,
	useContext,
} from "solid-js";
import { createComponent } from "solid-js/web";
import type {
	Engine,
	Entry,
	LessonPlace,
	Locked,
	Pending,
	Protection,
	Seen,
	Session,
	Status,
	View,
} from "../engine/types";
import { EngineError } from "../engine/types";
import type { KindName } from "../generated/model";
import { leaveOnScreen, overtaken } from "./unkept";
import { track } from "./writing";

type Rows<K extends KindName = KindName> = ReadonlyMap<string, View<K>>;

/** A kind of record in a scope, for as long as somebody reads it. */
interface Sheet {
	readonly read: Accessor<Rows>;
	readonly write: (rows: Rows) => void;
	readers: number;
}

/** The engine and what follows it. */
export interface Live {
	readonly engine: Engine;
	readonly session: Accessor<Session | null>;
	readonly status: Accessor<Status>;
	/** The lock's screen; null while somebody is at work, and on a tablet that nobody used. */
	readonly locked: Accessor<Locked | null>;
	/** How the case of the person at work is protected. */
	readonly protection: Accessor<Protection | null>;
	/** Reading it makes the reader follow a scope. */
	watch(scope: string): void;
	/** Records of a kind in a scope; the reader follows these and no others. */
	rows<K extends KindName>(kind: K, scope: string): Rows<K>;
	/** Reading it makes the reader follow the outbox, matters and conflicts. */
	watchOutbox(): void;
	/** The server's time, a new value every half minute. */
	readonly now: Accessor<number>;
	readonly today: Accessor<string>;
}

const TICK = 30_000; // ms

const Context = createContext<Live>();

/** Builds the signals over an engine. Must be called under an owner: it stops with it. */
export function createLive(engine: Engine): Live {
	const versions = new Map<string, [Accessor<number>, (next: (n: number) => number) => void]>();
	const version = (scope: string): [Accessor<number>, (next: (n: number) => number) => void] => {
		const known = versions.get(scope);
		if (known !== undefined) return known;
		const [read, write] = createSignal(0);
		const made: [Accessor<number>, (next: (n: number) => number) => void] = [read, (next) => write(next)];
		versions.set(scope, made);
		return made;
	};
	const sheets = new Map<string, Map<KindName, Sheet>>();
	const rows = (kind: KindName, scope: string): Rows => {
		if (getListener() === null) return engine.rows(kind, scope);
		const known = sheets.get(scope) ?? new Map<KindName, Sheet>();
		sheets.set(scope, known);
		let sheet = known.get(kind);
		if (sheet === undefined) {
			const [read, write] = createSignal(untrack(() => engine.rows(kind, scope)));
			sheet = { read, write: (found) => write(() => found), readers: 0 };
			known.set(kind, sheet);
		}
		const mine = sheet;
		mine.readers += 1;
		onCleanup(() => {
			mine.readers -= 1;
			if (mine.readers === 0) known.delete(kind);
		});
		return mine.read();
	};
	/** Of the scope's kinds, those that did not change keep their face: nobody hears of them. */
	const renew = (scope: string): void => {
		for (const [kind, sheet] of sheets.get(scope) ?? []) sheet.write(engine.rows(kind, scope));
	};
	const [session, setSession] = createSignal(engine.session);
	const [locked, setLocked] = createSignal(engine.locked);
	const [protection, setProtection] = createSignal(engine.protection);
	const [status, setStatus] = createSignal(engine.status());
	const [outbox, setOutbox] = createSignal(0);
	const [now, setNow] = createSignal(engine.now());
	const [today, setToday] = createSignal(engine.today());
	const tick = (): void => {
		setNow(engine.now());
		setToday(engine.today());
	};
	const timer = setInterval(tick, TICK);
	const stop = engine.subscribe((change) =>
		batch(() => {
			for (const scope of change.scopes) {
				version(scope)[1]((n) => n + 1);
				renew(scope);
			}
			if (change.session) {
				setSession(engine.session);
				setLocked(engine.locked);
				setProtection(engine.protection);
				for (const [, bump] of versions.values()) bump((n) => n + 1);
				for (const scope of sheets.keys()) renew(scope);
			}
			if (change.status || change.session) setStatus(engine.status());
			setOutbox((n) => n + 1);
			// The tablet slept, or learnt that its clock is wrong. Else the moment waits: much hangs on it.
			if (Math.abs(engine.now() - untrack(now)) >= TICK) tick();
			else setToday(engine.today());
		}),
	);
	onCleanup(() => {
		clearInterval(timer);
		stop();
	});
	return {
		engine,
		session,
		locked,
		protection,
		status,
		watch: (scope) => {
			version(scope)[0]();
		},
		rows: <K extends KindName>(kind: K, scope: string) => rows(kind, scope) as Rows<K>,
		watchOutbox: () => {
			outbox();
		},
		now,
		today,
	};
}

export function LiveProvider(props: { live: Live; children: JSX.Element }): JSX.Element {
	return createComponent(Context.Provider, {
		value: props.live,
		get children() {
			return props.children;
		},
	});
}

export function useLive(): Live {
	const live = useContext(Context);
	if (live === undefined) throw new Error("a screen outside LiveProvider");
	return live;
}

export function useEngine(): Engine {
	return useLive().engine;
}

/** The person signed in. Screens exist only while there is one. */
export function useSession(): Accessor<Session> {
	const { session } = useLive();
	let last = session();
	return () => {
		last = session() ?? last;
		if (last === null) throw new Error("a screen without a session");
		return last;
	};
}

export function useStatus(): Accessor<Status> {
	return useLive().status;
}

/** Today's date at the school. */
export function useToday(): Accessor<string> {
	return useLive().today;
}

type Ask<T> = T | Accessor<T>;

function asked<T extends string>(ask: Ask<T>): T {
	return typeof ask === "function" ? ask() : ask;
}

/** Records of a kind in a scope, by key. The scope may be an accessor; an empty scope has no rows. */
export function useRows<K extends KindName>(kind: K, scope: Ask<string>): Accessor<Rows<K>> {
	const live = useLive();
	const none: Rows<K> = new Map();
	return createMemo(() => {
		const name = asked(scope);
		return name === "" ? none : live.rows(kind, name);
	});
}

/** One record by its key. */
export function useRow<K extends KindName>(kind: K, key: Ask<string>): Accessor<View<K> | null> {
	const live = useLive();
	return createMemo(() => {
		const name = asked(key);
		return name === "" ? null : (live.rows(kind, live.engine.scopeOf(kind, name)).get(name) ?? null);
	});
}

/**
 * A memo for what many hang on and what seldom changes. Whatever follows a memo, near or far, is looked through each time
 * the memo runs, seven hundred cells below it, too; this wakes them only with a new value.
 */
export function createSteady<T>(read: () => T): Accessor<T> {
	const [value, setValue] = createSignal<T>();
	createComputed(() => setValue(() => read()));
	return value as Accessor<T>;
}

/** Lessons of the journals with from <= date < until, each journal's in order. */
export function useLessons(
	journals: Accessor<readonly string[]>,
	from: Accessor<string>,
	until: Accessor<string>,
): Accessor<readonly LessonPlace[]> {
	const live = useLive();
	return createMemo((before: readonly LessonPlace[]) => {
		for (const kind of ["break", "term", "bell"] as const) live.rows(kind, "school");
		const found: LessonPlace[] = [];
		for (const journal of journals()) {
			for (const kind of ["slot", "lesson"] as const) live.rows(kind, `journal:${journal}`);
			found.push(...live.engine.lessons(journal, from(), until()));
		}
		return steady(before, found);
	}, []);
}

/** The same lessons as the same objects: a list on screen must not be made anew because a mark was written. */
function steady(before: readonly LessonPlace[], now: readonly LessonPlace[]): readonly LessonPlace[] {
	const known = new Map(before.map((lesson) => [lesson.key, lesson]));
	const kept = now.map((lesson) => {
		const was = known.get(lesson.key);
		return was !== undefined && sameLesson(was, lesson) ? was : lesson;
	});
	const same = kept.length === before.length && kept.every((lesson, i) => lesson === before[i]);
	return same ? before : kept;
}

function sameLesson(a: LessonPlace, b: LessonPlace): boolean {
	return (
		a.starts === b.starts &&
		a.ends === b.ends &&
		a.room === b.room &&
		a.term === b.term &&
		a.extra === b.extra &&
		a.recorded === b.recorded
	);
}

/** Own entries that still matter. */
export function usePending(): Accessor<readonly Pending[]> {
	const live = useLive();
	return createMemo(() => {
		live.watchOutbox();
		return live.engine.pending();
	});
}

/** Matters this person sees. */
export function useMatters(): Accessor<readonly View<"matter">[]> {
	const live = useLive();
	return createMemo(() => {
		live.watchOutbox();
		return live.engine.matters();
	});
}

/** Writes entries as one undo step. Resolves to false, having said so, when the tablet could not keep them. */
export function useWrite(): (entries: readonly Entry[], seen?: Seen) => Promise<boolean> {
	const engine = useEngine();
	return async (entries, seen) => {
		if (entries.length === 0) return true;
		try {
			await track(engine.write(entries, seen));
			overtaken(entries);
			return true;
		} catch (error) {
			const why = error instanceof EngineError ? error.code : "closed";
			leaveOnScreen({ entries, seen, at: engine.now(), why });
			return false;
		}
	};
}
