/** The part of the engine that seals and brings; null where the engine has none. */

import type { Engine, Locking } from "../../engine/types";

export function carrierOf(engine: Engine): Pick<Locking, "exportParcels" | "importParcels"> | null {
	return "exportParcels" in engine ? (engine as Engine & Locking) : null;
}
