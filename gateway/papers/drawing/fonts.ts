import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Fonts } from "./sheet.ts";

const require = createRequire(import.meta.url);

/** Tinos has the widths of Times New Roman, which Decree 30/2020/NĐ-CP asks of administrative papers, and every Vietnamese letter. */
export function readFonts(): Fonts {
  return {
    regular: readFileSync(require.resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf")),
    italic: readFileSync(require.resolve("@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf")),
    bold: readFileSync(require.resolve("@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf")),
  };
}
