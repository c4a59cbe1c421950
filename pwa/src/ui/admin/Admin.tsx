/** The admin's screens: the board, terms and their locks, settings of the school, rights. */

import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import type { ScreenProps } from "../App";
import { useSession } from "../context";
import { EmptyState } from "../parts/EmptyState";
import { Page } from "../parts/Page";
import { Tabs } from "../parts/Tabs";
import { admin } from "../phrases/admin";
import { useSettings } from "../reading/school";
import "./admin.css";
import { Board } from "./Board";
import { Grants } from "./Grants";
import { Settings } from "./Settings";
import { Terms } from "./Terms";

const VIEWS = ["", "terms", "settings", "grants"] as const;

export default function Admin(props: ScreenProps): JSX.Element {
	const session = useSession();
	const school = useSettings();
	const view = createMemo(() => VIEWS.find((v) => v === props.params.rest) ?? "");
	const href = (name: string): string => (name === "" ? "/admin" : `/admin/${name}`);
	return (
		<Page
			title={admin().title}
			subtitle={school().name}
			tabs={
				<Tabs
					label={admin().views}
					tabs={VIEWS.map((name) => ({ href: href(name), label: admin().tabs[name] }))}
					current={href(view())}
				/>
			}
		>
			<Show
				when={session().roles.includes("admin")}
				fallback={<EmptyState icon="lock" title={admin().notYours} text={admin().notYoursText} />}
			>
				<Switch fallback={<Board />}>
					<Match when={view() === "terms"}>
						<Terms />
					</Match>
					<Match when={view() === "settings"}>
						<Settings />
					</Match>
					<Match when={view() === "grants"}>
						<Grants />
					</Match>
				</Switch>
			</Show>
		</Page>
	);
}
