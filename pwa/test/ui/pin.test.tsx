/** Setting a PIN: what is tried first by whoever finds the tablet is not taken, in either language. */

import { fireEvent } from "@solidjs/testing-library";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Engine } from "../../src/engine/types";
import { SetPin } from "../../src/ui/lock/SetPin";
import { speak } from "../../src/ui/phrases/book";
import { paperTablet, show } from "./paper";

let engine: Engine;
let screen: ReturnType<typeof show>;
let closed: () => void;

beforeEach(async () => {
	engine = await paperTablet();
	closed = vi.fn();
	screen = show(engine, () => <SetPin open onClose={closed} />);
});
afterEach(async () => {
	screen.unmount();
	await engine.stop();
});

function set(pin: string): void {
	for (const input of screen.container.querySelectorAll('input[inputmode="numeric"]'))
		fireEvent.input(input, { target: { value: pin } });
	for (const input of screen.container.querySelectorAll('input:not([inputmode="numeric"])'))
		fireEvent.input(input, { target: { value: "zvonok-petrova" } });
	fireEvent.submit(screen.container.querySelector("form") as HTMLFormElement);
}
const said = (): string[] => [...screen.container.querySelectorAll(".error")].map((error) => error.textContent ?? "");

it.each(["111111", "123456", "654321", "890123456789"])("does not take %s, and asks for another", (pin) => {
	set(pin);
	expect(said()).toEqual([expect.stringContaining("легко угадать")]);
	expect(closed).not.toHaveBeenCalled();
});

it("says so in English, too", async () => {
	await speak("en");
	set("111111");
	expect(said()).toEqual([expect.stringContaining("easy to guess")]);
	await speak("ru");
});

it("takes one that is none of these, once they were refused", async () => {
	set("111111");
	set("112233");
	expect(said()).toEqual([]);
	await vi.waitFor(() => expect(closed).toHaveBeenCalled(), 15_000);
	expect(engine.protection?.pinUntil ?? null).not.toBeNull();
});
