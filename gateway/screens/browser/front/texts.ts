import { language } from "../client/language.ts";
import { english } from "./english.ts";
import { vietnamese } from "./vietnamese.ts";

export const texts = language === "en" ? english : vietnamese;

/** English names of the steps, which the graph names in Vietnamese. */
const STEP_NAMES: Record<string, string> = {
  "Thủ tục đăng ký khai sinh": "Birth registration",
  "Cấp số định danh cá nhân": "Personal number",
  "Ghi số định danh vào sổ hộ tịch": "Number into the birth register",
  "Đăng ký thường trú": "Permanent residence",
  "Thủ tục cấp thẻ bảo hiểm y tế": "Health-insurance card",
};

export function stepName(name: string): string {
  return language === "en"
    ? (STEP_NAMES[name] ?? name)
    : name.replace(/^Thủ tục (.)/, (_, first: string) => first.toUpperCase());
}
