/**
 * Line: what speaks with the server, in one piece. Nothing of it is needed to show a lesson or to write a mark, so it
 * is fetched after the first paint: import it with `import()` alone.
 */

export { lockedFor } from "./holders";
export { Live } from "./live";
export { Round } from "./round";
export { Sync } from "./sync";
export { ask } from "./wire";
