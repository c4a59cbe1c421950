// Made from sync/model and sync/messages by `make generate`. Do not edit.

/** A lesson of the weekly timetable: weekday 1 (Monday) to 7, from the day in the key until `ends`. Key: journal/weekday/number/starts. */
export interface Slot {
  ends: string | null;
  room: string | null;
}

/** One line of the thematic plan. Key: journal/number. */
export interface PlanItem {
  topic: string | null;
  work: string | null;
}

/** A lesson as given. `plan`: the plan's line; `due`: the day the homework is for; `roll`: the roll was called. Key: journal/date/number. */
export interface Lesson {
  topic: string | null;
  plan: number | null;
  work: string | null;
  homework: string | null;
  due: string | null;
  roll: boolean | null;
}

/** A mark. `place` 1 or 2: two marks in one cell. `given`: UTC ms of the first accepted value, set by the server. Key: journal/date/number/pupil/place. */
export interface Mark {
  value: string | null;
  comment: string | null;
  given: number | null;
}

/** Presence at a lesson, minutes late, and the reason of an absence, which may be known beforehand. Key: journal/date/number/pupil. */
export interface Attendance {
  presence: string | null;
  minutes: number | null;
  reason: string | null;
}

/** A term mark as given, with the reason where it differs from the proposal. Key: journal/term/pupil. */
export interface TermMark {
  value: string | null;
  reason: string | null;
}

/** An entry that was held, refused or superseded, kept where people see it until it is settled. Key: holder/op. */
export interface Matter {
  outcome: string | null;
  note: string | null;
  seen: boolean | null;
  plea: string | null;
  kind: string | null;
  target: string | null;
  set: Record<string, unknown> | null;
  was: Record<string, unknown> | null;
  author: string | null;
  written: number | null;
  arrived: number | null;
  verdict: string | null;
  reason: string | null;
  detail: Record<string, unknown> | null;
  decided_by: string | null;
  decided: number | null;
}

/** What every family of a class reads. `timetable`: [weekday, number, journal, subject, room, starts, ends]; Key: class_id. */
export interface Bulletin {
  class_name: string | null;
  school_name: string | null;
  timezone: string | null;
  publication: string | null;
  timetable: unknown[][] | null;
  bells: unknown[][] | null;
  breaks: unknown[][] | null;
  terms: unknown[][] | null;
}

/** A lesson as the families of the class read it: no pupil is named here. Key: class_id/date/number/journal. */
export interface BulletinLesson {
  subject: string | null;
  teacher: string | null;
  topic: string | null;
  work: string | null;
  weight: number | null;
  homework: string | null;
  due: string | null;
}

/** The cover of a pupil's diary. `journals`: those the pupil is taught in (a subgroup's own lessons only). Key: pupil. */
export interface DiaryCard {
  name: string | null;
  class_id: string | null;
  journals: string[] | null;
}

/** A pupil's own lines of a lesson. `marks`: [value, comment] each. Nothing held or unpublished is ever here. Key: pupil/date/number/journal. */
export interface Diary {
  marks: unknown[][] | null;
  presence: string | null;
  minutes: number | null;
  excuse: string | null;
}

/** A pupil's card. Key: pupil. */
export interface Pupil {
  last_name: string | null;
  first_name: string | null;
  middle_name: string | null;
}

/** A parent or another lawful representative. Key: guardian. */
export interface Guardian {
  last_name: string | null;
  first_name: string | null;
  middle_name: string | null;
}

/** That a guardian may read a pupil's diary, from one day to another (regulation 3.1.2). Key: guardian/pupil. */
export interface Family {
  starts: string | null;
  ends: string | null;
}

/** The parents' written consent to publish a pupil's data in the diary (regulation 1.6). Key: pupil. */
export interface Consent {
  given: boolean | null;
  reason: string | null;
}

/** A line of the class list: the pupil is of this class from the day in the key until `ends` (outside). Key: class_id/pupil/starts. */
export interface Enrolment {
  name: string | null;
  ends: string | null;
}

/** A part of a class for one subject (regulation 3.2.5). Key: class_id/subgroup. */
export interface Subgroup {
  name: string | null;
  subject: string | null;
}

/** That a pupil belongs to a subgroup, or no longer does, from the day `since` on (always, when it is empty). Key: class_id/subgroup/pupil. */
export interface Member {
  active: boolean | null;
  since: string | null;
}

/** The school and its settings: window and grace in days, scale of marks, weights by kind of work. Key: school. */
export interface School {
  name: string | null;
  timezone: string | null;
  window_days: number | null;
  grace_days: number | null;
  hold_in_doubt: boolean | null;
  publication: string | null;
  publish_at: string | null;
  scale: string[] | null;
  weights: Record<string, number> | null;
  thresholds: Record<string, number> | null;
  floors: Record<string, number> | null;
  lock_minutes: number | null;
  lease_days: number | null;
}

