/** The book of the class teacher's screens. */

import { book } from "./book";
import ru from "./ru/tutor";

export const tutor = book(ru, () => import("./en/tutor"));
