/**
 * Tally: how many entries this tablet gave numbers to and how many the server has received, kept outside the store.
 *
 * A browser that throws the store away, or a person who clears it, takes entries with it and leaves a tablet that looks
 * new. The tally lies beside the store, twice (local storage and a cookie, which browsers clear by different rules), so
 * that the next start can say what is gone, by number.
 *
 * Holds always:
 * 1. No personal data: a device's name as the server gave it, and two numbers.
 * 2. Numbers only grow; two tabs can't take them back.
 * 3. Of entries that went the tablet says so until a person has read it.
 */

/** Where the tally lies. Each may be missing, forbidden or cleared. */
export interface Keepsakes {
	read(): readonly string[];
	write(text: string): void;
}

/** `given`: the highest number; `known`: up to here the server has them; `lost`: the store with the rest is gone. */
interface Line {
	readonly device: string;
	readonly given: number;
	readonly known: number;
	readonly lost: boolean;
}

/** Entries that are gone: numbers `from` to `to`, both gone. */
export interface Gap {
	readonly device: string;
	readonly from: number;
	readonly to: number;
}

const KEPT = 8; // devices: a cookie is small

export class Tally {
	private readonly around: Keepsakes;
	private last = "";
	private found: readonly Gap[] | null = null;

	constructor(around: Keepsakes) {
		this.around = around;
	}

	/** What a store holds now. */
	note(device: string, given: number, known: number): void {
		if (!device) return;
		const signature = `${device} ${given} ${known}`;
		if (signature === this.last) return;
		this.last = signature;
		const before = this.lines().find((line) => line.device === device);
		this.put({
			device,
			given: Math.max(given, before?.given ?? 0),
			known: Math.max(known, before?.known ?? 0),
			lost: false,
		});
	}

	/** The store took another identity: what it held goes on under that one. */
	drop(device: string): void {
		this.last = "";
		this.write(this.lines().filter((line) => line.device !== device || line.lost));
	}

	/** There is no store any more: whatever was not received is gone. */
	wiped(): void {
		this.write(this.lines().map((line) => ({ ...line, lost: line.given > line.known })));
	}

	/** The server knows better what it has received. */
	settle(device: string, known: number): void {
		const line = this.lines().find((one) => one.device === device);
		if (line) this.put({ ...line, known: Math.max(known, line.known), lost: line.given > known });
	}

	/** A person has read what is gone. */
	acknowledge(): void {
		this.write(this.lines().filter((line) => !line.lost));
	}

	/** What is gone and was not yet acknowledged by a person. */
	gaps(): readonly Gap[] {
		this.found ??= gapsOf(this.lines());
		return this.found;
	}

	private put(line: Line): void {
		this.write([line, ...this.lines().filter((other) => other.device !== line.device)]);
	}

	private lines(): Line[] {
		const found = new Map<string, Line>();
		for (const line of this.around.read().flatMap(parse)) {
			const other = found.get(line.device);
			found.set(line.device, {
				...line,
				given: Math.max(line.given, other?.given ?? 0),
				known: Math.max(line.known, other?.known ?? 0),
				lost: line.lost || (other?.lost ?? false),
			});
		}
		return [...found.values()];
	}

	private write(lines: readonly Line[]): void {
		this.found = gapsOf(lines);
		this.around.write(
			lines
				.filter((line) => line.given > 0)
				.slice(0, KEPT)
				.map(({ device, given, known, lost }) => `${device}.${given}.${known}${lost ? ".lost" : ""}`)
				.join("!"),
		);
	}
}

function gapsOf(lines: readonly Line[]): Gap[] {
	return lines.flatMap(({ device, given, known, lost }) =>
		lost && given > known ? [{ device, from: known + 1, to: given }] : [],
	);
}

function parse(text: string): Line[] {
	return text.split("!").flatMap((part) => {
		const found = /^([\w-]{1,64})\.(\d{1,12})\.(\d{1,12})(\.lost)?$/.exec(part);
		if (!found) return [];
		const [, device = "", given, known, lost] = found;
		return [{ device, given: Number(given), known: Number(known), lost: lost !== undefined }];
	});
}

const NAME = "zvonok-tally";
const YEAR = 365 * 86_400; // seconds

/** The browser's own. */
export function keepsakesOfBrowser(): Keepsakes {
	return {
		read() {
			const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${NAME}=`));
			let stored = "";
			try {
				stored = localStorage.getItem(NAME) ?? "";
			} catch {
				// Forbidden: the cookie may do.
			}
			return [stored, cookie?.slice(NAME.length + 1) ?? ""];
		},
		write(text) {
			try {
				localStorage.setItem(NAME, text);
			} catch {
				// Full or forbidden: the cookie may do.
			}
			const secure = location.protocol === "https:" ? "; secure" : "";
			// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in Safari 15 nor in old Chromium.
			document.cookie = `${NAME}=${text}; path=/; max-age=${YEAR}; samesite=strict${secure}`;
		},
	};
}