/** A school year and its lock (`sync.locks`). `changes`: [moment, state, person, reason] for each change of the Key: year. */
export interface Year {
  name: string | null;
  starts: string | null;
  ends: string | null;
  state: string | null;
  reason: string | null;
  changes: unknown[][] | null;
}

/** A term and its lock. `changes`: [moment, locked, person, reason] for each change of the lock, oldest first. Key: term. */
export interface Term {
  year: string | null;
  name: string | null;
  number: number | null;
  starts: string | null;
  ends: string | null;
  locked: boolean | null;
  reason: string | null;
  changes: unknown[][] | null;
}

/** Holidays: no lessons on these days. Key: break. */
export interface Break {
  name: string | null;
  starts: string | null;
  ends: string | null;
}

/** When the lesson of this number begins and ends, as HH:MM. Key: number. */
export interface Bell {
  starts: string | null;
  ends: string | null;
}

/** A subject of the curriculum. Key: subject. */
export interface Subject {
  name: string | null;
  short: string | null;
}

/** A class, "8 «Б»". A class of grade 1 gets no marks. Key: class_id. */
export interface Class {
  name: string | null;
  grade: number | null;
}

/** A member of staff. Parents are guardians, pupils are pupils: neither is here. Key: person. */
export interface Person {
  last_name: string | null;
  first_name: string | null;
  middle_name: string | null;
  position: string | null;
}

/** A right of a member of staff: a role from one day to another, with the reason. `target`: a class, for a tutor. Key: grant. */
export interface Grant {
  person: string | null;
  role: string | null;
  target: string | null;
  starts: string | null;
  ends: string | null;
  reason: string | null;
}

/** That a named teacher may write in a locked term, or correct marks past the window, from the day in the key until Key: person/starts/opening. */
export interface Opening {
  term: string | null;
  journal: string | null;
  ends: string | null;
  reason: string | null;
}

/** One teaching group, one subject, one year. `subgroup` is empty when the whole class is taught. Key: journal. */
export interface Journal {
  class_id: string | null;
  subject: string | null;
  year: string | null;
  hours: number | null;
  subgroup: string | null;
}

/** Who teaches a journal, from the day in the key until `ends`; open when `ends` is empty. Key: journal/person/starts. */
export interface Teaching {
  ends: string | null;
  active: boolean | null;
}

/** Who teaches a journal's lessons instead of its teacher, from the day in the key until `ends` (outside). Key: journal/person/starts. */
export interface Substitution {
  ends: string | null;
  reason: string | null;
  numbers: number[] | null;
}

export interface Kinds {
  slot: Slot;
  plan_item: PlanItem;
  lesson: Lesson;
  mark: Mark;
  attendance: Attendance;
  term_mark: TermMark;
  matter: Matter;
  bulletin: Bulletin;
  bulletin_lesson: BulletinLesson;
  diary_card: DiaryCard;
  diary: Diary;
  pupil: Pupil;
  guardian: Guardian;
  family: Family;
  consent: Consent;
  enrolment: Enrolment;
  subgroup: Subgroup;
  member: Member;
  school: School;
  year: Year;
  term: Term;
  break: Break;
  bell: Bell;
  subject: Subject;
  class: Class;
  person: Person;
  grant: Grant;
  opening: Opening;
  journal: Journal;
  teaching: Teaching;
  substitution: Substitution;
}

export type KindName = keyof Kinds;

export interface CellGuard {
  writers: string;
  window: boolean;
  begun: boolean;
  longest: number;
  choices: readonly string[];
  text: string;
  type: string;
}

export interface Kind {
  key: readonly string[];
  scope: string;
  dated: string;
  fact: boolean;
  cells: Record<string, CellGuard>;
}

const cell = (writers: string, more: Partial<CellGuard> = {}): CellGuard => ({
  writers,
  window: false,
  begun: false,
  longest: 500,
  choices: [],
  text: "plain",
  type: "string",
  ...more,
});

