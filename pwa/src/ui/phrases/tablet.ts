/** The book of what the tablet says of itself: deadlines, storage, loss, sealed files, putting it on the home screen. */

import { book } from "./book";
import ru from "./ru/tablet";

export const tablet = book(ru, () => import("./en/tablet"));
