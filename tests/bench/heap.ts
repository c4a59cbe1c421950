/** What the page holds in memory once nothing is left to collect. */

import type { CDPSession } from "@playwright/test";

const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** JavaScript's heap, and beside it what its objects hold of the page. */
export async function heapOf(cdp: CDPSession): Promise<string> {
	// The second finds what finalisers of the first let go.
	for (let i = 0; i < 2; i += 1) await cdp.send("HeapProfiler.collectGarbage");
	const used = (await cdp.send("Runtime.getHeapUsage")) as Record<string, number>;
	const { usedSize = Number.NaN, embedderHeapUsedSize = Number.NaN, backingStorageSize = Number.NaN } = used;
	return `${mb(usedSize)} MB; elements ${mb(embedderHeapUsedSize)}, buffers ${mb(backingStorageSize)}`;
}
