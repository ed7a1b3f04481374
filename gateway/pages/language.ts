/** Language of a page; Vietnamese is the default. */
export type Language = "vi" | "en";

/** A text in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;

export function languageOf(search: URLSearchParams): Language {
  return search.get("lang") === "en" ? "en" : "vi";
}

/** Address of a page in a language. */
export function inLanguage(path: string, language: Language, search: URLSearchParams = new URLSearchParams()): string {
  const query = new URLSearchParams(search);
  if (language === "en") query.set("lang", "en");
  else query.delete("lang");
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
