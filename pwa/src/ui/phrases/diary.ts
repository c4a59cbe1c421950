/** The book of the diary that parents and pupils read. */

import { book } from "./book";
import ru from "./ru/diary";

export const diary = book(ru, () => import("./en/diary"));
