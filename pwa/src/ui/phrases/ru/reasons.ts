/** Russian: why an entry is not simply accepted. One sentence for each code, and a short name for lists. */

import type { Reason } from "../../../generated/messages";
import { count } from "../plural";

/** Facts of a verdict, already in words; null where the verdict does not say. */
export interface Grounds {
	/** When the rule began to bite. */
	readonly since: string | null;
	/** Until when something holds. */
	readonly until: string | null;
	/** Who locked the term. */
	readonly by: string | null;
	readonly term: string | null;
	/** The school's window and grace, days. */
	readonly windowDays: number;
	readonly graceDays: number;
	/** Who can lift it, by name; null when nobody is known, "" when it is the reader. */
	readonly lifter: string | null;
}

const days = count("ru", { one: "день", few: "дня", many: "дней" });

const term = (g: Grounds): string => (g.term ? `Период «${g.term}»` : "Период");
const byWhom = (g: Grounds): string => `закрыт${g.since ? ` ${g.since}` : ""}${g.by ? ` (${g.by})` : ""}`;
const closed = (g: Grounds): string => `${term(g)} ${byWhom(g)}`;
const shut = (g: Grounds): string => `Учебный год ${byWhom(g)}`;
const lift = (g: Grounds): string =>
	g.lifter === "" ? "" : g.lifter ? ` Разрешить может завуч — ${g.lifter}.` : " Разрешить может завуч.";
/** Who can mend what a refusal rests on. */
const appoints = (g: Grounds): string =>
	g.lifter === "" ? "" : ` Уроки и замены назначает завуч${g.lifter ? ` — ${g.lifter}` : ""}.`;
const LISTS = "Список класса ведёт администратор журнала.";

type Sentences = Record<Reason, (g: Grounds) => string>;

const sentences: Sentences = {
	"": () => "Запись принята.",
	on_clock: () => "Запись принята: срок истекал, пока планшет был без связи, и время записи взято по часам планшета.",
	in_grace: (g) => `Запись принята: она сделана до закрытия и дошла не позже ${days(g.graceDays)} после него.`,
	malformed: () => "Сервер не понял эту запись. Скажите администратору: похоже на ошибку программы.",
	unknown_record: () => "Такого журнала, урока или поля в школе нет. Возможно, журнал удалили.",
	bad_value: () => "Такое значение сюда записать нельзя: оно слишком длинное или другого вида.",
	not_yours: (g) =>
		`Когда вы это писали, у вас не было права на эту запись: урок вёл другой учитель или назначение закончилось.${appoints(g)}`,
	term_locked: (g) => `${closed(g)}: запись сделана уже после этого.${lift(g)}`,
	year_locked: (g) => `${shut(g)}: запись сделана уже после этого.${lift(g)}`,
	year_archived: (g) =>
		`Учебный год сдан в архив${g.since ? ` ${g.since}` : ""}: в его журналах больше никто не пишет, и разрешить в них ничего нельзя.`,
	after_grace: (g) => `${closed(g)}. Запись сделана раньше, но дошла позже, чем через ${days(g.graceDays)}.${lift(g)}`,
	window_closed: (g) =>
		`Исправлять отметку можно ${days(g.windowDays)} с момента выставления${g.since ? `: срок вышел ${g.since}` : ", и срок вышел"}.${lift(g)}`,
	in_doubt: (g) =>
		`Срок истекал, пока планшет был без связи, а часы планшета шли неровно: нельзя сказать, успела ли запись.${lift(g)}`,
	unknown_pupil: () => `В классе этого журнала такого ученика нет и не было. ${LISTS}`,
	not_enrolled: () => `В этот день ученик не числился в классе или в подгруппе. ${LISTS}`,
	off_scale: () => "Такой отметки нет в шкале школы. Шкалу задаёт администратор журнала.",
	no_marks: () => "В первом классе отметок не ставят.",
	not_begun: () => "Этот урок ещё не начался: отметки и посещаемость ставят, когда наступил его день.",
	illegal_step: () =>
		"Так перевести учебный год нельзя: сначала его закрывают, потом сдают в архив, и оттуда он не возвращается.",
	out_of_year: () => "Этот день не входит в учебный год.",
	lost: () => "В этой клетке стоит запись, которая важнее вашей: завуча или того, кто вёл урок. Ваша сохранена здесь.",
	already_decided: () => "Это уже решено раньше, решение не меняется.",
};

const names: Record<Reason, string> = {
	"": "принято",
	on_clock: "принято по часам планшета",
	in_grace: "принято после закрытия периода",
	malformed: "не понято сервером",
	unknown_record: "нет такой записи",
	bad_value: "негодное значение",
	not_yours: "нет права на запись",
	term_locked: "период закрыт",
	year_locked: "учебный год закрыт",
	year_archived: "учебный год в архиве",
	after_grace: "дошло слишком поздно",
	window_closed: "срок исправления вышел",
	in_doubt: "время записи неясно",
	unknown_pupil: "нет такого ученика",
	not_enrolled: "ученик не числился",
	off_scale: "нет в шкале",
	no_marks: "класс без отметок",
	not_begun: "урок ещё не начался",
	illegal_step: "недопустимый шаг",
	out_of_year: "вне учебного года",
	lost: "уступила другой записи",
	already_decided: "уже решено",
};

/** What would stand in the way if it were written now, where the sentence above looks back. */
const now: Partial<Sentences> = {
	not_yours: () => "Этот урок ведёт другой учитель: вы можете только смотреть.",
	term_locked: (g) =>
		`${closed(g)}. Новые записи уйдут завучу на согласование.${g.lifter ? ` Решает ${g.lifter}.` : ""}`,
	year_locked: (g) => `${shut(g)}. Новые записи уйдут завучу на согласование.${g.lifter ? ` Решает ${g.lifter}.` : ""}`,
	after_grace: (g) =>
		`${closed(g)}. Новые записи уйдут завучу на согласование.${g.lifter ? ` Решает ${g.lifter}.` : ""}`,
};

/** Of a held entry whose term was opened again: what happened since. */
const reopened = (g: Grounds): string =>
	`${g.term ? `Период «${g.term}»` : "Период"} с тех пор снова открыт, но эта запись всё ещё ждёт решения завуча.`;

const reasons = { sentences, names, now, reopened };

export type Reasons = typeof reasons;
export default reasons;
