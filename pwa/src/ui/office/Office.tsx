/** The office of the deputy head and the director: decisions, journals by class, unfilled lessons, substitutions. */

import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import type { ScreenProps } from "../App";
import { useMatters, useSession } from "../context";
import { EmptyState } from "../parts/EmptyState";
import { Page } from "../parts/Page";
import { Tabs } from "../parts/Tabs";
import { office } from "../phrases/office";
import { useSettings } from "../reading/school";
import { useClassName } from "../tutor/own";
import { Classes, ClassPage } from "./Classes";
import { Decisions } from "./Decisions";
import { queueOf } from "./queue";
import { Substitutions } from "./Substitutions";
import { UnfilledHere } from "./Unfilled";
import "../attention/attention.css";
import "./office.css";

const VIEWS = ["", "classes", "unfilled", "substitutions"] as const;

export default function Office(props: ScreenProps): JSX.Element {
	const session = useSession();
	const school = useSettings();
	const matters = useMatters();
	const waiting = createMemo(() => queueOf(matters()).waiting.length);
	const rest = (): string => props.params.rest ?? "";
	const classId = (): string => (rest().startsWith("class/") ? rest().slice("class/".length) : "");
	const className = useClassName(classId);
	const view = createMemo(() => (classId() ? "classes" : (VIEWS.find((v) => v === rest()) ?? "")));
	const href = (name: string): string => (name === "" ? "/office" : `/office/${name}`);
	const isDeputy = (): boolean => session().roles.includes("deputy_head");
	const allowed = (): boolean => session().roles.some((role) => role === "deputy_head" || role === "director");
	return (
		<Page
			title={classId() ? office().classTitle(className()) : isDeputy() ? office().title : office().titleDirector}
			subtitle={school().name}
			backTo={classId() ? "/office/classes" : undefined}
			tabs={
				<Tabs
					label={office().views}
					tabs={VIEWS.map((name) => ({
						href: href(name),
						label: office().tabs[name],
						badge: name === "" ? waiting() : undefined,
					}))}
					current={href(view())}
				/>
			}
		>
			<Show when={allowed()} fallback={<EmptyState icon="lock" title={office().notYours} />}>
				<Switch fallback={<Decisions />}>
					<Match when={classId()}>{(id) => <ClassPage classId={id()} />}</Match>
					<Match when={view() === "classes"}>
						<Classes />
					</Match>
					<Match when={view() === "unfilled"}>
						<UnfilledHere />
					</Match>
					<Match when={view() === "substitutions"}>
						<Substitutions />
					</Match>
				</Switch>
			</Show>
		</Page>
	);
}
