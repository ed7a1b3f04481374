import { language } from "../client/language.ts";
import { english } from "./english.ts";
import { vietnamese } from "./vietnamese.ts";

export const texts = language === "en" ? english : vietnamese;
