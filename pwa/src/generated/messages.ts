// Made from sync/model and sync/messages by `make generate`. Do not edit.

export const PROTOCOL = 1;
export const RULES = 1;
export const MAX_OPS = 500;
export const MAX_BYTES = 262144;

export type Verdict = "accepted" | "superseded" | "held" | "refused";

export const REASONS = ["", "on_clock", "in_grace", "malformed", "unknown_record", "bad_value", "not_yours", "term_locked", "year_locked", "year_archived", "after_grace", "window_closed", "in_doubt", "unknown_pupil", "not_enrolled", "off_scale", "no_marks", "not_begun", "illegal_step", "out_of_year", "lost", "already_decided"] as const;
export type Reason = (typeof REASONS)[number];

export const TROUBLES = ["bad_json", "bad_op", "too_large", "signed_out", "wrong_sign_in", "too_many_tries", "wrong_school", "wrong_device", "revoked", "old_protocol", "forbidden", "not_found", "overloaded", "disk_full", "internal"] as const;
export type TroubleCode = (typeof TROUBLES)[number];

/** One entry of a person on a device. */
export interface Op {
  n: number;
  kind: string;
  key: string;
  set: Record<string, unknown>;
  at: number;
  seen?: [string, number];
  v?: number;
  first?: [string, number];
}

/** One of several values of a cell: value, author (person id), moment of writing, op name, authority. */
export type Head = [value: unknown, person: string, written: number, op: string, authority: number];

/** Rows of one record type. Each row: key, seq, then the cells in the order of `cells`, then `heads`. */
export interface Table {
  cells: string[];
  rows: unknown[][];
}

/** Rows of a scope with seq in (`after`, `upto`]. `more`: ask again from `upto`. `total`: digest of the whole scope */
export interface News {
  scope: string;
  after: number;
  upto: number;
  more: boolean;
  tables: Record<string, Table>;
  total: [number, number] | null;
}

/** The verdict on one op: its number, verdict, reason, detail, and the seq at which it was decided. */
export type Judged = [n: number, verdict: string, reason: string, detail: Record<string, unknown>, seq: number];

/** A sealed op: number, ephemeral public key, nonce, box. Only the server opens it, nobody forges it (README.md). */
export type Parcel = [n: number, epk: string, iv: string, box: string];

/** What the device holds and what is new on it. */
export interface SyncRequest {
  protocol: number;
  device: string;
  clock: number;
  held: number;
  epoch: string;
  cursors: Record<string, number>;
  ops: Op[];
  heard: number;
  healed: number;
}

/** What became of the ops, and what is new. */
export interface SyncResponse {
  protocol: number;
  rules: number;
  school: string;
  epoch: string;
  server_time: number;
  known: number;
  judged: Judged[];
  taken: number[];
  missing: number;
  news: News[];
  lost: string[];
  applied_seq: number;
  durable_seq: number;
  published: number;
}

/** Something changed: scopes with their new seq, or the durable seq moved. Ask with a sync. */
export interface Poke {
  scopes: Record<string, number>;
  applied_seq: number;
  durable_seq: number;
}

/** `device`: the identity this store got before, or empty. `clock`: the device's wall clock now. */
export interface SignIn {
  login: string;
  password: string;
  clock: number;
  device: string;
  name: string;
}

/** Who signed in, on which device identity. `roles`: role codes. `pupils`: pupil ids a parent or pupil may read. */
export interface SignedIn {
  school: string;
  school_name: string;
  person: string;
  name: string;
  roles: string[];
  pupils: string[];
  device: string;
  epoch: string;
  known: number;
  server_time: number;
  seal: string;
  mac: string;
}

/** Sealed ops of a device, brought by anybody: a locked tablet, another person on it, a file. `held`: the highest */
export interface Parcels {
  protocol: number;
  device: string;
  held: number;
  parcels: Parcel[];
}

/** `known`: every op of the device up to this number has been decided; the verdicts are told to its person alone. */
export interface Receipts {
  protocol: number;
  known: number;
  missing: number;
  refused: number[];
  revoked: boolean;
}

/** Answer of `GET /api/hello`: which schools this server keeps, as [id, name]. */
export interface Hello {
  protocol: number;
  version: string;
  schools: [string, string][];
  demo: [string, string, string][];
}

/** An error: a code of the closed list in `TROUBLES`, the number of the offending op where there is one, */
export interface Trouble {
  error: string;
  n: number | null;
  retry_after: number | null;
  limit: number | null;
}
