/** Argon2id as a secret of this tablet is stretched. Only the worker loads it, and the tests. */

import { argon2id } from "hash-wasm";

/** 19 MiB, two passes: OWASP's least, and what a school tablet does within a second. */
const COST = { parallelism: 1, iterations: 2, memorySize: 19 * 1024, hashLength: 32, outputType: "binary" } as const;

/** 32 bytes. Throws where the memory can't be had or the page may not run WebAssembly. */
export async function stretched(secret: string, salt: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await argon2id({ password: secret, salt, ...COST }));
}
