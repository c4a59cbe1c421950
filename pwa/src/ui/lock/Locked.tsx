/**
 * The screen of the lock: why it is locked, who is on this tablet, and how each gets in. No pupil's name, no mark: of
 * anybody's work only how many entries wait.
 */

import { createEffect, createSignal, For, type JSX, Show } from "solid-js";
import type { Keyholder, Locked as State } from "../../engine/types";
import { useEngine } from "../context";
import { Button } from "../parts/Button";
import { Languages } from "../parts/Languages";
import { entry } from "../phrases/entry";
import { lock } from "../phrases/lock";
import { shell } from "../phrases/shell";
import { go } from "../router";
import { SignInForm } from "../SignIn";
import { Unlock } from "./Unlock";
import "./lock.css";

const initials = (name: string): string =>
	name
		.split(/\s+/)
		.slice(0, 2)
		.map((part) => part.slice(0, 1).toUpperCase())
		.join("");

const opens = ({ opens: by }: Keyholder): boolean => by.pin || by.passphrase || by.free;

export default function Locked(props: { state: State }): JSX.Element {
	const engine = useEngine();
	const key = (who: Keyholder): string => `${who.school}/${who.person}`;
	const [chosen, setChosen] = createSignal(props.state.current ? key(props.state.current) : "");
	const [asked, setSigning] = createSignal<string | null>(null);
	const chosenOne = (): Keyholder | undefined => props.state.people.find((person) => key(person) === chosen());
	const who = (): Keyholder | null => {
		const found = chosenOne();
		return found && opens(found) ? found : null;
	};
	/** The login that is signed in with, "" for anybody's; null: the tablet is opened without a sign-in. */
	const signing = (): string | null => asked() ?? (props.state.people.some(opens) ? null : (chosenOne()?.login ?? ""));
	createEffect(() => {
		document.title = `${lock().title} · ${shell().app}`;
	});
	// A path of somebody else's journal means nothing to the next person.
	const leave = (): void => go("/", { replace: true });
	const choose = async (next: Keyholder): Promise<void> => {
		if (key(next) !== (props.state.current ? key(props.state.current) : "")) leave();
		if (next.opens.free) return engine.unlock("", next);
		if (opens(next)) setChosen(key(next));
		else setSigning(next.login);
	};
	/** Why a key is gone is nothing to who signs in; that journals are gone is. */
	const why = (): string => {
		const { because } = props.state;
		const gone = because === "wiped" || because === "revoked";
		return signing() === null || gone ? lock().because[because] : entry().lead;
	};
	const another = (): void => {
		leave();
		setSigning("");
	};
	const several = (): boolean => props.state.people.length > 1;
	/** A list of one person is no choice: theirs is the screen then. */
	const others = (): void => {
		const [only] = props.state.people;
		setSigning(null);
		setChosen(only && !several() ? key(only) : "");
	};
	return (
		<main class="sign-in locked">
			<header>
				<h1 tabIndex={-1}>{signing() !== null ? shell().app : lock().title}</h1>
				<Languages />
			</header>
			<p class="soft" role="status">
				{why()}
			</p>
			<Show
				when={signing() === null}
				fallback={
					<>
						<SignInForm login={signing() ?? ""} />
						<Show when={props.state.people.some(opens)}>
							<Button onClick={others}>{several() ? lock().toList : shell().words.back}</Button>
						</Show>
					</>
				}
			>
				<Show when={who()} fallback={<People people={props.state.people} onChoose={(p) => void choose(p)} />}>
					{(person) => (
						<section class="sheet form" aria-label={person().name}>
							<div class="holder">
								<Holder who={person()} />
								<Show when={several()}>
									<Button onClick={others}>{lock().change}</Button>
								</Show>
							</div>
							<Unlock who={person()} onSignIn={() => setSigning(person().login)} />
						</section>
					)}
				</Show>
				<Button tone="quiet" onClick={another}>
					{lock().other}
				</Button>
			</Show>
		</main>
	);
}

function People(props: { people: readonly Keyholder[]; onChoose: (who: Keyholder) => void }): JSX.Element {
	return (
		<section class="sheet">
			<h2>{lock().who}</h2>
			<ul class="holders">
				<For each={props.people}>
					{(person) => (
						<li>
							<button type="button" class="btn" onClick={() => props.onChoose(person)}>
								<Holder who={person} />
							</button>
						</li>
					)}
				</For>
			</ul>
		</section>
	);
}

function Holder(props: { who: Keyholder }): JSX.Element {
	const waits = (): string => {
		const { waiting, delivered } = props.who;
		if (!waiting) return lock().nothingWaits;
		if (delivered >= waiting) return lock().waitsDelivered(waiting);
		return delivered ? lock().waitsPartly(delivered, waiting) : lock().waits(waiting);
	};
	return (
		<span class="holder-card">
			<b aria-hidden="true">{initials(props.who.name || props.who.login)}</b>
			<span>
				{props.who.name || props.who.login}
				<small>{waits()}</small>
			</span>
		</span>
	);
}
