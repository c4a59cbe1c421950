/** Argon2id beside the page, so that nothing freezes while a secret is stretched. One question, one answer. */

import { stretched } from "./argon2";

globalThis.onmessage = ({ data }: MessageEvent<{ secret: string; salt: Uint8Array }>) => {
	stretched(data.secret, data.salt).then(
		(bytes) => globalThis.postMessage(bytes),
		() => globalThis.postMessage(null),
	);
};
