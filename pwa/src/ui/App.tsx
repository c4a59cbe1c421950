/** The app: who is signed in decides which sections there are; the path decides which screen shows. */

import { createEffect, createMemo, createSignal, ErrorBoundary, type JSX, onCleanup, Show } from "solid-js";
import { isUndecided } from "../engine/settling";
import { type Live, LiveProvider, useLive, useRow, useRows, useSession } from "./context";
import { noteUnsent } from "./install/install";
import { keep, partsFor } from "./keeping";
import { type Late, late } from "./late";
import { needsOf, noteWarnings } from "./needs";
import { createPainted } from "./painted";
import { EmptyState } from "./parts/EmptyState";
import { Nav } from "./parts/Nav";
import { Toasts } from "./parts/Toasts";
import { language } from "./phrases/book";
import { useZone } from "./phrases/format";
import { shell } from "./phrases/shell";
import { focusHeading, go, match, type Params, path } from "./router";
import { SearchPlace } from "./search/opening";
import { homeOf, isFamily, sectionsOf } from "./sections";
import { unkept } from "./unkept";

/** A screen gets the parameters of its path; a section that routes on by itself finds the rest in `params.rest`. */
export interface ScreenProps {
	params: Params;
}

interface Route {
	pattern: string;
	screen: Late<ScreenProps>;
	family?: boolean;
}

const NotKept = late(
	() => import("./NotKept"),
	() => null,
);
const UpdateBanner = late(
	() => import("./Update"),
	() => null,
);
const Lost = late(
	() => import("./Lost"),
	() => null,
);
const SignIn = late(() => import("./SignIn"));
const LockScreen = late(() => import("./lock/Locked"));
const NeedPassphrase = late(() => import("./lock/NeedPassphrase"));
const PinOffer = late(
	() => import("./lock/Offer"),
	() => null,
);
const Lesson = late(() => import("./lesson/Lesson"));
const Terms = late(() => import("./terms/Terms"));
const Pupil = late(() => import("./pupil/Pupil"));
const Diary = late(() => import("./diary/Diary"));

const ROUTES: readonly Route[] = [
	{ pattern: "/today", screen: late(() => import("./today/Today")) },
	{ pattern: "/lesson/:journal/:date/:number", screen: Lesson },
	{ pattern: "/lesson/:journal/:date/:number/:view", screen: Lesson },
	{ pattern: "/journals", screen: late(() => import("./journal/Journals")) },
	{ pattern: "/journal/:journal", screen: late(() => import("./journal/Journal")) },
	{ pattern: "/terms", screen: late(() => import("./terms/AllTerms")) },
	{ pattern: "/terms/:journal", screen: Terms },
	{ pattern: "/terms/:journal/:term", screen: Terms },
	{ pattern: "/pupil/:pupil", screen: Pupil },
	{ pattern: "/pupil/:pupil/:journal/:term", screen: Pupil },
	{
		pattern: "/attention/*",
		screen: late(() => import("./attention/Attention")),
	},
	{ pattern: "/me", screen: late(() => import("./me/Me")), family: true },
	{ pattern: "/class/*", screen: late(() => import("./tutor/Tutor")) },
	{ pattern: "/office/*", screen: late(() => import("./office/Office")) },
	{ pattern: "/admin/*", screen: late(() => import("./admin/Admin")) },
	{ pattern: "/diary/*", screen: Diary, family: true },
	{ pattern: "/marks/*", screen: Diary, family: true },
];

/** Fetches the code of the screen at this path while the tablet's store is still being opened. */
export async function warm(at: string): Promise<void> {
	await ROUTES.find((route) => match(route.pattern, at) !== null)?.screen.load();
}

/** Nothing would open this case after the next lock. */
function unguarded({ protection }: Live): boolean {
	const stands = protection();
	return stands !== null && !stands.free && !stands.passphrase;
}

function Shut(): JSX.Element {
	const { locked } = useLive();
	return (
		<Show when={locked()} fallback={<SignIn />}>
			{(state) => <LockScreen state={state()} />}
		</Show>
	);
}

