/** The book of the sign-in. */

import { book } from "./book";
import ru from "./ru/entry";

export const entry = book(ru, () => import("./en/entry"));
