/**
 * The key strip at the lower edge: marks, signs, comment, erase, undo, for thumbs; no system keyboard opens.
 *
 * Its keys don't take the focus, so a keyboard beside it goes on working in the cell.
 */

import { For, type JSX, Show } from "solid-js";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { journal as words } from "../phrases/journal";
import "./keystrip.css";

export interface KeyStripProps {
	onPress: (key: string) => void;
	onErase: () => void;
	onUndo: () => void;
	canUndo: boolean;
	/** Absent where a second mark or a comment has no place (a term mark). */
	onSecond?: (() => void) | undefined;
	second?: boolean;
	onComment?: (() => void) | undefined;
	/** The same for many pupils at once. */
	onFill?: (() => void) | undefined;
	/** Moves the mark to another lesson; absent where that has no place. */
	onMove?: (() => void) | undefined;
	/** Presence keys are offered. */
	presence: boolean;
	/** False for a class without marks. */
	marks: boolean;
	/** Nothing may be written here. */
	disabled?: boolean;
	/** Who and what is being marked, in words. */
	children?: JSX.Element;
	/** What the rules say of writing here; empty when nothing stands in the way. */
	why?: string;
}

const still = (event: Event): void => event.preventDefault();

export function KeyStrip(props: KeyStripProps): JSX.Element {
	const says = (key: string): string | undefined => {
		const k = words().keys;
		const known: Record<string, string> = {
			н: k.absent,
			о: k.late,
			".": k.point,
			зач: k.passed,
			осв: k.exempt,
			"н/а": k.notAttested,
		};
		return known[key];
	};
	const key = (name: string, look: string): JSX.Element => (
		<button
			type="button"
			class={`key ${look}`}
			disabled={props.disabled}
			aria-label={says(name) ? `${name}: ${says(name)}` : undefined}
			onClick={() => props.onPress(name)}
		>
			{name}
		</button>
	);
	return (
		<div class="strip" role="toolbar" aria-label={words().keys.label} onPointerDown={still} onMouseDown={still}>
			<div class="strip-keys">
				<Show when={props.marks}>
					<For each={["5", "4", "3"]}>{(name) => key(name, "")}</For>
					{key("2", "pen")}
				</Show>
				<Show when={props.presence}>
					{key("н", "letter")}
					{key("о", "letter")}
				</Show>
				<Show when={props.marks}>
					{key(".", "letter")}
					{key("осв", "word")}
					{key("зач", "word")}
					{key("н/а", "word")}
				</Show>
				<Show when={props.onSecond}>
					<button
						type="button"
						class="key letter"
						disabled={props.disabled}
						aria-pressed={props.second}
						aria-label={words().keys.second}
						onClick={() => props.onSecond?.()}
					>
						/
					</button>
				</Show>
			</div>
			<div class="strip-acts">
				<Show when={props.onComment}>
					<button type="button" class="key act" aria-label={words().keys.comment} onClick={() => props.onComment?.()}>
						<Icon name="comment" size={20} />
						<span class="wide">{words().keys.comment}</span>
					</button>
				</Show>
				<Show when={props.onFill}>
					<button type="button" class="key act" aria-label={words().keys.fill} onClick={() => props.onFill?.()}>
						<Icon name="list" size={20} />
						<span class="wide">{words().keys.fillShort}</span>
					</button>
				</Show>
				<Show when={props.onMove}>
					<button type="button" class="key act" aria-label={words().keys.move} onClick={() => props.onMove?.()}>
						<Icon name="move" size={20} />
					</button>
				</Show>
				<button type="button" class="key act" aria-label={words().keys.erase} onClick={() => props.onErase()}>
					<Icon name="cross" size={20} />
					<span class="wide">{words().keys.erase}</span>
				</button>
				<Button
					class="key act"
					icon="undo"
					disabled={!props.canUndo}
					aria-label={words().keys.undo}
					onClick={() => props.onUndo()}
				>
					<span class="wide">{words().keys.undo}</span>
				</Button>
			</div>
			<div class="strip-says" aria-live="polite">
				{props.children}
			</div>
			<p class="strip-why" aria-live="polite">
				{props.why}
			</p>
		</div>
	);
}
