/**
 * The folder of a closed Chromium profile, searched as somebody with the disk in hand would: every file, and the
 * tables of LevelDB (IndexedDB, localStorage) block by block, unpacked.
 *
 * A table's blocks are compressed with Snappy, which may write a name as two references to earlier bytes: a search of the
 * file as it lies would pass it by. Layout: LevelDB's doc/table_format.md.
 */

import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { uncompress } from "snappyjs";

const FOOTER = 48;
const MAGIC = Buffer.from("57fb808b247547db", "hex");
const SNAPPY = 1;

/** Files below the profile in which the text stands: as UTF-8, UTF-16LE, JSON escapes, or percent-encoded. */
export async function filesWith(profile: string, text: string): Promise<string[]> {
	const escaped = text.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
	const forms = [
		Buffer.from(text, "utf8"),
		Buffer.from(text, "utf16le"),
		Buffer.from(escaped),
		Buffer.from(encodeURIComponent(text)),
		Buffer.from(encodeURI(text)),
	];
	const found: string[] = [];
	for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const bytes = await readFile(path);
		const parts = entry.name.endsWith(".ldb") ? [bytes, ...blocks(bytes)] : [bytes];
		if (parts.some((part) => forms.some((form) => part.includes(form)))) found.push(relative(profile, path));
	}
	return found;
}

/** The data blocks of a table, unpacked. A file that ends otherwise than a table was never finished: it has none. */
export function blocks(table: Buffer): Buffer[] {
	const footer = table.subarray(-FOOTER);
	if (!footer.subarray(-MAGIC.length).equals(MAGIC)) return [];
	const index = handle(footer, handle(footer, 0).next);
	return handles(block(table, index)).map((at) => block(table, at));
}

interface Handle {
	readonly offset: number;
	readonly size: number;
	readonly next: number;
}

function block(table: Buffer, { offset, size }: Handle): Buffer {
	const bytes = table.subarray(offset, offset + size);
	return table[offset + size] === SNAPPY ? Buffer.from(uncompress(bytes)) : bytes;
}

/** The values of an index block: where each data block lies. After the entries come the restart points. */
function handles(index: Buffer): Handle[] {
	const end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
	const found: Handle[] = [];
	for (let at = 0; at < end; ) {
		const shared = varint(index, at);
		const rest = varint(index, shared.next);
		const value = varint(index, rest.next);
		const start = value.next + rest.value;
		found.push(handle(index, start));
		at = start + value.value;
	}
	return found;
}

function handle(bytes: Buffer, at: number): Handle {
	const offset = varint(bytes, at);
	const size = varint(bytes, offset.next);
	return { offset: offset.value, size: size.value, next: size.next };
}

function varint(bytes: Buffer, at: number): { value: number; next: number } {
	let value = 0;
	for (let i = at, scale = 1; ; i++, scale *= 128) {
		const byte = bytes.readUInt8(i);
		value += (byte % 128) * scale;
		if (byte < 128) return { value, next: i + 1 };
	}
}
