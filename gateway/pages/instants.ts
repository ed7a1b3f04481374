import { type Html, html } from "./html.ts";
import type { Language } from "./language.ts";

const DAYS: Record<Language, Intl.DateTimeFormat> = {
  vi: new Intl.DateTimeFormat("vi-VN", { timeZone: "UTC", day: "2-digit", month: "2-digit", year: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }),
};

/** Day of an ISO date, or of an instant of the graph, which has the offset +07:00. */
export function dayText(iso: string, language: Language): string {
  const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? iso : DAYS[language].format(day);
}

/** An instant of the graph in Vietnamese time, to the minute. */
export function instantText(iso: string, language: Language): Html {
  return time(iso, `${iso.slice(11, 16)}, ${dayText(iso, language)}`);
}

/** A due date: the day, unless an hour of it is due. */
export function dueText(iso: string, language: Language): Html {
  if (iso.slice(11, 19) !== "23:59:59") return instantText(iso, language);
  return time(iso, language === "vi" ? `hết ngày ${dayText(iso, "vi")}` : `end of ${dayText(iso, "en")}`);
}

function time(iso: string, text: string): Html {
  return html`<time datetime="${iso}">${text}</time>`;
}
