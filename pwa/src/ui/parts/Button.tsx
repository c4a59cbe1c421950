/** A button, at least 40 px high. `tone` "main" is the one that the screen expects to be pressed. */

import { type JSX, splitProps } from "solid-js";
import { Icon, type IconName } from "./Icon";

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
	tone?: "main" | "plain" | "quiet" | "red";
	icon?: IconName;
	/** The icon alone is shown; `label` is what a screen reader says. */
	label?: string;
}

export function Button(props: ButtonProps): JSX.Element {
	const [own, rest] = splitProps(props, ["tone", "icon", "label", "class", "children"]);
	return (
		<button
			type="button"
			{...rest}
			class={`btn ${own.tone ?? "plain"} ${own.label ? "bare" : ""} ${own.class ?? ""}`}
			aria-label={own.label ?? rest["aria-label"]}
			title={own.label ?? rest.title}
		>
			{own.icon && <Icon name={own.icon} size={18} />}
			{own.children}
		</button>
	);
}
