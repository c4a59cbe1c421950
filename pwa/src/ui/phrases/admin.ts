/** The book of the admin's screens. */

import { book } from "./book";
import ru from "./ru/admin";

export const admin = book(ru, () => import("./en/admin"));
