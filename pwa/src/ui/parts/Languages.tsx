/** The choice of language. One that is not on this tablet yet is not taken without a network. */

import { createSignal, type JSX } from "solid-js";
import { type Language, language, speak } from "../phrases/book";
import { Segmented } from "./Segmented";
import { say } from "./toasts";

/** For who reads one of them. */
const FETCHED_ONCE =
	"Английский загружается один раз, для этого нужна связь. · English is fetched once, and that needs the network.";

export function Languages(): JSX.Element {
	const [asked, setAsked] = createSignal<Language>(language());
	const choose = async (next: Language): Promise<void> => {
		setAsked(next);
		if (await speak(next)) return;
		setAsked(language());
		say(FETCHED_ONCE, { tone: "red" });
	};
	return (
		<Segmented
			label="Язык / Language"
			choices={[
				{ value: "ru", label: "Русский" },
				{ value: "en", label: "English" },
			]}
			value={asked()}
			onChoose={(next) => void choose(next)}
		/>
	);
}
