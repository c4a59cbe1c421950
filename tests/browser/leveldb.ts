/**
 * What a LevelDB of Chromium holds, laid open to a search: IndexedDB, localStorage, Cache Storage's index.
 *
 * Three things hide a text in such files. Tables (.ldb) keep their blocks compressed by Snappy, which may write a name as
 * two references to earlier bytes, and keys without what they share with the key before. Logs (.log) cut a record at
 * every 32 KB. And Chromium compresses a large IndexedDB value by Snappy once more before it is written.
 * Layout: LevelDB's doc/table_format.md and doc/log_format.md.
 */

import { uncompress } from "snappyjs";

const BLOCK = 32_768;
const HEADER = 7;
const FOOTER = 48;
const MAGIC = Buffer.from("57fb808b247547db", "hex");
const SNAPPY = 1;
/** A batch begins with its sequence number and how many keys it writes. */
const BATCH_HEADER = 12;
const DELETION = 0;
/** What stands before an IndexedDB value that Chromium has compressed. */
const COMPRESSED = Buffer.from([0xff, 0x11, 0x02]);
const LARGEST = 64 * 1024 * 1024;

/** Every key and every value of a table. A file that ends otherwise than a table was never finished: it has none. */
export function tabled(table: Buffer): Buffer[] {
	const footer = table.subarray(-FOOTER);
	if (!footer.subarray(-MAGIC.length).equals(MAGIC)) return [];
	const index = entries(block(table, footer, varint(footer, varint(footer, 0).next).next));
	return index.flatMap(([, handle]) => entries(block(table, handle, 0)).flat());
}

/** Every key and every value of a log, its records put together from their pieces. */
export function logged(log: Buffer): Buffer[] {
	const found: Buffer[] = [];
	let pieces: Buffer[] = [];
	for (let at = 0; at + HEADER <= log.length; ) {
		const room = BLOCK - (at % BLOCK);
		const size = room < HEADER ? 0 : log.readUInt16LE(at + 4);
		const type = room < HEADER ? 0 : log.readUInt8(at + 6);
		if (type === 0) {
			at += room;
			continue;
		}
		// 1 whole, 2 first, 3 middle, 4 last.
		if (type < 3) pieces = [];
		pieces.push(log.subarray(at + HEADER, at + HEADER + size));
		if (type === 1 || type === 4) found.push(...written(Buffer.concat(pieces)));
		at += HEADER + size;
	}
	return found;
}

/** A value of IndexedDB, or a file of its own in which it lies, as it was before Chromium compressed it. */
export function unwrapped(value: Buffer): Buffer[] {
	// Before it stands at most the value's version.
	const at = value.subarray(0, 16).indexOf(COMPRESSED);
	return at < 0 ? [] : [Buffer.from(uncompress(value.subarray(at + COMPRESSED.length), LARGEST))];
}

/** The keys and values of one batch of a log. */
function written(batch: Buffer): Buffer[] {
	const found: Buffer[] = [];
	for (let at = BATCH_HEADER; at < batch.length; ) {
		const parts = batch[at++] === DELETION ? 1 : 2;
		for (let i = 0; i < parts; i++) {
			const { value: size, next } = varint(batch, at);
			at = next + size;
			found.push(batch.subarray(next, at));
		}
	}
	return found;
}

/** The block of a table to which a handle (offset, size) leads. */
function block(table: Buffer, handle: Buffer, at: number): Buffer {
	const offset = varint(handle, at);
	const end = offset.value + varint(handle, offset.next).value;
	const bytes = table.subarray(offset.value, end);
	return table[end] === SNAPPY ? Buffer.from(uncompress(bytes, LARGEST)) : bytes;
}

/** Keys and values of a block. After the entries come the restart points. */
function entries(bytes: Buffer): [key: Buffer, value: Buffer][] {
	const end = bytes.length - 4 - 4 * bytes.readUInt32LE(bytes.length - 4);
	const found: [Buffer, Buffer][] = [];
	let key: Buffer = Buffer.alloc(0);
	for (let at = 0; at < end; ) {
		const shared = varint(bytes, at);
		const own = varint(bytes, shared.next);
		const size = varint(bytes, own.next);
		const start = size.next + own.value;
		key = Buffer.concat([key.subarray(0, shared.value), bytes.subarray(size.next, start)]);
		at = start + size.value;
		found.push([key, bytes.subarray(start, at)]);
	}
	return found;
}

function varint(bytes: Buffer, at: number): { value: number; next: number } {
	let value = 0;
	for (let i = at, scale = 1; ; i++, scale *= 128) {
		const byte = bytes.readUInt8(i);
		value += (byte % 128) * scale;
		if (byte < 128) return { value, next: i + 1 };
	}
}
