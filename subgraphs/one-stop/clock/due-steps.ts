import type { LegalDay } from "../../_shared/reference/days.ts";
import type { DayStatus } from "./calendar.ts";
import type { Cutoff, Extension, ServiceRule, Suspension, Term } from "./terms.ts";

/** Rule or day in the calculation of a due date. Each day occurs once, in the order of the calendar. */
export type DueStep =
  | { rule: "RECEIVED" | "RELEASED" | "PLANNED"; at: Date }
  | { rule: "AFTER_CUTOFF"; at: Date; cutoff: Cutoff }
  | { rule: "RECEIPT_DAY"; day: LegalDay }
  | { rule: "TERM"; term: Term }
  | { rule: "SERVICE_RULE"; service: ServiceRule; term: Term }
  | { rule: "EXTENDED"; by: number; reason: Extension["reason"] }
  | { rule: "RESTARTED"; at: Date; reason: Suspension["reason"] }
  | { rule: "ASSUMED_ANSWER"; at: Date; reason: Suspension["reason"] }
  | { rule: "COUNTED"; day: LegalDay; ordinal: number; status: DayStatus }
  | { rule: "SUSPENDED"; day: LegalDay; reason: Suspension["reason"] }
  | { rule: "DAY_OFF"; day: LegalDay; status: DayStatus }
  | { rule: "MONTHS_LATER"; day: LegalDay; months: number }
  | { rule: "HOURS_COUNTED"; day: LegalDay; from: string; to: string; minutes: number }
  | { rule: "ROLLED"; day: LegalDay; status: DayStatus }
  | { rule: "STILL_SUSPENDED"; reason: Suspension["reason"] }
  | { rule: "DUE"; at: Date };
