import type { LegalDay } from "../../_shared/reference/days.ts";
import type { DayStatus } from "./calendar.ts";
import type { Cutoff, Extension, ServiceRule, Suspension, Term } from "./terms.ts";

/** One rule or day of the way to a due date. Days stand in the order of the calendar, each once. */
export type DueStep =
  | { rule: "RECEIVED"; at: Date }
  | { rule: "AFTER_CUTOFF"; at: Date; cutoff: Cutoff }
  | { rule: "RECEIPT_DAY"; day: LegalDay }
  | { rule: "TERM"; term: Term }
  | { rule: "SERVICE_RULE"; service: ServiceRule; term: Term }
  | { rule: "EXTENDED"; by: number; reason: Extension["reason"] }
  | { rule: "RESTARTED"; at: Date; reason: Suspension["reason"] }
  | { rule: "COUNTED"; day: LegalDay; ordinal: number; status: DayStatus }
  | { rule: "SUSPENDED"; day: LegalDay; reason: Suspension["reason"] }
  | { rule: "DAY_OFF"; day: LegalDay; status: DayStatus }
  | { rule: "MONTHS_LATER"; day: LegalDay; months: number }
  | { rule: "HOURS_COUNTED"; day: LegalDay; from: string; to: string; minutes: number }
  | { rule: "ROLLED"; day: LegalDay; status: DayStatus }
  | { rule: "STILL_SUSPENDED"; reason: Suspension["reason"] }
  | { rule: "DUE"; at: Date };
