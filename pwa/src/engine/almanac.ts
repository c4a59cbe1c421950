/**
 * Almanac: what follows from the school's own records as they are held here: the facts that the rules read, today's
 * date, and the lessons of a journal. Made when asked for, kept until a scope it rests on changes.
 */

import type { KindName } from "../generated/model";
import { approves } from "../rules/approvals";
import { dayOf } from "../rules/days";
import { type Deadline, deadlineOf } from "../rules/deadlines";
import { Facts, type Values } from "../rules/facts";
import { form } from "../rules/form";
import { kindOf } from "../rules/record";
import { judge } from "../rules/rules";
import { type LessonPlace, lessonsBetween, type Timetable } from "../rules/timetable";
import type { Holding } from "./holding";
import type { Projection } from "./project";
import type { Decision, Entry, View } from "./types";

const FACTUAL = /^(school|office|class:.*)$/;

export class Almanac {
	private readonly held: Holding;
	private readonly shown: Projection;
	private known: Facts | null = null;
	private year: Pick<Timetable, "breaks" | "terms" | "bells"> | null = null;

	constructor(held: Holding, shown: Projection) {
		this.held = held;
		this.shown = shown;
	}

	/** These scopes have changed. */
	forget(scopes: ReadonlySet<string>): void {
		for (const scope of scopes) if (FACTUAL.test(scope)) this.known = null;
		if (scopes.has("school")) this.year = null;
	}

	/** The facts as confirmed: the rules don't believe what only this tablet says. */
	get facts(): Facts {
		if (this.known) return this.known;
		const facts = new Facts();
		for (const name of Object.keys(this.held.cursors)) {
			const scope = FACTUAL.test(name) ? this.held.scope(name) : null;
			if (!scope) continue;
			for (const kind of scope.kindNames()) {
				if (!kindOf(kind)?.fact) continue;
				const cells = Object.keys(kindOf(kind)?.cells ?? {});
				for (const key of scope.keys(kind)) {
					const row = scope.get(kind, key);
					facts.put(kind, key, Object.fromEntries(cells.map((cell) => [cell, row?.value(cell) ?? null])));
				}
			}
		}
		this.known = facts;
		return facts;
	}

	today(moment: number): string {
		return dayOf(moment, this.facts.timezone ?? this.zoneOfBulletin());
	}

	/** A family holds no record of the school; its class's bulletin says the zone. */
	private zoneOfBulletin(): string | null {
		for (const name of Object.keys(this.held.cursors)) {
			if (!name.startsWith("bulletin:")) continue;
			for (const { values } of this.rows("bulletin", name)) if (values.timezone) return values.timezone;
		}
		return null;
	}

	/** What the server would say of the entry, were it written and sent now. */
	check(entry: Entry, now: number): Decision {
		const found = this.read(entry);
		if (typeof found === "string") return { verdict: "refused", reason: found, detail: {} };
		const { verdict, reason, detail } = judge({ ...found, arrived: now }, this.facts, {
			after: now - 1,
			before: now,
			written: now,
			consistent: true,
		});
		return { verdict, reason, detail };
	}

	/** Until when the entry, written at `written` and unsent, must arrive; null: no hurry is known. */
	deadline(entry: Entry, written: number, now: number): Deadline | null {
		const found = this.read(entry);
		return typeof found === "string" ? null : deadlineOf(found, written, now, this.facts);
	}

	private read(entry: Entry) {
		const found = form(entry);
		if (typeof found === "string") return found;
		const valuesOf = (kind: KindName, key: string) => (this.shown.row(kind, key)?.values ?? {}) as unknown as Values;
		const values = valuesOf(entry.kind, entry.key);
		const target = approves(entry.kind, entry.set, values, (key) => valuesOf("matter", key));
		return { op: entry, ...found, person: this.held.person, values, approves: target };
	}

	lessons(journal: string, from: string, until: string): readonly LessonPlace[] {
		const scope = `journal:${journal}`;
		const slots: Timetable["slots"][number][] = [];
		for (const { parts, values } of this.rows("slot", scope)) {
			const { weekday, number, starts = "" } = parts;
			const { ends, room } = values;
			slots.push({ weekday: Number(weekday), number: Number(number), starts, ends, room });
		}
		const recorded = this.rows("lesson", scope).map(({ parts: { date = "", number } }) => ({
			date,
			number: Number(number),
		}));
		this.year ??= this.yearNow();
		return lessonsBetween(journal, from, until, { ...this.year, slots, recorded });
	}

	private yearNow(): Pick<Timetable, "breaks" | "terms" | "bells"> {
		const span = ({ starts, ends }: { starts: string | null; ends: string | null }) => ({
			starts: starts ?? "9999",
			ends: ends ?? "",
		});
		return {
			breaks: this.rows("break", "school").map(({ values }) => span(values)),
			terms: this.rows("term", "school").map(({ key, values }) => ({ term: key, ...span(values) })),
			bells: new Map(this.rows("bell", "school").map(({ key, values }) => [Number(key), values])),
		};
	}

	private rows<K extends KindName>(kind: K, scope: string): View<K>[] {
		return [...(this.shown.rows(kind, scope) as ReadonlyMap<string, View<K>>).values()];
	}
}
