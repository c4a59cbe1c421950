/** «Everyone 5 but …»: one mark for all who are here and have none, without those who are left out; one undo step. */

import { createSignal, For, type JSX } from "solid-js";
import { MARKS } from "../journal/cell";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Picks } from "../parts/Picks";
import { lesson as words } from "../phrases/lesson";
import { shell } from "../phrases/shell";
import type { PupilLine } from "../reading/roster";

const OFFERED = [...MARKS.filter((mark) => mark !== "1"), "зач"];

export default function GiveAll(props: {
	/** Who is here and has no mark. */
	pupils: readonly PupilLine[];
	onGive: (mark: string, to: readonly PupilLine[], out: readonly PupilLine[]) => void;
	onClose: () => void;
}): JSX.Element {
	const t = (): ReturnType<typeof words>["giveAll"] => words().giveAll;
	// As it stands when the dialog opens: a line must not slip away under the finger.
	const { pupils } = props;
	const [mark, setMark] = createSignal("5");
	const [out, setOut] = createSignal<ReadonlySet<string>>(new Set());
	const taken = () => pupils.filter((line) => !out().has(line.pupil));
	const give = (): void => {
		props.onClose();
		props.onGive(
			mark(),
			taken(),
			pupils.filter((line) => out().has(line.pupil)),
		);
	};
	return (
		<Dialog
			open
			title={t().title}
			onClose={props.onClose}
			actions={
				<>
					<Button onClick={props.onClose}>{shell().words.cancel}</Button>
					<Button tone="main" disabled={taken().length === 0} onClick={give}>
						{t().give(mark(), taken().length)}
					</Button>
				</>
			}
		>
			<div class="chips" role="group" aria-label={t().mark}>
				<For each={OFFERED}>
					{(value) => (
						<button type="button" class="chip" aria-pressed={mark() === value} onClick={() => setMark(value)}>
							{value}
						</button>
					)}
				</For>
			</div>
			<p class="soft">{t().text}</p>
			<Picks
				label={t().title}
				picks={pupils.map((line) => ({ id: line.pupil, name: line.name }))}
				out={out()}
				onChange={setOut}
			/>
		</Dialog>
	);
}
