/**
 * The grid's keyboard, by the ARIA grid pattern with a journal's habits: typing overwrites, Enter goes down, Tab right.
 *
 * Tab leaves the grid at its last column and Shift+Tab at its first, so nobody is caught in it.
 */

import { letterOf } from "./cell";
import type { Grid } from "./grid";

const PAGE_ROWS = 10;

/** Handles a key; true when the grid took it. */
export function gridKey(grid: Grid, event: KeyboardEvent): boolean {
	grid.moveOn(); // whoever types quicker than the disk writes finds the next cell open
	const taken = grid.editing() === null ? onCell(grid, event) : onEditor(grid, event);
	if (taken) {
		event.preventDefault();
		event.stopPropagation();
	}
	return taken;
}

function onCell(grid: Grid, event: KeyboardEvent): boolean {
	const control = event.ctrlKey || event.metaKey;
	const { row, col } = grid.at();
	switch (event.key) {
		case "ArrowUp":
			grid.move(-1, 0, event.shiftKey);
			return true;
		case "ArrowDown":
			grid.move(1, 0, event.shiftKey);
			return true;
		case "ArrowLeft":
			grid.move(0, -1, event.shiftKey);
			return true;
		case "ArrowRight":
			grid.move(0, 1, event.shiftKey);
			return true;
		case "PageUp":
			grid.goTo({ row: Math.max(0, row - PAGE_ROWS), col }, event.shiftKey);
			return true;
		case "PageDown":
			grid.goTo({ row: row + PAGE_ROWS, col }, event.shiftKey);
			return true;
		case "Home":
			grid.goTo({ row: control ? 0 : row, col: 0 }, event.shiftKey);
			return true;
		case "End":
			grid.goTo({ row: control ? Number.MAX_SAFE_INTEGER : row, col: grid.lastCol() }, event.shiftKey);
			return true;
		case "Escape":
			if (grid.block() === null) return false;
			grid.single();
			return true;
		case "Enter":
			if (row < 0) return false; // a link to the lesson
			grid.move(event.shiftKey ? -1 : 1, 0);
			return true;
		case "Tab": {
			const next = col + (event.shiftKey ? -1 : 1);
			if (next < 0 || next > grid.lastCol()) return false;
			grid.goTo({ row, col: next });
			return true;
		}
		case "F2":
			if (event.shiftKey) {
				if (grid.commentTo() === undefined) grid.setCommenting(grid.target()?.kind === "lesson");
				else grid.comment();
				return true;
			}
			grid.begin("", "whole");
			return true;
		case "Delete":
		case "Backspace":
			grid.erase();
			return true;
		default:
			break;
	}
	if (control && !event.altKey) return shortcut(grid, event);
	if (event.altKey || row < 0) return false;
	const letter = letterOf(event.key);
	if (letter === null || letter === "/") {
		if ([...event.key].length === 1 && event.key.trim() !== "") grid.refuse(event.key);
		return false;
	}
	grid.begin(event.key, "typed");
	return true;
}

function shortcut(grid: Grid, event: KeyboardEvent): boolean {
	// By the place of the key too: on a Russian layout Ctrl+Z arrives as Ctrl+я.
	const undo = event.code === "KeyZ" || event.key.toLowerCase() === "z";
	const redo = event.code === "KeyY" || event.key.toLowerCase() === "y";
	if (undo && !event.shiftKey) void grid.undo();
	else if (redo || (undo && event.shiftKey)) void grid.redo();
	else if (event.code === "KeyD") grid.many((many, area) => many.fillDown(area));
	else if (event.code === "KeyA") grid.selectAll();
	else return false;
	return true;
}

function onEditor(grid: Grid, event: KeyboardEvent): boolean {
	const typed = grid.editing()?.mode === "typed";
	const leave = (rows: number, cols: number): true => {
		grid.leave(() => grid.move(rows, cols));
		return true;
	};
	switch (event.key) {
		case "Enter":
			if ((event.ctrlKey || event.metaKey) && grid.block() !== null) {
				grid.commitToAll();
				return true;
			}
			return leave(event.shiftKey ? -1 : 1, 0);
		case "Tab":
			return leave(0, event.shiftKey ? -1 : 1);
		case "Escape":
			grid.cancel();
			return true;
		case "F2":
			return true;
		case "ArrowUp":
			return leave(-1, 0);
		case "ArrowDown":
			return leave(1, 0);
		case "ArrowLeft":
			return typed ? leave(0, -1) : false;
		case "ArrowRight":
			return typed ? leave(0, 1) : false;
		default:
			return false;
	}
}
