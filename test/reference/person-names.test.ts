import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Parsed } from "../../subgraphs/_shared/reference/identifiers/parsed.ts";
import { newbornNameKind } from "../../subgraphs/_shared/reference/newborn-names.ts";
import { foldName, parseFreeText, parsePersonName, sameName } from "../../subgraphs/_shared/reference/person-names.ts";

const outcome = (parsed: Parsed<string>) => (parsed.ok ? parsed.value : parsed.fault.code);
const child = (raw: string) => outcome(parsePersonName(raw, "CHILD"));
const person = (raw: string) => outcome(parsePersonName(raw, "PERSON"));

const vietnameseLetters = [
  ..."aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ",
];
const someName = fc
  .array(
    fc.constantFrom(...vietnameseLetters, ...vietnameseLetters.map((letter) => letter.toUpperCase()), " ", "'", "’"),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((letters) => `N${letters.join("")}`);

describe("a name is accepted", () => {
  test.each([
    "Phạm Minh Khôi",
    "ĐẶNG THỊ ƯỚC",
    "H'Hen Niê",
    "Y Moan Ênuôl",
    "K’Brơi",
    "H\u02BCLinh",
    "Y Ƀlĭ Kbuôr",
    "H Kruê\u0306 Byă",
    "Ân",
    "Y",
    "Jürgen Weiß Ødegård",
    "Łukasz Çelik",
  ])("the name is accepted: %s", (name) => {
    expect(child(name)).toBe(name);
  });

  test.each(["Jean-Luc Müller", "John F. O’Brien Jr."])(
    "the name of a foreign parent is accepted with a hyphen or full stop, and that of a child is not: %s",
    (name) => {
      expect([person(name), child(name)]).toEqual([name, "NAME_SYMBOL"]);
    },
  );

  test.each([
    ["Guðrún Þórsdóttir", "FOREIGNER", "Guðrún Þórsdóttir"],
    ["Guðrún Þórsdóttir", "PERSON", "Guðrún Þórsdóttir"],
    ["Ðagur Sørensen", "FOREIGNER", "Ðagur Sørensen"],
    ["Ðặng An", "PERSON", "Đặng An"],
    ["Ðặng Thị Ðào", "CHILD", "Đặng Thị Đào"],
    ["Bùi ðức An", "CHILD", "Bùi đức An"],
    ["Anne-Marie Dupont-Mẫu", "FOREIGNER", "Anne-Marie Dupont-Mẫu"],
    ["Y-Bhăm Niê", "HYPHENATED_CHILD", "Y-Bhăm Niê"],
    ["H\u2018Hen Niê", "CHILD", "H'Hen Niê"],
    ["H\u00B4Hen Niê", "CHILD", "H'Hen Niê"],
  ] as const)("the name %s is judged as that of a %s: %s", (raw, kind, name) => {
    expect(outcome(parsePersonName(raw, kind))).toBe(name);
  });

  test("the name of a citizen is judged by ethnic group: only names of the majority have no hyphen", () => {
    expect(newbornNameKind("VNM", "Kinh")).toBe("CHILD");
    expect(newbornNameKind("VNM", "Ê-đê")).toBe("HYPHENATED_CHILD");
    expect(newbornNameKind("FRA", "Kinh")).toBe("FOREIGNER");
  });

  test("a name in decomposed Unicode is accepted and composed", () => {
    expect(child("Nguyễn Thị Hoà".normalize("NFD"))).toBe("Nguyễn Thị Hoà");
    expect(child("Ho\u0340a")).toBe("Hòa");
  });

  test("a name with spaces around and inside is accepted and its spaces collapse", () => {
    expect(child("  Lê   Thị\u00A0Thử ")).toBe("Lê Thị Thử");
  });

  test("a name of up to 150 code points after normalization is accepted", () => {
    expect(child("ệ".repeat(150).normalize("NFD"))).toBe("ệ".repeat(150));
    expect(child("ệ".repeat(151))).toBe("NAME_TOO_LONG");
    expect(child("a".repeat(10_000_000))).toBe("NAME_TOO_LONG");
  });
});

describe("a name is refused", () => {
  test.each([
    ["nothing", "", "NAME_EMPTY"],
    ["spaces", "  \u00A0 ", "NAME_EMPTY"],
    ["apostrophes alone", "'’", "NAME_EMPTY"],
    ["a digit", "Nguyễn Văn 2", "NAME_HAS_DIGITS"],
    ["a fullwidth digit", "Nguyễn Văn ２", "NAME_HAS_DIGITS"],
    ["a Roman numeral sign", "Nguyễn Văn Ⅳ", "NAME_HAS_DIGITS"],
    ["a Cyrillic look-alike", "Nguyễn Vаn An", "NAME_FOREIGN_SCRIPT"],
    ["a Greek look-alike", "Ηoàng An", "NAME_FOREIGN_SCRIPT"],
    ["fullwidth letters", "Ｌê An", "NAME_FOREIGN_SCRIPT"],
    ["the African double of Đ", "Ɖặng An", "NAME_FOREIGN_SCRIPT"],
    ["a phonetic letter", "Lɑn", "NAME_FOREIGN_SCRIPT"],
    ["a mathematical letter", "𝐋an", "NAME_FOREIGN_SCRIPT"],
    ["Chinese characters", "阮", "NAME_FOREIGN_SCRIPT"],
    ["a ligature", "ﬁ An", "NAME_FOREIGN_SCRIPT"],
    ["a zero-width space", "Lê\u200BAn", "NAME_INVISIBLE_CHARACTER"],
    ["a zero-width joiner", "Lê\u200DAn", "NAME_INVISIBLE_CHARACTER"],
    ["only something invisible", "\u2060", "NAME_INVISIBLE_CHARACTER"],
    ["a right-to-left override", "Lê \u202EnA", "NAME_INVISIBLE_CHARACTER"],
    ["a bidirectional isolate", "Lê \u2066An\u2069", "NAME_INVISIBLE_CHARACTER"],
    ["a byte-order mark", "\uFEFFLê An", "NAME_INVISIBLE_CHARACTER"],
    ["a soft hyphen", "Lê\u00ADAn", "NAME_INVISIBLE_CHARACTER"],
    ["a variation selector", "Lê An\uFE0F", "NAME_INVISIBLE_CHARACTER"],
    ["a tag", "Lê An\u{E0041}", "NAME_INVISIBLE_CHARACTER"],
    ["a Hangul filler", "Lê\u3164An", "NAME_INVISIBLE_CHARACTER"],
    ["a grapheme joiner", "Le\u034F\u0302 An", "NAME_INVISIBLE_CHARACTER"],
    ["a blank Braille pattern", "Lê\u2800An", "NAME_INVISIBLE_CHARACTER"],
    ["NUL", "Lê\u0000An", "NAME_INVISIBLE_CHARACTER"],
    ["a tabulator", "Lê\tAn", "NAME_INVISIBLE_CHARACTER"],
    ["a line break", "Lê\nAn", "NAME_INVISIBLE_CHARACTER"],
    ["half a surrogate pair", "Lê \uD83D", "NAME_INVISIBLE_CHARACTER"],
    ["a private-use letter of a legacy font", "Lê \uE0A1", "NAME_INVISIBLE_CHARACTER"],
    ["an emoji", "Lê An 😀", "NAME_SYMBOL"],
    ["a family of emoji", "Lê An 👨‍👩‍👧", "NAME_SYMBOL"],
    ["a symbol", "Lê @An", "NAME_SYMBOL"],
    ["markup", "<b>An</b>", "NAME_SYMBOL"],
    ["stacked marks", "L\u0302\u0301\u0327\u0336e An", "NAME_SYMBOL"],
    ["a mark over nothing", "Lê \u0301An", "NAME_SYMBOL"],
    ["a second mark on a whole letter", "Lệ\u0306 An", "NAME_SYMBOL"],
    ["two breves", "ê\u0306\u0306", "NAME_SYMBOL"],
  ])("a name with %s is refused", (_what, raw, code) => {
    expect([child(raw), person(raw)]).toEqual([code, code]);
  });
});

describe("names compare", () => {
  test.each([
    ["Hoà", "Hòa"],
    ["THUỶ", "thủy"],
    ["Khoẻ", "khỏe"],
    ["Đỗ Thuý Hoà", "đỗ  thúy hòa".normalize("NFD")],
    ["H'Hen Niê", "H’Hen Niê"],
    ["H\u02BCHen", "h'hen"],
    ["Ðặng", "Đặng"],
  ])("the name %s is equal to %s", (a, b) => {
    expect(sameName(a, b)).toBe(true);
  });

  test.each([
    ["Hoà", "Hoá"],
    ["Thúy", "Thùy"],
    ["Dung", "Đung"],
    ["Hoa", "Hoà"],
    ["An", "Ân"],
    ["Minh Anh", "Minhanh"],
    ["Hoàn", "Hòan"],
  ])("the name %s is not equal to %s", (a, b) => {
    expect(sameName(a, b)).toBe(false);
  });

  test("names are compared for searching without diacritics, Đ included", () => {
    expect(foldName("  Đặng Thị   Ước ")).toBe("dang thi uoc");
    expect(foldName("K’BRƠI")).toBe("k'broi");
    expect(foldName("İnci")).toBe("inci");
    expect(foldName("a \u0301 b")).toBe("a b");
  });

  test("folding a name twice changes nothing, and equal names fold alike", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => foldName(foldName(text)) === foldName(text)));
    fc.assert(
      fc.property(someName, (name) => {
        const shouted = name.toUpperCase().normalize("NFD");
        return sameName(name, shouted) && foldName(name) === foldName(shouted);
      }),
    );
  });
});

