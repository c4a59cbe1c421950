/** English: the sign-in. */

import { count } from "../plural";
import type { EntryWords } from "../ru/entry";

const seconds = count("en", { one: "second", other: "seconds" });

const entry: EntryWords = {
	title: "Sign in to the journal",
	school: "School",
	login: "Login",
	password: "Password",
	enter: "Sign in",
	entering: "Signing in…",
	show: "Show the password",
	hide: "Hide the password",
	wrong: "The login or the password is wrong. Check the keyboard layout and try again.",
	tooMany: (n) => `Too many tries. Wait ${seconds(n)}.`,
	offline:
		"The server does not answer. The first sign-in on this tablet needs a connection; if you signed in before, your entries are still here.",
	stranger:
		"Somebody else answers in place of our server: the network probably wants a sign-in on its own page. Open that page and come back.",
	revoked: "The school has closed your access. If this is a mistake, tell the administrator.",
	failed: "The sign-in failed. Try again a little later.",
	demoTitle: "Demo school",
	demoNote: "These are demo passwords: anyone who opened this page knows them. A real school has no such buttons.",
	demoPassword: (password) => `Everybody's password: ${password}`,
	demoSignIn: (role, login) => `${role}, login ${login}`,
	again: "The session at the server has ended. Sign in again and the entries of this tablet will leave.",
	lead: "The journal works without a network too: no entry gets lost.",
};

export default entry;
