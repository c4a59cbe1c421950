/** The book of a pupil's page and of the search. */

import { book } from "./book";
import ru from "./ru/pupil";

export const pupil = book(ru, () => import("./en/pupil"));
