/** The book of the field's words: kinds of work, presence, excuses, states of a cell. */

import { book } from "./book";
import ru from "./ru/field";

export const field = book(ru, () => import("./en/field"));
