/** Short messages at the lower edge, read out by a screen reader, with an action such as "undo". */

import { createSignal } from "solid-js";

interface ToastAction {
	label: string;
	run: () => void;
}

interface Toast {
	id: number;
	text: string;
	tone: "plain" | "red";
	/** Stays until it is closed: for what must not be missed. */
	stays: boolean;
	action: ToastAction | null;
}

const SHOWN_MS = 6_000;

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);

export { toasts };

let last = 0;

/** Shows a message, and answers its number for `hush`. The same text is not shown twice at a time. */
export function say(
	text: string,
	options: { tone?: Toast["tone"]; stays?: boolean; action?: ToastAction } = {},
): number {
	last += 1;
	const id = last;
	const toast: Toast = {
		id,
		text,
		tone: options.tone ?? "plain",
		stays: options.stays ?? false,
		action: options.action ?? null,
	};
	setToasts((now) => [...now.filter((t) => t.text !== text), toast].slice(-3));
	if (!toast.stays) setTimeout(() => hush(id), SHOWN_MS);
	return id;
}

export function hush(id: number): void {
	setToasts((now) => now.filter((t) => t.id !== id));
}

/** Whatever they say, nobody is there to read it any more. */
export function hushAll(): void {
	setToasts([]);
}
