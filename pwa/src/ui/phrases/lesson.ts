/** The book of the lesson: topic, homework, roll call, marks. */

import { book } from "./book";
import ru from "./ru/lesson";

export const lesson = book(ru, () => import("./en/lesson"));
