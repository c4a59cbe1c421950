/** Icons drawn with one pen: 24 × 24, strokes in the colour of the text. Always beside words or a label. */

import type { JSX } from "solid-js";

const PATHS = {
	today: "M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 10h16M9 3v4M15 3v4",
	journals: "M5 3h12a2 2 0 0 1 2 2v16H7a2 2 0 0 1-2-2zM9 3v18M12 8h4M12 12h4",
	attention: "M12 4l9 16H3zM12 10v5M12 17.5v.5",
	class:
		"M3 20c.6-4 2.8-6 6-6s5.4 2 6 6M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M15 4.5a3.2 3.2 0 0 1 0 6M17.5 14c2 .8 3.1 2.8 3.5 6",
	office: "M4 21V9l8-5 8 5v12M4 21h16M9 21v-6h6v6M9 11h.01M15 11h.01",
	admin:
		"M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2",
	diary: "M6 3h12v18H6zM9 7h6M9 11h6M9 15h4",
	marks: "M5 5h14M5 12h14M5 19h8",
	me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c1-5 4-7 8-7s7 2 8 7",
	back: "M15 5l-7 7 7 7",
	forward: "M9 5l7 7-7 7",
	move: "M4 6h7v12H4zM14 12h7M18 9l3 3-3 3",
	check: "M5 12.5l4.5 4.5L19 7",
	cross: "M6 6l12 12M18 6L6 18",
	plus: "M12 5v14M5 12h14",
	minus: "M5 12h14",
	undo: "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 10h-1",
	redo: "M15 7l5 5-5 5M20 12H10a5 5 0 0 0 0 10h1",
	list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
	clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 3",
	lock: "M6 11h12v10H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	unlock: "M6 11h12v10H6zM8.5 11V7a3.5 3.5 0 0 1 6.7-1.4",
	comment: "M4 5h16v11H10l-4 4v-4H4z",
	eye: "M2 12c2.5-4.5 6-7 10-7s7.5 2.5 10 7c-2.5 4.5-6 7-10 7S4.5 16.5 2 12M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
	print: "M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z",
	search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5L21 21",
	tablet: "M6 3h12v18H6zM11 18h2",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon(props: { name: IconName; size?: number }): JSX.Element {
	return (
		<svg class="icon" viewBox="0 0 24 24" width={props.size ?? 22} height={props.size ?? 22} aria-hidden="true">
			<path d={PATHS[props.name]} />
		</svg>
	);
}
