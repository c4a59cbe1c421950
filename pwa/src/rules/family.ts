/** Who is of a family, and nobody of the staff: what they may see is theirs, and their case opens without a secret. */

const FAMILY: ReadonlySet<string> = new Set(["parent", "pupil"]);

/** A parent or a pupil, and nobody of the staff. */
export function isFamily({ roles }: { readonly roles: readonly string[] }): boolean {
	return roles.length > 0 && roles.every((role) => FAMILY.has(role));
}
