/**
 * Pass: what a request shows beside its cookie, which no script can read: whose device it is for, and a proof that the
 * device's key is open. On a shared tablet the cookies of several people lie side by side; without the key, which lies
 * sealed until its person unlocks it, nobody can ask in their name.
 */

import { base64, bytesOf } from "./parcels";
import type { Session } from "./types";

export interface Pass {
	readonly device: string;
	/** Empty: at a sign-in, and where the server has given no key. */
	readonly proof: string;
}

const HMAC = { name: "HMAC", hash: "SHA-256" } as const;

/** The pass of a session, under the key that the server gave its device. */
export async function passOf({ subtle }: Crypto, { device, mac }: Pick<Session, "device" | "mac">): Promise<Pass> {
	if (!mac) return { device, proof: "" };
	const key = await subtle.importKey("raw", bytesOf(mac), HMAC, false, ["sign"]);
	const proof = await subtle.sign(HMAC, key, new TextEncoder().encode("zvonok session 1"));
	return { device, proof: base64(new Uint8Array(proof)) };
}

/** Who has no session yet, but maybe the identity of an earlier one. */
export function newcomer(device: string): Pass {
	return { device: device || "new", proof: "" };
}

export function headersOf(pass: Pass | null): Readonly<Record<string, string>> {
	return pass ? { "zvonok-device": pass.device, "zvonok-proof": pass.proof } : {};
}

/** As the end of an address, where a browser can set no header. */
export function queryOf({ device, proof }: Pass): string {
	return `?${new URLSearchParams({ device, proof })}`;
}
