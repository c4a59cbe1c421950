/** A button, at least 40 px high. `tone` "main" is the one that the screen expects to be pressed. */

import type { JSX } from "solid-js";
import { Icon, type IconName } from "./Icon";

interface ButtonProps {
	tone?: "main" | "plain" | "quiet" | "red";
	icon?: IconName;
	/** The icon alone is shown; `label` is what a screen reader says. */
	label?: string;
	type?: "button" | "submit";
	/** Id of the form that a submit button outside of it belongs to. */
	form?: string;
	class?: string;
	disabled?: boolean;
	"aria-label"?: string;
	"aria-pressed"?: boolean;
	onClick?: (event: MouseEvent) => void;
	children?: JSX.Element;
}

export function Button(props: ButtonProps): JSX.Element {
	return (
		<button
			type={props.type ?? "button"}
			form={props.form}
			class={`btn ${props.tone ?? "plain"} ${props.label ? "bare" : ""} ${props.class ?? ""}`}
			disabled={props.disabled}
			aria-label={props.label ?? props["aria-label"]}
			aria-pressed={props["aria-pressed"]}
			title={props.label}
			onClick={(event) => props.onClick?.(event)}
		>
			{props.icon && <Icon name={props.icon} size={18} />}
			{props.children}
		</button>
	);
}
