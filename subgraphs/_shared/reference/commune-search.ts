import { allCommunes, type Commune } from "./communes.ts";
import { formerCommunesOf } from "./former-communes.ts";
import { foldName } from "./person-names.ts";
import { province } from "./provinces.ts";

/** A text folded for searching, and its words. */
type Folded = { text: string; words: string[] };
/** A commune with its name and place, and those of before July 2025. */
type Entry = { commune: Commune; bare: string; present: Folded; former: Folded[]; formerCodes: string[] };

/** Rank of a commune in a search; a lower one is better, null is no match. */
type Rank = number | null;

/** Usual abbreviations of types of units and of one name, as words. */
const ABBREVIATIONS: Record<string, string> = {
  ...{ tp: "thanh pho", tx: "thi xa", tt: "thi tran" },
  ...{ hcm: "ho chi minh", tphcm: "thanh pho ho chi minh" },
};
/** A letter before a dot or a digit, as in "P. Long Mỹ" and "Q1": alone it may begin any word. */
const LETTERS: Record<string, string> = { p: "phuong", x: "xa", q: "quan", h: "huyen", t: "tinh" };

let entries: readonly Entry[] | undefined;

/**
 * Communes that a typed text may mean, best first: by code or the beginning of one, by name, by name and province, then by
 * a name or code of before July 2025. Diacritics, case and hyphens do not matter; every word typed begins a word found. Words
 * that stand together come before the same words apart.
 */
export function searchCommunes(search: string, provinceCode: string | null, most: number): Commune[] {
  entries ??= allCommunes().map(entryOf);
  const words = typedWords(search);
  const ranked: [Rank, Commune][] = [];
  for (const entry of entries) {
    if (provinceCode !== null && entry.commune.province !== provinceCode) continue;
    const rank = words.length === 0 ? 0 : rankOf(entry, words);
    if (rank !== null) ranked.push([rank, entry.commune]);
  }
  ranked.sort(([a], [b]) => Number(a) - Number(b)); // stable: by code within a rank
  return ranked.slice(0, most).map(([, commune]) => commune);
}

function rankOf({ commune, bare, present, former, formerCodes }: Entry, typed: string[]): Rank {
  const wanted = typed.join(" ");
  if (/^\d+$/.test(wanted)) return rankOfCode(commune.code, formerCodes, wanted);
  if (bare === wanted) return 0;
  const rank = rankIn(present, typed);
  if (rank !== null) return bare.startsWith(wanted) ? 1 : 2 + rank;
  const ranks = former.flatMap((each) => rankIn(each, typed) ?? []);
  return ranks.length === 0 ? null : 5 + Math.min(...ranks);
}

/** 0 for the words as they stand, 1 for their beginnings in this order, 2 for beginnings anywhere. */
function rankIn({ text, words }: Folded, typed: string[]): Rank {
  if (!typed.every((part) => words.some((word) => word.startsWith(part)))) return null;
  const wanted = typed.join(" ");
  if (` ${text} `.includes(` ${wanted} `)) return 0;
  return ` ${text}`.includes(` ${wanted}`) ? 1 : 2;
}

function rankOfCode(code: string, formerCodes: string[], digits: string): Rank {
  if (code === digits) return 0;
  if (code.startsWith(digits)) return 1;
  return formerCodes.includes(digits) ? 5 : null;
}

function entryOf(commune: Commune): Entry {
  const former = formerCommunesOf(commune.code);
  const placed = province(commune.province)?.fullName ?? "";
  return {
    commune,
    bare: folded(commune.name.replace(/^(?:Phường|Xã|Đặc khu) /, "")).text,
    present: folded(`${commune.name} ${placed}`),
    former: former.map((each) => folded(`${each.name} ${each.district} ${each.province}`)),
    formerCodes: former.flatMap(({ code }) => code ?? []),
  };
}

function folded(text: string): Folded {
  const words = wordsOf(text);
  return { text: words.join(" "), words };
}

function typedWords(search: string): string[] {
  const spelt = foldName(search).replace(/\b([pxqht])(?:\.|(?=\d))/g, (_, letter: string) => `${LETTERS[letter]} `);
  return wordsOf(spelt).flatMap((word) =>
    Object.hasOwn(ABBREVIATIONS, word) ? wordsOf(ABBREVIATIONS[word] ?? "") : word,
  );
}

function wordsOf(text: string): string[] {
  return foldName(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
