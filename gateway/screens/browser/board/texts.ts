import { language } from "../client/language.ts";
import { english } from "./english.ts";
import { vietnamese } from "./vietnamese.ts";

export const texts = language === "en" ? english : vietnamese;

/** Number as people of the page's language write it. */
export function shownNumber(value: number): string {
  return new Intl.NumberFormat(language === "en" ? "en" : "vi", { maximumFractionDigits: 2 }).format(value);
}
