import { toVietnamTime } from "../../_shared/reference/days.ts";

/** An instant as the exchange writes it: `yyyyMMddHHmmss` in Asia/Ho_Chi_Minh, such as `20261123090000`. */
export type PortalTime = string;

export function portalTime(instant: Date): PortalTime {
  return toVietnamTime(instant).slice(0, "yyyy-MM-ddTHH:mm:ss".length).replaceAll(/\D/g, "");
}

/** True for a text of fourteen digits that is an instant of the calendar. */
export function isPortalTime(text: string): boolean {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!parts) return false;
  const [, year, month, day, hour, minute, second] = parts;
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
  return !Number.isNaN(instant.getTime()) && portalTime(instant) === text;
}
