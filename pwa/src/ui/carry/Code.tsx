/** A QR code of a text, in black on white whatever the theme: cameras want it so. */

import { correction, generate } from "lean-qr";
import type { JSX } from "solid-js";
import { tablet } from "../phrases/tablet";
import "./carry.css";

export default function Code(props: { text: string }): JSX.Element {
	const path = (): { side: number; d: string } => {
		const code = generate(props.text, { maxCorrectionLevel: correction.M });
		let d = "";
		for (let y = 0; y < code.size; y++)
			for (let x = 0; x < code.size; x++) if (code.get(x, y)) d += `M${x + 4} ${y + 4}h1v1h-1z`;
		return { side: code.size + 8, d };
	};
	return (
		<div class="code">
			<svg viewBox={`0 0 ${path().side} ${path().side}`} role="img" aria-label={tablet().file.qrTitle}>
				<rect width="100%" height="100%" fill="#fff" />
				<path d={path().d} fill="#000" />
			</svg>
			<p>{tablet().file.qrHelp}</p>
		</div>
	);
}
