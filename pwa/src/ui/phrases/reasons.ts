/** The book of reasons: each code of the closed list in words, with the facts that came with the verdict. */

import { book } from "./book";
import ru from "./ru/reasons";

export const reasons = book(ru, () => import("./en/reasons"));
