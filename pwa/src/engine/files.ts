/**
 * Files: what a tablet could not send, as a *.zvonok file (or the text of a QR code) that any tablet brings to the server.
 *
 * Holds always: a file tells nobody what was written: it names the school, the device and numbers, the rest is sealed.
 */

import type { Parcel } from "../generated/messages";
import { carry, standingOf, waiting } from "./courier";
import { batchOf } from "./parcels";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import { type Brought, EngineError } from "./types";
import { isRecord } from "./wire";

/** What a tablet writes into a *.zvonok file. */
interface ParcelFile {
	readonly zvonok: 1;
	readonly school: string;
	readonly device: string;
	/** Of the tablet. */
	readonly name: string;
	readonly made: number;
	readonly parcels: readonly Parcel[];
}

/** The text of a file with all that waits; null when nothing does. */
export async function packed(around: Surroundings, store: Store, school: string): Promise<string | null> {
	const standing = await standingOf(store);
	const parcels = await waiting(store, standing);
	if (!parcels.length) return null;
	const { device } = standing;
	const file: ParcelFile = { zvonok: 1, school, device, name: around.name, made: Math.round(around.now()), parcels };
	return JSON.stringify(file);
}

/** Brings what a file holds. Throws EngineError. */
export async function bring(around: Surroundings, text: string): Promise<Brought> {
	const { school, device, name, parcels } = readFile(text);
	const held = Math.max(...parcels.map((parcel) => parcel[0]));
	const refused = new Set<number>();
	let missing = 0;
	for (let rest = [...parcels]; rest.length; ) {
		const batch = batchOf(rest);
		const carried = await carry(around, school, device, held, batch);
		if (!carried.ok) throw new EngineError(carried.trouble, carried.retryAfter);
		for (const n of carried.receipts.refused) refused.add(n);
		missing = carried.receipts.missing;
		rest = rest.slice(batch.length);
	}
	return { tablet: name, parcels: parcels.length, refused: [...refused], missing };
}

function readFile(text: string): ParcelFile {
	let read: unknown;
	try {
		read = JSON.parse(text);
	} catch {
		throw new EngineError("bad_file");
	}
	if (!isRecord(read) || read.zvonok !== 1 || !Array.isArray(read.parcels) || !read.parcels.length)
		throw new EngineError("bad_file");
	const texts = [read.school, read.device, read.name].every((part) => typeof part === "string" && part !== "");
	if (!texts || !read.parcels.every(isParcel)) throw new EngineError("bad_file");
	return read as unknown as ParcelFile;
}

function isParcel(value: unknown): value is Parcel {
	if (!Array.isArray(value) || value.length !== 4) return false;
	const [n, ...texts] = value;
	return Number.isSafeInteger(n) && n > 0 && texts.every((part) => typeof part === "string");
}
