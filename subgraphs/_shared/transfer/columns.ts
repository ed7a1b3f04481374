/** Columns of CSV, each with its Vietnamese heading. */
export type Columns = Readonly<Record<string, string>>;

/** Language of the headings of CSV: the fields' own names, or Vietnamese. */
export type HeadingLanguage = "en" | "vi";

/** Column that names the kind of a record. */
export const RECORD = "record";
const OF_EVERY_FILE: Columns = { [RECORD]: "Loại bản ghi" };

type Kinds = readonly { columns: Columns }[];

/** Columns of an object or list in a record: `mother.` and "Mẹ" before each. */
export function within(path: string, heading: string, columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, own]) => [`${path}${name}`, `${heading}: ${own}`]));
}

/** All columns of a file with records of these kinds, the first of which names the kind. */
export function columnsOf(kinds: Kinds): Columns {
  return Object.assign({}, OF_EVERY_FILE, ...kinds.map(({ columns }) => columns));
}

/** The column of each heading in either language; case, kind of Unicode and spaces around do not matter. */
export function columnsByHeading(kinds: Kinds): (heading: string) => string | undefined {
  const found = new Map(
    Object.entries(columnsOf(kinds)).flatMap(([name, vietnamese]) => [
      [folded(vietnamese), name],
      [folded(name), name],
    ]),
  );
  return (heading) => found.get(folded(heading));
}

function folded(heading: string): string {
  return heading.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}
