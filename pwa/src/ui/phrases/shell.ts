/** The shell's book: navigation, the status line, sign-in, words that every screen needs. */

import { book } from "./book";
import ru from "./ru/shell";

export const shell = book(ru, () => import("./en/shell"));
