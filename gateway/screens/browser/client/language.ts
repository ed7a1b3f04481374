import { writtenDay } from "../../../../subgraphs/_shared/reference/written-day.ts";
/** Language of the page, which the gateway has written into its document. */
export type Language = "vi" | "en";
export const language: Language = document.documentElement.lang === "en" ? "en" : "vi";

/** The text of the page's language, of two that the graph gives. */
export function inOwnLanguage(vi: string, en: string): string {
  return language === "en" ? en : vi;
}

/** Wall clock time of an ISO 8601 instant, in Vietnam's time. */
export function clockTime(instant: string): string {
  return new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(11, 19);
}

/** Time and day of an instant as people in Vietnam write them. */
export function dayAndTime(instant: string, withSeconds = false): string {
  const [day = "", time = ""] = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().split("T");
  return `${time.slice(0, withSeconds ? 8 : 5)}, ${writtenDay(day)}`;
}

/** Duration such as "62 ms" or "3,4 s". */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 90_000) return `${(ms / 1_000).toFixed(1).replace(".", language === "vi" ? "," : ".")} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return language === "vi" ? `${minutes} phút` : `${minutes} min`;
  return language === "vi" ? `${Math.round(minutes / 60)} giờ` : `${Math.round(minutes / 60)} h`;
}
