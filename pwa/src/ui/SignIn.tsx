/** Sign-in: login and password, what went wrong in words, and the demo school's sign-ins where the server offers them. */

import { createEffect, createSignal, For, type JSX, onCleanup, Show, untrack } from "solid-js";
import { EngineError } from "../engine/types";
import type { Hello } from "../generated/messages";
import { useEngine, useLive } from "./context";
import { late } from "./late";
import { Button } from "./parts/Button";
import { Field } from "./parts/Field";
import { Languages } from "./parts/Languages";
import { entry } from "./phrases/entry";
import { capital } from "./phrases/format";
import { shell } from "./phrases/shell";

const Lost = late(
	() => import("./attention/Lost"),
	() => null,
);

export default function SignIn(): JSX.Element {
	const { status } = useLive();
	createEffect(() => {
		document.title = `${entry().title} · ${shell().app}`;
	});
	return (
		<main class="sign-in">
			<header>
				<h1 tabIndex={-1}>{shell().app}</h1>
				<Languages />
			</header>
			<p class="soft">{entry().lead}</p>
			<Show when={status().lost.length > 0}>
				<Lost />
			</Show>
			<SignInForm />
		</main>
	);
}

type Trouble = { kind: "wrong" | "offline" | "stranger" | "revoked" | "failed" } | { kind: "wait"; until: number };

/** The form itself. `again`: the session at the server ended while somebody is at work here. */
export function SignInForm(props: { again?: boolean; login?: string }): JSX.Element {
	const engine = useEngine();
	const t = (): ReturnType<typeof entry> => entry();
	const [known, setKnown] = createSignal<Hello | null>(null);
	engine.hello().then(setKnown, () => setKnown(null)); // offline: there is nothing to offer
	const [school, setSchool] = createSignal("");
	const [login, setLogin] = createSignal(untrack(() => props.login ?? ""));
	const [password, setPassword] = createSignal("");
	const [shown, setShown] = createSignal(false);
	const [busy, setBusy] = createSignal(false);
	const [trouble, setTrouble] = createSignal<Trouble | null>(null);
	const [clock, setClock] = createSignal(Date.now());
	const timer = setInterval(() => setClock(Date.now()), 1_000);
	onCleanup(() => clearInterval(timer));

	const schools = (): [string, string][] => known()?.schools ?? [];
	const chosen = (): string => school() || engine.session?.school || schools()[0]?.[0] || "";
	const secondsLeft = (): number => {
		const now = trouble();
		if (now?.kind !== "wait") return 0;
		return Math.max(0, Math.ceil((now.until - clock()) / 1000));
	};
	const words = (): string | undefined => {
		const now = trouble();
		if (now === null) return undefined;
		if (now.kind !== "wait") return t()[now.kind];
		return secondsLeft() > 0 ? t().tooMany(secondsLeft()) : undefined;
	};

	const enter = async (as: string, secret: string): Promise<void> => {
		if (busy() || secondsLeft() > 0) return;
		setBusy(true);
		setTrouble(null);
		try {
			await engine.signIn(as, secret, await schoolAsked());
			setPassword("");
		} catch (error) {
			setTrouble(troubleOf(error));
		} finally {
			setBusy(false);
		}
	};
	// Offline at the start and back now: the school's id is asked for again rather than guessed.
	const schoolAsked = async (): Promise<string> => chosen() || ((await engine.hello()).schools[0]?.[0] ?? "");

	return (
		<>
			<form
				class="sheet form"
				onSubmit={(event) => {
					event.preventDefault();
					void enter(login().trim(), password());
				}}
			>
				<Show when={props.again}>
					<p>{t().again}</p>
				</Show>
				<Show when={schools().length > 1}>
					<div class="field">
						<label for="school">{t().school}</label>
						<select id="school" value={chosen()} onChange={(event) => setSchool(event.currentTarget.value)}>
							<For each={schools()}>{([id, name]) => <option value={id}>{name}</option>}</For>
						</select>
					</div>
				</Show>
				<Field
					first
					label={t().login}
					name="login"
					autocomplete="username"
					autocapitalize="none"
					spellcheck={false}
					required
					value={login()}
					onInput={(event) => setLogin(event.currentTarget.value)}
				/>
				<div class="with-eye">
					<Field
						label={t().password}
						name="password"
						type={shown() ? "text" : "password"}
						autocomplete="current-password"
						required
						value={password()}
						onInput={(event) => setPassword(event.currentTarget.value)}
					/>
					<Button
						icon="eye"
						label={shown() ? t().hide : t().show}
						aria-pressed={shown()}
						onClick={() => setShown(!shown())}
					/>
				</div>
				<p class="error" role="alert">
					{words()}
				</p>
				<Button tone="main" type="submit" disabled={busy() || secondsLeft() > 0}>
					{busy() ? t().entering : t().enter}
				</Button>
			</form>
			<Show when={!props.again && (known()?.demo.length ?? 0) > 0}>
				<Demo demo={known()?.demo ?? []} busy={busy()} onEnter={(as, secret) => void enter(as, secret)} />
			</Show>
		</>
	);
}

function Demo(props: {
	demo: [string, string, string][];
	busy: boolean;
	onEnter: (login: string, password: string) => void;
}): JSX.Element {
	const t = (): ReturnType<typeof entry> => entry();
	const passwords = (): Set<string> => new Set(props.demo.map((d) => d[2]));
	const role = (code: string): string => capital(shell().roles[code] ?? code);
	return (
		<section class="sheet demo">
			<h2>{t().demoTitle}</h2>
			<p class="soft">{t().demoNote}</p>
			<div class="demo-list">
				<For each={props.demo}>
					{([code, login, secret]) => (
						<button
							type="button"
							class="btn"
							disabled={props.busy}
							aria-label={t().demoSignIn(role(code), login)}
							onClick={() => props.onEnter(login, secret)}
						>
							<span>{role(code)}</span>
							<small>{login}</small>
						</button>
					)}
				</For>
			</div>
			<Show when={passwords().size === 1}>
				<small>{t().demoPassword([...passwords()][0] ?? "")}</small>
			</Show>
		</section>
	);
}

function troubleOf(error: unknown): Trouble {
	if (!(error instanceof EngineError)) return { kind: "failed" };
	switch (error.code) {
		case "wrong_sign_in":
			return { kind: "wrong" };
		case "too_many_tries":
			return {
				kind: "wait",
				until: Date.now() + (error.retryAfter ?? 30) * 1000,
			};
		case "offline":
		case "revoked":
			return { kind: error.code };
		case "not_our_server":
			return { kind: "stranger" };
		default:
			return { kind: "failed" };
	}
}
