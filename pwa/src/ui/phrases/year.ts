/** The book of the school year's lock. */

import { book } from "./book";
import ru from "./ru/year";

export const year = book(ru, () => import("./en/year"));
