/**
 * Stylesheets: what a page looks like does not depend on where one has been.
 *
 * A stylesheet that comes with a page stays when the page goes. So no rule of it may fit what another page draws: of each
 * part that is fetched by itself, the classes it names are held against the rules of all that it does not bring along.
 */

import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SRC = "src/"; // vitest runs where its settings are
const texts = new Map(
	readdirSync(SRC, { recursive: true, encoding: "utf8" })
		.filter((path) => /\.(tsx?|css)$/.test(path))
		.map((path) => [path, readFileSync(SRC + path, "utf8").replace(/\/\*.*?\*\/|(^|\s)\/\/ [^\n]*/gs, "$1")]),
);

function resolved(from: string, to: string): string {
	const parts = from.split("/").slice(0, -1);
	for (const part of to.split("/")) {
		if (part === "..") parts.pop();
		else if (part !== ".") parts.push(part);
	}
	const path = parts.join("/");
	const found = [path, `${path}.ts`, `${path}.tsx`].find((name) => texts.has(name));
	if (found === undefined) throw new Error(`${from}: no ${to}`);
	return found;
}
const named = (path: string, how: RegExp): string[] =>
	[...(texts.get(path) ?? "").matchAll(how)].map(([, to = ""]) => resolved(path, to));
const STATIC = /^(?:import|export|@import)\s(?!type\b)[^;"]*"(\.[^"]+)";/gms;
const ASKED = /\bimport\("(\.[^"]+)"\)/g;

/** All that comes with it, itself too; what comes later as well when `asked`. */
function closure(root: string, asked: boolean): Set<string> {
	const found = new Set([root]);
	for (const path of found)
		for (const next of [...named(path, STATIC), ...(asked ? named(path, ASKED) : [])]) found.add(next);
	return found;
}

/** The classes that a file writes out; those it puts together of parts are passed by. */
function classesIn(path: string): string[] {
	const text = texts.get(path) ?? "";
	const given = text.matchAll(/\bclass(List)?=(?:"([^"]*)"|\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\})/g);
	return [...given].flatMap(([, list, plain, code = ""]) => {
		const keys = list ? [...code.matchAll(/([\w-]+)"?:/g)].map(([, key = ""]) => key) : [];
		const literals = list
			? []
			: [...code.replace(/\$\{[^}]*\}/g, "").matchAll(/["`]([^"`]*)["`]/g)].map(([, of = ""]) => of);
		return [plain ?? "", ...keys, ...literals].flatMap((words) => words.split(/\s+/)).filter(Boolean);
	});
}

/** Each selector of a stylesheet as the classes that it wants. */
function rulesOf(path: string): { selector: string; classes: string[] }[] {
	const text = (texts.get(path) ?? "").replace(
		/@import[^;]*;|@(font-face|page|keyframes)\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g,
		"",
	);
	return [...text.matchAll(/([^{};]+)\{/g)]
		.map(([, selector = ""]) => selector.trim())
		.filter((selector) => selector !== "" && !selector.startsWith("@"))
		.flatMap((selector) => selector.replace(/:not\([^)]*\)/g, "").split(/,(?![^(]*\))/))
		.map((selector) => ({
			selector: selector.trim(),
			classes: [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = ""]) => name),
		}));
}

const first = closure("main.tsx", false);
const pages = named("ui/App.tsx", ASKED).filter((path) => !first.has(path));
const sheets = [...texts.keys()].filter((path) => path.endsWith(".css") && !first.has(path));

it("of a page fit nothing that another page draws", () => {
	expect(pages.length).toBeGreaterThan(15);
	expect(sheets.length).toBeGreaterThan(15);
	const troubles = new Set<string>();
	for (const page of pages) {
		const brought = closure(page, true);
		const drawn = new Set([...brought, ...first].flatMap(classesIn));
		for (const sheet of sheets.filter((path) => !brought.has(path)))
			for (const { selector, classes } of rulesOf(sheet))
				if (classes.length > 0 ? classes.every((name) => drawn.has(name)) : selector !== ":root")
					troubles.add(`${sheet}: ${selector} fits ${page}`);
	}
	expect([...troubles].sort().join("\n")).toBe("");
});
