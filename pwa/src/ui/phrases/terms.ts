/** The book of term marks. */

import { book } from "./book";
import ru from "./ru/terms";

export const terms = book(ru, () => import("./en/terms"));
