import { foldName } from "./person-names.ts";

/** Words by which a name is found: without diacritics, in lower case, each once. */
export function nameWords(name: string): string[] {
  return [...new Set(foldName(name).split(" ").filter(Boolean))];
}
