/** The book of the lock: unlocking, the PIN, the passphrase. */

import { book } from "./book";
import ru from "./ru/lock";

export const lock = book(ru, () => import("./en/lock"));