/** `shown`: settles when the code of the first screen is here, and its records have been read. */
export function App(props: { live: Live; shown: Promise<void> }): JSX.Element {
	const painted = createPainted(props.shown);
	// After signing in, not at each start: the form that had the focus is gone.
	createEffect((before: boolean | undefined) => {
		const signed = props.live.session() !== null;
		if (signed && before === false) focusHeading();
		return signed;
	});
	return (
		<LiveProvider live={props.live}>
			<Show when={props.live.session()} fallback={<Shut />}>
				<Show when={!unguarded(props.live)} fallback={<NeedPassphrase />}>
					<Signed painted={painted()} />
				</Show>
			</Show>
			<Show when={painted()}>
				<ErrorBoundary fallback={noted}>
					<UpdateBanner />
				</ErrorBoundary>
			</Show>
			<Toasts />
		</LiveProvider>
	);
}

function Signed(props: { painted: boolean }): JSX.Element {
	const { status, engine, now } = useLive();
	const session = useSession();
	const teachings = useRows("teaching", "school");
	const substitutions = useRows("substitution", "school");
	const school = useRow("school", () => session().school);
	createEffect(() => useZone(school()?.values.timezone));
	createEffect(() => noteUnsent(status().unsent));
	createEffect(() => void keep(partsFor(session(), language())));
	const teaches = createMemo(() => {
		const me = session().person;
		for (const rows of [teachings(), substitutions()])
			for (const row of rows.values()) if (row.parts["person"] === me) return true;
		return session().roles.includes("teacher");
	});
	const found = createMemo(
		() => {
			for (const route of ROUTES) {
				const params = match(route.pattern, path());
				if (params !== null && (route.family || !isFamily(session()))) return { route, params };
			}
			return null;
		},
		undefined,
		{ equals: (a, b) => a?.route === b?.route && same(a?.params, b?.params) },
	);
	const screen = createMemo(() => found()?.route.screen ?? null);
	let params: Params = {};
	const current = (): Params => {
		params = found()?.params ?? params;
		return params;
	};
	createEffect(() => {
		if (path() === "/") go(homeOf(session(), teaches()), { replace: true });
	});
	// Deadlines are reckoned entry by entry: after a month without network that is half a second, which the grid goes before.
	const [warnings, setWarnings] = createSignal<typeof import("./attention/warnings") | null>(null);
	createEffect(() => {
		if (props.painted) void import("./attention/warnings").then((found) => setWarnings(found));
	});
	createEffect(() => {
		const found = warnings();
		if (found) noteWarnings(found.warningsOf(status(), engine.deadlines(), now()).filter(found.isCounted).length);
	});
	onCleanup(() => noteWarnings(0));
	const attention = createMemo(() => needsOf(status()).hand);
	// The number alone is followed: the links must not be made anew for each entry.
	const requests = useRows("matter", () => (session().roles.includes("deputy_head") ? "office" : ""));
	const office = createMemo(() => [...requests().values()].filter((row) => isUndecided(row.values)).length);
	const sections = createMemo(() => sectionsOf(session(), teaches(), { attention: attention(), office: office() }));
	return (
		<div class="app">
			<a class="skip no-print" href="#content" target="_self">
				{shell().nav.skip}
			</a>
			<Show when={!isFamily(session())}>
				<SearchPlace painted={props.painted} />
			</Show>
			<Nav sections={sections()} onLock={() => void engine.lock()} />
			<Show when={unkept().length > 0}>
				<ErrorBoundary
					fallback={(error) => [
						noted(error),
						<p class="notice" role="alert">
							{shell().notKept}
						</p>,
					]}
				>
					<NotKept />
				</ErrorBoundary>
			</Show>
			<div class="screen">
				<Show when={!isFamily(session()) && path() === homeOf(session(), teaches())}>
					<PinOffer />
				</Show>
				<Show when={screen() ?? (path() !== "/" && Lost)} keyed>
					{(Screen) => (
						<ErrorBoundary fallback={(error) => <Failed error={error} />}>
							<Screen params={current()} />
						</ErrorBoundary>
					)}
				</Show>
			</div>
		</div>
	);
}

function same(a: Params | undefined, b: Params | undefined): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** What stands beside a page goes without it. */
function noted(error: unknown): JSX.Element {
	console.error(error);
	return null;
}

function Failed(props: { error: unknown }): JSX.Element {
	noted(props.error);
	return (
		<div class="page">
			<EmptyState icon="attention" title={shell().failed.title} text={shell().failed.text}>
				<button type="button" class="btn main" onClick={() => location.reload()}>
					{shell().failed.reload}
				</button>
			</EmptyState>
		</div>
	);
}
