import { readFileSync } from "node:fs";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import type { DueRequest } from "../../../subgraphs/one-stop/clock/due.ts";

/**
 * Second implementation of a due date for comparisons: it steps through the calendar by days (or minutes) over text dates and
 * shares no code with the clock. Returns `yyyy-MM-dd`, or `yyyy-MM-ddTHH:mm` for hours, or null for a suspended clock.
 */
export function plainDue(request: DueRequest): string | null {
  const suspensions = [...(request.suspensions ?? [])].sort((a, b) => Number(a.from) - Number(b.from));
  let answer = plainCount(request, request.receivedAt, suspensions);
  for (const suspension of suspensions) {
    if (suspension.after !== "RESTART" || !suspension.to) continue;
    const from = local(suspension.from);
    if (answer !== null && (answer.length > 10 ? `${answer}:00.000` < from : answer < from.slice(0, 10))) break;
    const restartAt = suspension.to;
    answer = plainCount(
      request,
      restartAt,
      suspensions.filter((each) => each.from >= restartAt),
    );
  }
  return answer;
}

const file = JSON.parse(readFileSync(projectPath("subgraphs", "one-stop", "data", "holidays-2024-2030.json"), "utf8"));
const off = new Set<string>();
const madeUp = new Set<string>();
for (const { date, kind } of file.days) (kind === "make_up_workday" ? madeUp : off).add(date);

export function plainWorks(day: string): boolean {
  if (madeUp.has(day)) return true;
  if (off.has(day)) return false;
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

const local = (at: Date) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 23);
const tomorrow = (day: string) => new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function receivedOn(at: Date, cutoff: DueRequest["cutoff"]): string {
  const [day = "", time = ""] = local(at).split("T");
  let counted = day;
  if (cutoff && time.slice(0, 5) >= cutoff.time) counted = tomorrow(counted);
  while (!plainWorks(counted)) counted = tomorrow(counted);
  return counted;
}

function plainCount(request: DueRequest, start: Date, suspensions: DueRequest["suspensions"] = []): string | null {
  const receipt = receivedOn(start, request.cutoff);
  let { quantity, unit } = request.term;
  const rule = (request.serviceRules ?? []).find(
    (each) =>
      request.subject &&
      receipt >= each.validFrom &&
      (!each.validTo || receipt <= each.validTo) &&
      each.weekdays.includes(new Date(`${receipt}T12:00:00Z`).getUTCDay()) &&
      (!each.domains || each.domains.includes(request.subject.domain)),
  );
  if (rule?.effect.kind === "SAME_DAY") unit = "WORKING_DAY_SAME";
  if (rule?.effect.kind === "PERCENT") quantity = Math.max(1, Math.ceil((quantity * rule.effect.percent) / 100));
  const more = (request.extensions ?? []).reduce((sum, { by }) => sum + by, 0);
  if (unit === "HOUR") return plainHours(start, quantity + 8 * more, suspensions);
  const isWorking = unit === "WORKING_DAY" || unit === "WORKING_DAY_SAME";
  if (unit === "WORKING_DAY_SAME") [unit, quantity] = ["WORKING_DAY", more];
  else if (isWorking) quantity += more;
  let left = quantity;
  if (unit === "MONTH" || unit === "YEAR") left = daysOfMonths(receipt, unit === "YEAR" ? quantity * 12 : quantity);
  const paused = (day: string) =>
    suspensions.some(
      ({ from, to }) => local(from).slice(0, 10) <= day && (to === null || day < receivedOn(to, request.cutoff)),
    );
  const lasting = (day: string) => suspensions.some(({ from, to }) => to === null && local(from).slice(0, 10) <= day);
  if (left === 0) {
    let day = receipt;
    while (paused(day) || !plainWorks(day)) {
      if (lasting(day)) return null;
      day = tomorrow(day);
    }
    return day;
  }
  let day = receipt;
  while (left > 0) {
    day = tomorrow(day);
    if (paused(day)) {
      if (lasting(day)) return null;
    } else if (unit !== "WORKING_DAY" || plainWorks(day)) left -= 1;
  }
  while (!plainWorks(day)) day = tomorrow(day);
  for (left = isWorking ? 0 : more; left > 0; ) {
    day = tomorrow(day);
    if (paused(day)) {
      if (lasting(day)) return null;
    } else if (plainWorks(day)) left -= 1;
  }
  return day;
}

function daysOfMonths(receipt: string, months: number): number {
  const [year = 0, month = 0, date = 0] = receipt.split("-").map(Number);
  let end = new Date(Date.UTC(year, month - 1 + months, date));
  while (end.getUTCDate() !== date && end.getUTCDate() < 5) end = new Date(end.getTime() - 86_400_000);
  return Math.round((end.getTime() - Date.UTC(year, month - 1, date)) / 86_400_000);
}

function plainHours(start: Date, hours: number, suspensions: DueRequest["suspensions"] = []): string | null {
  let left = hours * 60;
  let minute = Math.ceil(start.getTime() / 60_000);
  for (; ; minute += 1) {
    const at = minute * 60_000;
    const [day = "", clock = ""] = local(new Date(at)).split("T");
    const time = clock.slice(0, 5);
    if (suspensions.some(({ from, to }) => to === null && from.getTime() <= at)) return null;
    const open = (time >= "07:30" && time < "11:30") || (time >= "13:30" && time < "17:30");
    if (!open || !plainWorks(day)) continue;
    const ceil = (instant: Date) => Math.ceil(instant.getTime() / 60_000);
    if (suspensions.some(({ from, to }) => to && ceil(from) <= minute && minute < ceil(to))) continue;
    left -= 1;
    if (left === 0) return local(new Date(at + 60_000)).slice(0, 16);
  }
}
