import type { LegalDay } from "../reference/days.ts";
import type { Fault } from "../reference/identifiers/parsed.ts";
import type { Problems } from "../registers/act-problems.ts";
import type { Tx } from "../serving/database.ts";
import type { Columns } from "./columns.ts";

/** Author and ground of the versions that an import enters. */
export type Origin = { recordedBy: string; ground: string };

/** A record that is about to be entered, with the problems that the register has with it. */
export type Candidate<Row> = { row: Row; problems: Problems };

/** Records of an export in the order of the register, and where the next page begins; null after the last one. */
export type ExportPage<Row> = { rows: readonly Row[]; next: string | null };

/**
 * One kind of records that an agency exports, and imports by the rules of its acts. A record is a whole: a household with its members.
 * Methods, so that kinds of different records are one type.
 */
export type TransferKind<Row extends object = object> = {
  /** Value of the field `record`, such as `HOUSEHOLD`. */
  name: string;
  /**
   * Columns of CSV with their Vietnamese headings: `a.b` of an object in the record, `list[].a` of a list of objects, `list[]` of a list
   * of texts. Kinds of one agency give a column one heading.
   */
  columns: Columns;
  /** Columns that identify a record: rows of CSV that follow one another and agree in them are one record. */
  keyColumns: readonly string[];
  /** Citizens whose data the record has, for the access log. */
  citizensOf(row: Row): readonly string[];
  /** The page of records of an export after a position that an earlier page gave. */
  page(tx: Tx, after: string | null, size: number): Promise<ExportPage<Row>>;
  /** Import of records; absent for those that are only exported. */
  importing?: Importing<Row>;
};

export type Importing<Row extends object> = {
  /** Reads the fields of a record; undefined, with all problems, if a value is unreadable or impossible on `today`. */
  read(raw: object, today: LegalDay, problems: Problems): Row | undefined;
  keyOf(row: Row): string;
  /** Entries of the register in force under these keys, as an export has them. */
  stored(tx: Tx, keys: readonly string[]): Promise<readonly Row[]>;
  /** A record with the values that it leaves to the register, such as an id, taken from the entry under its key. */
  completed?(row: Row, stored: Row): Row;
  /** Adds the problems that the register has with records on `today`. */
  examine(tx: Tx, candidates: readonly Candidate<Row>[], today: LegalDay): Promise<void>;
  /** Enters records without problems, with one statement for each table. */
  enter(tx: Tx, rows: readonly Row[], origin: Origin): Promise<void>;
  /** Columns that an import changes, for the access log. */
  changed: readonly string[];
  /** Problems that constraints of the database stand for, by their names. */
  refusals?: Readonly<Record<string, () => Fault>>;
};
