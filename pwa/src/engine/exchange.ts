/**
 * Exchange: what a desk says to the server and takes in from it. It comes with the line, once the lesson is on the
 * screen.
 */

import type { Poke } from "../generated/messages";
import type { Desk } from "./desk";
import { Live } from "./live";
import type { Plan } from "./plan";
import { plead } from "./pleas";
import { type Ended, Sync } from "./sync";
import type { EngineTrouble, Status } from "./types";

const AFTER_POKE = 40; // ms

/** Nobody spoke for our server, or it was in no state to: nothing of the tablet's came to it, and no news came back. */
const UNHEARD: readonly (EngineTrouble | null)[] = ["offline", "not_our_server", "overloaded", "internal"];

export class Exchange {
	readonly live: Live;
	private readonly desk: Desk;
	private readonly sync: Sync;
	private pleading: Promise<unknown> = Promise.resolve();

	constructor(desk: Desk) {
		this.desk = desk;
		this.sync = new Sync(desk.around, desk.held, desk.clock, {
			took: (plan) => this.took(plan),
			forked: () => {
				desk.upkeep.tally();
				desk.renew();
				desk.tell({ say: "renamed" });
			},
			stuck: (items) => desk.changed(items),
			sending: (on) => desk.share({ sending: on }),
			reread: () => desk.renew(),
			arrived: (items) => desk.arrived(items),
		});
		this.live = new Live(
			desk.around,
			desk.held.school,
			() => desk.held.pass,
			(poke) => this.poked(poke),
			(over) => {
				desk.share({ live: this.live.proven });
				if (this.live.open || over) desk.loop.soon();
			},
		);
	}

	stop(): void {
		this.sync.stop();
		this.live.stop();
	}

	/** Once there and back. */
	async attempt(): Promise<Ended> {
		const { desk, live } = this;
		const { held } = desk;
		const { open } = live;
		let ended: Ended;
		try {
			ended = await this.sync.run();
		} catch (error) {
			// The tablet's own store refused: nothing was taken in, the server will be asked again.
			if (!desk.closed) desk.troubled(error);
			ended = { ok: false, trouble: null, retryAfter: null, rest: false };
		}
		if (ended.trouble === "revoked") desk.revoked();
		const signedOut = ended.rest && ended.trouble !== null;
		if (signedOut && !held.server.signedOut) await held.say({ signedOut }).catch(() => undefined);
		if (ended.ok) {
			live.proven = open && live.open;
			live.start();
			desk.share({ live: live.proven });
		}
		desk.quietly(desk.askToStay(false)); // how much room there is
		if (ended.rest) live.stop();
		else if (ended.trouble === "offline" || ended.trouble === "not_our_server") live.doubt();
		const reached = ended.ok || !UNHEARD.includes(ended.trouble);
		desk.tried({ reachable: ended.trouble || ended.ok ? reached : null, trouble: ended.trouble as Status["trouble"] });
		return ended;
	}

	private took(plan: Plan): void {
		const { desk } = this;
		const { shown } = desk;
		desk.upkeep.tally();
		const secured = plan.server.durable > 0 ? shown.secured() : [];
		shown.index();
		const scopes = shown.touch(plan.touched);
		for (const name of plan.swapped) for (const scope of shown.reset(name)) scopes.add(scope);
		for (const name of [...secured, ...plan.scopes.keys(), ...plan.dropped]) scopes.add(name);
		desk.shared = { ...desk.shared, healed: desk.shared.healed + plan.healed, sending: false };
		desk.tell({
			say: "taken",
			scopes: [...plan.scopes.keys(), ...plan.dropped],
			ops: plan.items.map((i) => i.op.n),
		});
		desk.say(scopes);
		this.pleading = this.pleading.then(() => plead(desk)).then((unasked) => unasked && desk.tellUnasked());
		desk.quietly(this.pleading);
		this.pleading = this.pleading.catch(() => undefined);
	}

	private poked(poke: Poke): void {
		const { desk, live } = this;
		const { cursors, server } = desk.held;
		// A scope that is not held may be new to this person; then rights have changed, and with them a scope that is.
		const news = Object.entries(poke.scopes).some(([scope, seq]) => seq > (cursors[scope]?.seq ?? seq));
		if (news) desk.loop.soon(AFTER_POKE);
		if (news || !live.proven || poke.durable_seq <= server.durable) return;
		desk.quietly(
			desk.held.say({ durable: poke.durable_seq }).then(() => {
				desk.tell({ say: "taken", scopes: [], ops: [] });
				desk.say(desk.shown.secured());
			}),
		);
	}
}
