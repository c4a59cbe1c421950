/** The book of what stands around the grid, and of what is said of entries; it comes after the grid. */

import { book } from "./book";
import ru from "./ru/entering";

export const entering = book(ru, () => import("./en/entering"));
