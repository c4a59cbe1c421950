/** The book of what seldom has to be said: a new version, a page that is not there, a store that does not open. */

import { book } from "./book";
import ru from "./ru/notices";

export const notices = book(ru, () => import("./en/notices"));
