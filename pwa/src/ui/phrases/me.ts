/** The book of the own page: who, how it looks, the state of the tablet, leaving. */

import { book } from "./book";
import ru from "./ru/me";

export const me = book(ru, () => import("./en/me"));
