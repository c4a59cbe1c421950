/** The book of the journal: grid and key strip. */

import { book } from "./book";
import ru from "./ru/journal";

export const journal = book(ru, () => import("./en/journal"));
