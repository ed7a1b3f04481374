/** A text in Vietnamese, with an English line where the form has room for one. */
export type Line = { vi: string; en?: string };

/** A row of a form. A null value is left open, to be filled in by hand. */
export type Field = { label: Line; value: string | null; isStrong?: boolean };

export type Column = { title: Line /** Share of the width; all shares add up to 1. */; share: number };

/** A piece of a paper, in reading order. */
export type Block =
  | { kind: "fields"; rows: readonly Field[] }
  | { kind: "paragraph"; text: Line }
  | { kind: "letter"; salutation: string; paragraphs: readonly string[] }
  | { kind: "list"; heading: Line; items: readonly string[] }
  | { kind: "table"; columns: readonly Column[]; rows: readonly (readonly string[])[] };

/** A place to sign. The name is printed where it is known. */
export type Signature = { role: Line; instruction: Line; name: string | null };

/** A code that a phone reads: the address, and what it opens. */
export type QrCode = { address: string; caption: Line };

/** A paper as data: what it says, and nothing of how it looks. The same data give the same bytes. */
export type Paper = {
  /** The institution that issues it, and the one above it. */
  institution: { above: string | null; name: string };
  /** The legal form that it follows; a paper without one says that it is a printout. */
  form: string | null;
  /** Place and ISO day of issue. */
  issued: { place: string | null; at: string };
  title: Line;
  /** Code of the dossier, as barcode and text. */
  code: string;
  qrCodes: readonly QrCode[];
  blocks: readonly Block[];
  signatures: readonly Signature[];
  /** Notes below the signatures. */
  notes: readonly Line[];
};
