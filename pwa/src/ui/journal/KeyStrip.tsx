/**
 * The key strip at the lower edge: marks, signs, comment, erase, undo, for thumbs; no system keyboard opens.
 *
 * Its keys don't take the focus, so a keyboard beside it goes on working in the cell.
 */

import { For, type JSX, Show } from "solid-js";
import { Icon, type IconName } from "../parts/Icon";
import { entering as words } from "../phrases/entering";
import { journal } from "../phrases/journal";
import "./keystrip.css";

interface KeyStripProps {
	onPress: (key: string) => void;
	onErase: () => void;
	onUndo: () => void;
	canUndo: boolean;
	/** Absent where a second mark or a comment has no place (a term mark). */
	onSecond?: (() => void) | undefined;
	second?: boolean;
	onComment?: (() => void) | undefined;
	/** Whose mark was given just now, though the next pupil is open: a comment still goes to them. */
	commentTo?: string | undefined;
	/** The same for many pupils at once. */
	onFill?: (() => void) | undefined;
	/** Moves the mark to another lesson; absent where that has no place. */
	onMove?: (() => void) | undefined;
	/** No mark stands here: there is none to comment on or to move. */
	unmarked?: boolean;
	/** Nothing stands here that could be erased. */
	empty?: boolean;
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
			title={says(name)}
			onClick={() => props.onPress(name)}
		>
			{name}
			<Show when={words().typed[name]}>{(latin) => <small aria-hidden="true">{latin()}</small>}</Show>
		</button>
	);
	return (
		<div class="strip" role="toolbar" aria-label={journal().keys} onPointerDown={still} onMouseDown={still}>
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
						title={words().keys.second}
						onClick={() => props.onSecond?.()}
					>
						/
					</button>
				</Show>
			</div>
			<div class="strip-acts">
				<Show when={props.onComment}>
					<Act
						icon="comment"
						label={props.commentTo ? words().commentTo(props.commentTo) : words().keys.comment}
						short={words().keys.comment}
						shortcut="Shift+F2"
						off={props.unmarked && !props.commentTo}
						onPress={() => props.onComment?.()}
					/>
				</Show>
				<Show when={props.onFill}>
					<Act icon="list" label={words().keys.fill} short={words().keys.fillShort} onPress={() => props.onFill?.()} />
				</Show>
				<Show when={props.onMove}>
					<Act
						icon="move"
						label={words().keys.move}
						short={words().keys.moveShort}
						off={props.unmarked}
						onPress={() => props.onMove?.()}
					/>
				</Show>
				<Act
					icon="cross"
					label={words().keys.erase}
					short={words().keys.erase}
					off={props.empty}
					onPress={() => props.onErase()}
				/>
				<Act
					icon="undo"
					label={words().keys.undo}
					short={words().keys.undo}
					off={!props.canUndo}
					onPress={() => props.onUndo()}
				/>
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

/** A key that acts on what stands here. One that finds nothing keeps its place in the tab order, and says so. */
function Act(props: {
	icon: IconName;
	label: string;
	/** Written by the icon where there is room. */
	short: string;
	shortcut?: string;
	off?: boolean | undefined;
	onPress: () => void;
}): JSX.Element {
	return (
		<button
			type="button"
			class="key act"
			aria-label={props.label}
			title={props.shortcut ? `${props.label} (${props.shortcut})` : props.label}
			aria-keyshortcuts={props.shortcut}
			aria-disabled={props.off ? "true" : undefined}
			onClick={() => props.off || props.onPress()}
		>
			<Icon name={props.icon} size={20} />
			<span class="short">{props.short}</span>
		</button>
	);
}