test("every Vietnamese name is accepted in any normal form, and parsing it again changes nothing", () => {
  fc.assert(
    fc.property(someName, fc.constantFrom("NFC", "NFD"), (name, form) => {
      const once = child(name.normalize(form));
      return once === name.replace(/ +/g, " ").trim() && child(once) === once && once.normalize("NFC") === once;
    }),
  );
});

test("no text makes the name parser throw, and a parsed name parses to itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const parsed = parsePersonName(text, "PERSON");
      return !parsed.ok || person(parsed.value) === parsed.value;
    }),
  );
});

describe("a line of free text", () => {
  test("a line of free text keeps digits and signs and is composed with single spaces", () => {
    expect(outcome(parseFreeText(" Số 12/3A,  khu vực 3 (mẫu) – tổ\u00A05 ".normalize("NFD"), 200))).toBe(
      "Số 12/3A, khu vực 3 (mẫu) – tổ 5",
    );
  });

  test.each([
    ["  ", "TEXT_EMPTY"],
    ["a".repeat(201), "TEXT_TOO_LONG"],
    ["a".repeat(10_000_000), "TEXT_TOO_LONG"],
    ["Số 1\nPhố 2", "TEXT_INVISIBLE_CHARACTER"],
    ["Số\u200B1", "TEXT_INVISIBLE_CHARACTER"],
    ["Số \u202E1", "TEXT_INVISIBLE_CHARACTER"],
    ["Số \u00001", "TEXT_INVISIBLE_CHARACTER"],
  ])("the line of free text %j is refused: %s", (raw, code) => {
    expect(outcome(parseFreeText(raw, 200))).toBe(code);
  });

  test("a line of free text of exactly the maximum length in code points is accepted", () => {
    expect(outcome(parseFreeText("😀".repeat(10), 10))).toBe("😀".repeat(10));
  });
});
