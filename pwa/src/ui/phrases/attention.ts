/** The book of what needs a person: conflicts, held, refused, deadlines. */

import { book } from "./book";
import ru from "./ru/attention";

export const attention = book(ru, () => import("./en/attention"));
