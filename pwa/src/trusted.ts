/**
 * Trusted Types: the page's one policy, "zvonok". The server's Content-Security-Policy knows no other name and demands
 * one for whatever makes markup or starts a script from a string.
 *
 * Holds always:
 * 1. Markup comes from Solid's own templates, which the compiler wrote: `build/trusted.ts` puts `templateHTML` there, and
 *    nobody else calls it.
 * 2. Only the app's own scripts are started: its service worker, and workers among its assets.
 * The policy itself leaves this module by no way.
 */

interface Policy {
	createHTML(html: string): string;
	createScriptURL(url: string): string;
}
interface Factory {
	createPolicy(name: string, rules: Policy): Policy;
}

/** Own workers: `/sw.js`, and what the build has put beside the app. */
function own(url: string): string {
	const { origin, pathname, href } = new URL(url, location.href);
	if (origin !== location.origin || !/^\/(sw\.js$|assets\/)/.test(pathname)) throw new TypeError(`${url} is not ours`);
	return href;
}

const rules: Policy = { createHTML: (html) => html, createScriptURL: own };
// A browser without Trusted Types takes the strings themselves, after the same look.
const policy = (globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy("zvonok", rules) ?? rules;

/** For Solid's templates alone. */
export function templateHTML(html: string): string {
	return policy.createHTML(html);
}

/** The address of an own worker, as `register` and `new Worker` want it; TypeError when it is not the app's own. */
export function workerURL(url: string | URL): string {
	return policy.createScriptURL(String(url));
}