export const KINDS: Record<KindName, Kind> = {
  slot: {
    key: ["journal", "weekday", "number", "starts"], scope: "journal:{journal}", dated: "", fact: false,
    cells: {
      ends: cell("deputy", { text: "date" }),
      room: cell("deputy"),
    },
  },
  plan_item: {
    key: ["journal", "number"], scope: "journal:{journal}", dated: "journal", fact: false,
    cells: {
      topic: cell("journal"),
      work: cell("journal", { choices: ["answer", "control", "independent", "practical", "laboratory", "excursion", "homework", "dictation"] }),
    },
  },
  lesson: {
    key: ["journal", "date", "number"], scope: "journal:{journal}", dated: "date", fact: false,
    cells: {
      topic: cell("lesson"),
      plan: cell("lesson", { type: "number" }),
      work: cell("lesson", { choices: ["answer", "control", "independent", "practical", "laboratory", "excursion", "homework", "dictation"] }),
      homework: cell("lesson", { longest: 2000 }),
      due: cell("lesson", { text: "date" }),
      roll: cell("lesson", { begun: true, type: "boolean" }),
    },
  },
  mark: {
    key: ["journal", "date", "number", "pupil", "place"], scope: "journal:{journal}", dated: "date", fact: false,
    cells: {
      value: cell("lesson", { window: true, begun: true, text: "mark" }),
      comment: cell("lesson"),
      given: cell("server", { type: "number" }),
    },
  },
  attendance: {
    key: ["journal", "date", "number", "pupil"], scope: "journal:{journal}", dated: "date", fact: false,
    cells: {
      presence: cell("lesson", { begun: true, choices: ["absent", "late", "present"] }),
      minutes: cell("lesson", { begun: true, type: "number" }),
      reason: cell("tutor", { choices: ["valid", "ill", "parents", "none"] }),
    },
  },
  term_mark: {
    key: ["journal", "term", "pupil"], scope: "journal:{journal}", dated: "term", fact: false,
    cells: {
      value: cell("journal", { text: "mark" }),
      reason: cell("journal"),
    },
  },
  matter: {
    key: ["holder", "op"], scope: "{holder}", dated: "", fact: false,
    cells: {
      outcome: cell("decider", { choices: ["approved", "declined", "withdrawn"] }),
      note: cell("decider"),
      seen: cell("author", { type: "boolean" }),
      plea: cell("author"),
      kind: cell("server"),
      target: cell("server"),
      set: cell("server", { type: "Record<string, unknown>" }),
      was: cell("server", { type: "Record<string, unknown>" }),
      author: cell("server"),
      written: cell("server", { type: "number" }),
      arrived: cell("server", { type: "number" }),
      verdict: cell("server"),
      reason: cell("server"),
      detail: cell("server", { type: "Record<string, unknown>" }),
      decided_by: cell("server"),
      decided: cell("server", { type: "number" }),
    },
  },
  bulletin: {
    key: ["class_id"], scope: "bulletin:{class_id}", dated: "", fact: false,
    cells: {
      class_name: cell("server"),
      school_name: cell("server"),
      timezone: cell("server"),
      publication: cell("server"),
      timetable: cell("server", { type: "unknown[][]" }),
      bells: cell("server", { type: "unknown[][]" }),
      breaks: cell("server", { type: "unknown[][]" }),
      terms: cell("server", { type: "unknown[][]" }),
    },
  },
  bulletin_lesson: {
    key: ["class_id", "date", "number", "journal"], scope: "bulletin:{class_id}", dated: "", fact: false,
    cells: {
      subject: cell("server"),
      teacher: cell("server"),
      topic: cell("server"),
      work: cell("server"),
      weight: cell("server", { type: "number" }),
      homework: cell("server"),
      due: cell("server"),
    },
  },
  diary_card: {
    key: ["pupil"], scope: "diary:{pupil}", dated: "", fact: false,
    cells: {
      name: cell("server"),
      class_id: cell("server"),
      journals: cell("server", { type: "string[]" }),
    },
  },
  diary: {
    key: ["pupil", "date", "number", "journal"], scope: "diary:{pupil}", dated: "", fact: false,
    cells: {
      marks: cell("server", { type: "unknown[][]" }),
      presence: cell("server"),
      minutes: cell("server", { type: "number" }),
      excuse: cell("server"),
    },
  },
  pupil: {
    key: ["pupil"], scope: "office", dated: "", fact: true,
    cells: {
      last_name: cell("admin"),
      first_name: cell("admin"),
      middle_name: cell("admin"),
    },
  },
  guardian: {
    key: ["guardian"], scope: "office", dated: "", fact: false,
    cells: {
      last_name: cell("admin"),
      first_name: cell("admin"),
      middle_name: cell("admin"),
    },
  },
  family: {
    key: ["guardian", "pupil"], scope: "office", dated: "", fact: true,
    cells: {
      starts: cell("admin", { text: "date" }),
      ends: cell("admin", { text: "date" }),
    },
  },
  consent: {
    key: ["pupil"], scope: "office", dated: "", fact: true,
    cells: {
      given: cell("admin", { type: "boolean" }),
      reason: cell("admin"),
    },
  },
  enrolment: {
    key: ["class_id", "pupil", "starts"], scope: "class:{class_id}", dated: "", fact: true,
    cells: {
      name: cell("admin"),
      ends: cell("admin", { text: "date" }),
    },
  },
  subgroup: {
    key: ["class_id", "subgroup"], scope: "class:{class_id}", dated: "", fact: false,
    cells: {
      name: cell("deputy"),
      subject: cell("deputy"),
    },
  },
  member: {
    key: ["class_id", "subgroup", "pupil"], scope: "class:{class_id}", dated: "", fact: true,
    cells: {
      active: cell("deputy", { type: "boolean" }),
      since: cell("deputy", { text: "date" }),
    },
  },
  school: {
    key: ["school"], scope: "school", dated: "", fact: true,
    cells: {
      name: cell("admin"),
      timezone: cell("admin"),
      window_days: cell("admin", { type: "number" }),
      grace_days: cell("admin", { type: "number" }),
      hold_in_doubt: cell("admin", { type: "boolean" }),
      publication: cell("admin", { choices: ["live", "daily"] }),
      publish_at: cell("admin", { text: "time" }),
      scale: cell("admin", { type: "string[]" }),
      weights: cell("admin", { type: "Record<string, number>" }),
      thresholds: cell("admin", { type: "Record<string, number>" }),
      floors: cell("admin", { type: "Record<string, number>" }),
      lock_minutes: cell("admin", { type: "number" }),
      lease_days: cell("admin", { type: "number" }),
    },
  },
  year: {
    key: ["year"], scope: "school", dated: "", fact: true,
    cells: {
      name: cell("admin"),
      starts: cell("admin", { text: "date" }),
      ends: cell("admin", { text: "date" }),
      state: cell("admin", { choices: ["open", "locked", "archived"] }),
      reason: cell("admin"),
      changes: cell("server", { type: "unknown[][]" }),
    },
  },
  term: {
    key: ["term"], scope: "school", dated: "", fact: true,
    cells: {
      year: cell("admin"),
      name: cell("admin"),
      number: cell("admin", { type: "number" }),
      starts: cell("admin", { text: "date" }),
      ends: cell("admin", { text: "date" }),
      locked: cell("admin", { type: "boolean" }),
      reason: cell("admin"),
      changes: cell("server", { type: "unknown[][]" }),
    },
  },
  break: {
    key: ["break"], scope: "school", dated: "", fact: false,
    cells: {
      name: cell("admin"),
      starts: cell("admin", { text: "date" }),
      ends: cell("admin", { text: "date" }),
    },
  },
  bell: {
    key: ["number"], scope: "school", dated: "", fact: false,
    cells: {
      starts: cell("admin", { text: "time" }),
      ends: cell("admin", { text: "time" }),
    },
  },
  subject: {
    key: ["subject"], scope: "school", dated: "", fact: true,
    cells: {
      name: cell("admin"),
      short: cell("admin"),
    },
  },
  class: {
    key: ["class_id"], scope: "school", dated: "", fact: true,
    cells: {
      name: cell("admin"),
      grade: cell("admin", { type: "number" }),
    },
  },
  person: {
    key: ["person"], scope: "school", dated: "", fact: true,
    cells: {
      last_name: cell("admin"),
      first_name: cell("admin"),
      middle_name: cell("admin"),
      position: cell("admin"),
    },
  },
  grant: {
    key: ["grant"], scope: "school", dated: "", fact: true,
    cells: {
      person: cell("admin"),
      role: cell("admin", { choices: ["director", "admin", "deputy_head", "class_teacher", "observer"] }),
      target: cell("admin"),
      starts: cell("admin", { text: "date" }),
      ends: cell("admin", { text: "date" }),
      reason: cell("admin"),
    },
  },
  opening: {
    key: ["person", "starts", "opening"], scope: "school", dated: "", fact: true,
    cells: {
      term: cell("deputy"),
      journal: cell("deputy"),
      ends: cell("deputy", { text: "date" }),
      reason: cell("deputy"),
    },
  },
  journal: {
    key: ["journal"], scope: "school", dated: "", fact: true,
    cells: {
      class_id: cell("deputy"),
      subject: cell("deputy"),
      year: cell("deputy"),
      hours: cell("deputy", { type: "number" }),
      subgroup: cell("deputy"),
    },
  },
  teaching: {
    key: ["journal", "person", "starts"], scope: "school", dated: "", fact: true,
    cells: {
      ends: cell("deputy", { text: "date" }),
      active: cell("deputy", { type: "boolean" }),
    },
  },
  substitution: {
    key: ["journal", "person", "starts"], scope: "school", dated: "", fact: true,
    cells: {
      ends: cell("deputy", { text: "date" }),
      reason: cell("deputy"),
      numbers: cell("deputy", { type: "number[]" }),
    },
  },
};
