/** The book of the deputy head's and the director's office. */

import { book } from "./book";
import ru from "./ru/office";

export const office = book(ru, () => import("./en/office"));
