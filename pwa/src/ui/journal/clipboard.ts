/**
 * Blocks of cells as spreadsheets put them on the clipboard: a line for each row, a tab between cells.
 *
 * A cell with a tab, a line break or a quote in it stands in quotes, quotes in it doubled. The last line break ends the
 * last row and is no row of its own.
 */

/** The rows of a block; rows may differ in length. */
export function rowsOf(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let i = 0;
	while (i < text.length) {
		let cell = "";
		if (text[i] === '"' && closesAt(text, i) >= 0) {
			const end = closesAt(text, i);
			cell = text.slice(i + 1, end).replaceAll('""', '"');
			i = end + 1;
		} else {
			const from = i;
			while (i < text.length && !/[\t\r\n]/.test(text.charAt(i))) i += 1;
			cell = text.slice(from, i);
		}
		row.push(cell.trim());
		if (text[i] === "\t") {
			i += 1;
			if (i < text.length) continue;
			row.push("");
		}
		if (text[i] === "\r" && text[i + 1] === "\n") i += 1;
		i += 1;
		rows.push(row);
		row = [];
	}
	return rows;
}

/** Where the quoted cell that opens at `from` ends: a quote before a tab, a line break or the end. -1: it is no quoted cell. */
function closesAt(text: string, from: number): number {
	for (let i = from + 1; i < text.length; i += 1) {
		if (text[i] !== '"') continue;
		if (text[i + 1] === '"') i += 1;
		else return i + 1 === text.length || /[\t\r\n]/.test(text.charAt(i + 1)) ? i : -1;
	}
	return -1;
}

/** A block as text for a spreadsheet. */
export function textOfRows(rows: readonly (readonly string[])[]): string {
	const quoted = (cell: string): string => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
	return rows.map((row) => row.map(quoted).join("\t")).join("\n");
}
