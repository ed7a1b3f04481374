import { allCommunes, type Commune } from "./communes.ts";
import { formerCommunesOf } from "./former-communes.ts";
import { foldName } from "./person-names.ts";
import { province } from "./provinces.ts";

/** A commune with its texts folded for searching. */
type Entry = { commune: Commune; bare: string; words: string[]; former: string[][]; formerCodes: string[] };

/** Rank of a commune in a search; a lower one is better, null is no match. */
type Rank = 0 | 1 | 2 | 3 | null;

let entries: readonly Entry[] | undefined;

/**
 * Communes that a typed text may mean, best first: by code or the beginning of one, by name, by name and province, then by
 * a name or code of before July 2025. Diacritics, case and hyphens do not matter; every word typed begins a word found.
 */
export function searchCommunes(search: string, provinceCode: string | null, most: number): Commune[] {
  entries ??= allCommunes().map(entryOf);
  const words = wordsOf(search);
  const text = words.join(" ");
  const ranked: [Rank, Commune][] = [];
  for (const entry of entries) {
    if (provinceCode !== null && entry.commune.province !== provinceCode) continue;
    const rank = words.length === 0 ? 0 : rankOf(entry, words, text);
    if (rank !== null) ranked.push([rank, entry.commune]);
  }
  ranked.sort(([a], [b]) => Number(a) - Number(b)); // stable: by code within a rank
  return ranked.slice(0, most).map(([, commune]) => commune);
}

function rankOf({ commune, bare, words, former, formerCodes }: Entry, typed: string[], text: string): Rank {
  if (/^\d+$/.test(text)) return rankOfCode(commune.code, formerCodes, text);
  if (bare === text || words.join(" ") === text) return 0;
  if (isTyped(typed, words)) return bare.startsWith(text) ? 1 : 2;
  return former.some((name) => isTyped(typed, name)) ? 3 : null;
}

function rankOfCode(code: string, formerCodes: string[], digits: string): Rank {
  if (code === digits) return 0;
  if (code.startsWith(digits)) return 1;
  return formerCodes.includes(digits) ? 3 : null;
}

function isTyped(typed: string[], words: string[]): boolean {
  return typed.every((part) => words.some((word) => word.startsWith(part)));
}

function entryOf(commune: Commune): Entry {
  const former = formerCommunesOf(commune.code);
  const placed = province(commune.province)?.name ?? "";
  return {
    commune,
    bare: wordsOf(commune.name.replace(/^(?:Phường|Xã|Đặc khu) /, "")).join(" "),
    words: wordsOf(`${commune.name} ${placed}`),
    former: former.map((each) => wordsOf(`${each.name} ${each.district} ${each.province}`)),
    formerCodes: former.flatMap(({ code }) => code ?? []),
  };
}

function wordsOf(text: string): string[] {
  return foldName(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
