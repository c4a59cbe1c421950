/** The book of the journal's grid. */

import { book } from "./book";
import ru from "./ru/journal";

export const journal = book(ru, () => import("./en/journal"));
