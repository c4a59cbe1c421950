/** Parts of the engine that are measured alone: reading an answer, a journal at rest, stretching a secret. */

export { stretched } from "../../pwa/src/engine/argon2.ts";
export { Case } from "../../pwa/src/engine/case.ts";
export { type Packed, Scope } from "../../pwa/src/engine/scopes.ts";
export { Store } from "../../pwa/src/engine/store.ts";
export { readSync } from "../../pwa/src/engine/wire.ts";
