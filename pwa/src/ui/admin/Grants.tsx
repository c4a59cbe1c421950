/** Who holds which right, from when to when, and why. Read only. */

import { createMemo, For, type JSX, Show } from "solid-js";
import type { View } from "../../engine/types";
import { dayAfter } from "../../rules/days";
import { useRows, useToday } from "../context";
import { Nothing } from "../parts/Nothing";
import { Pill } from "../parts/Pill";
import { admin } from "../phrases/admin";
import { capital, dayText } from "../phrases/format";
import { shell } from "../phrases/shell";
import { usePeople } from "../reading/names";

const ROLES = ["director", "deputy_head", "admin", "class_teacher", "observer"];

export function Grants(): JSX.Element {
	const rows = useRows("grant", "school");
	const classes = useRows("class", "school");
	const people = usePeople();
	const today = useToday();
	const className = (grant: View<"grant">): string => classes().get(grant.values.target ?? "")?.values.name ?? "";
	const groups = createMemo(() =>
		ROLES.map((role) => ({
			role,
			grants: [...rows().values()]
				.filter((g) => g.values.role === role)
				.sort(
					(a, b) =>
						className(a).localeCompare(className(b), "ru", { numeric: true }) ||
						people.full(a.values.person).localeCompare(people.full(b.values.person), "ru"),
				),
		})).filter((group) => group.grants.length > 0),
	);
	const span = ({ starts, ends }: View<"grant">["values"]): string => {
		const from = starts ? admin().from(dayText(starts, "dated")) : "";
		const until = ends ? admin().until(dayText(dayAfter(ends, -1), "dated")) : admin().noEnd;
		return [from, until].filter(Boolean).join(" ");
	};
	const ended = ({ values }: View<"grant">): boolean => !!values.ends && values.ends <= today();
	const future = ({ values }: View<"grant">): boolean => !!values.starts && values.starts > today();
	return (
		<Show when={groups().length > 0} fallback={<Nothing icon="me" title={admin().noGrants} />}>
			<p class="soft">{admin().grantsNote}</p>
			<For each={groups()}>
				{(group) => (
					<section class="sheet" aria-label={capital(shell().roles[group.role] ?? "")}>
						<h2>
							{capital(shell().roles[group.role] ?? "")} <small>{group.grants.length}</small>
						</h2>
						<ul class="grants">
							<For each={group.grants}>
								{(grant) => (
									<li classList={{ ended: ended(grant) }}>
										<b>{[people.full(grant.values.person), className(grant)].filter(Boolean).join(" · ")}</b>
										<span class="soft">{span(grant.values)}</span>
										<Show when={grant.values.reason}>{(reason) => <small>{reason()}</small>}</Show>
										<Show when={ended(grant)}>
											<Pill tone="plain">{admin().grantEnded}</Pill>
										</Show>
										<Show when={future(grant)}>
											<Pill tone="info">{admin().grantFuture}</Pill>
										</Show>
									</li>
								)}
							</For>
						</ul>
					</section>
				)}
			</For>
		</Show>
	);
}
