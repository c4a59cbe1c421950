/** The book of the day: lessons by bell, what is not filled in, an extra lesson. */

import { book } from "./book";
import ru from "./ru/today";

export const today = book(ru, () => import("./en/today"));
