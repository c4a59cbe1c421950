/**
 * Line: what speaks with the server, in one piece. Nothing of it is needed to show a lesson or to write a mark, so it
 * is fetched after the first paint: import it with `import()` alone.
 */

export { Exchange } from "./exchange";
export { lockedFor } from "./holders";
export { Round } from "./round";
export { ask } from "./wire";
