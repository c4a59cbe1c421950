/**
 * A dump of a closed browser: every file of its profile, opened as far as its format hides what it holds, and a search
 * for texts in every form in which an app or a browser may have written them.
 *
 * What is not opened: the jar of cookies, which the browser seals by a key of the system.
 */

import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { inflateRawSync } from "node:zlib";
import { logged, tabled, unwrapped } from "./leveldb.ts";

export interface Kept {
	/** From the profile's folder. */
	readonly file: string;
	/** Its bytes as they lie, then what they hide. */
	readonly layers: readonly Buffer[];
}

/** Everything that a profile keeps on the disk. The browser must be closed. */
export async function dumpOf(profile: string): Promise<Kept[]> {
	const kept: Kept[] = [];
	for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const raw = await readFile(path);
		const held = rows(entry.name, raw);
		kept.push({
			file: relative(profile, path),
			layers: [raw, ...held, ...[raw, ...held].flatMap(unwrapped), ...unpacked(raw)],
		});
	}
	return kept;
}

/** The files in which a text (or raw bytes) stands, in any form. */
export function filesWith(dump: readonly Kept[], text: string | Buffer): string[] {
	const forms = formsOf(text);
	return dump
		.filter(({ layers }) => layers.some((layer) => forms.some((form) => layer.includes(form))))
		.map(({ file }) => file);
}

/** The forms in which a text may have been written: encodings, JSON's and addresses' escapes, base64. */
export function formsOf(text: string | Buffer): Buffer[] {
	if (typeof text !== "string") return [text, ...inBase64(text)];
	const escaped = text.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
	const upper = escaped.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`);
	const written = new Set([text, escaped, upper, encodeURIComponent(text), encodeURI(text)]);
	const plain = [...written].flatMap((form) => [Buffer.from(form, "utf8"), Buffer.from(form, "utf16le")]);
	// So IndexedDB writes its keys.
	plain.push(Buffer.from(text, "utf16le").swap16());
	return [...plain, ...inBase64(Buffer.from(text, "utf8")), ...inBase64(Buffer.from(text, "utf16le"))];
}

/** The keys and values of a file of LevelDB. Its own diary is text, and is called LOG. */
function rows(name: string, raw: Buffer): Buffer[] {
	if (name.endsWith(".ldb")) return tabled(raw);
	return /^\d+\.log$/.test(name) ? logged(raw) : [];
}

/** What a cache keeps as it came over the wire: gzip, with the cache's own record right behind it. */
function unpacked(bytes: Buffer): Buffer[] {
	const found: Buffer[] = [];
	// Deflate, no name, no comment: ten bytes of a head.
	const head = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
	for (let at = bytes.indexOf(head); at >= 0; at = bytes.indexOf(head, at + 1)) {
		try {
			found.push(inflateRawSync(bytes.subarray(at + 10)));
		} catch {
			// Four bytes of something else.
		}
	}
	return found;
}

/** Bytes somewhere inside of longer bytes in base64: as they look at each of three offsets, without the unsure ends. */
function inBase64(bytes: Buffer): Buffer[] {
	return [0, 1, 2].flatMap((offset) => {
		const code = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
		const sure = code.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
		const url = sure.replaceAll("+", "-").replaceAll("/", "_");
		return [sure, url].flatMap((form) => [Buffer.from(form, "latin1"), Buffer.from(form, "utf16le")]);
	});
}
