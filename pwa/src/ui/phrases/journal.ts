/** The book of the journal: grid, key strip, lesson. */

import { book } from "./book";
import ru from "./ru/journal";

export const journal = book(ru, () => import("./en/journal"));
