/**
 * Rooms: which modules share a file. Many small files pack worse than a few, by a tenth of all that a tablet keeps; one
 * single file would send a teacher who opens the day the whole app.
 *
 * A module goes to the first room that names it or that needs it. What no room names or needs is left to the bundler: the
 * office, the class, the diary and English stay apart, for those who open them (`precache.ts`).
 */

const ROOMS: Readonly<Record<string, RegExp>> = {
	// What every page needs before its screen, and what every screen of the staff reads.
	app: /\/src\/(engine\/engine|ui\/(App|theme|typing|lock\/shutting|parts\/(Page|Segmented)|reading\/(?!grounds|targets|tallies|mine)\w+|phrases\/(ru\/)?(field|shell)))\.tsx?$/,
	// The journal says in its own words why it can't be shown: no need to wait there for what other pages say.
	parts: /\/ui\/parts\/(?!Nothing)/,
	nothing: /\/ui\/parts\/Nothing/,
	journal: /\/ui\/journal\/Journal\.tsx$/,
	// What follows the first screen, what speaks with the server among it.
	after:
		/\/(ui\/(Update|NoStore|Lost|attention\/warnings|search\/recent|journal\/(Strip|many|telling))\.tsx?|engine\/(line|sign-in|files|lock|turning)\.ts)$/,
	today: /\/ui\/today\/Today\.tsx$/,
	"sign-in": /\/ui\/SignIn\.tsx$/,
	lock: /\/ui\/lock\//,
	// What a teacher opens from there. Office screens that show an entry under attention take it along.
	later: /\/ui\/(lesson|journal|terms|pupil|today|search|attention|me|install|carry|NotKept)[/.]/,
};

/** As the bundler takes them: the higher priority goes first. */
export const rooms = Object.entries(ROOMS).map(([name, test], i, { length }) => ({ name, test, priority: length - i }));
