import * as z from "zod";
import { addDays, type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parseProcedureCode } from "../../_shared/reference/identifiers/procedure-code.ts";
import { subgraphs } from "../../agency-registry.ts";
import { TERM_UNITS } from "../clock/terms.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import { paperOf } from "./papers.ts";
import { postedTextFault } from "./posted-text.ts";
import { FEE_UNITS } from "./procedure-facts.ts";

/** Refused row, by its number from 1, with all reasons. */
export type RefusedRow = { row: number; code: string; reasons: string[] };
/** Result of an import. If a row is refused, `entries` are as before. */
export type ImportReport = { entries: CatalogueEntry[]; added: string[]; unchanged: string[]; refused: RefusedRow[] };

const domains = new Set<string>(subgraphs.flatMap(({ catalogueDomains }) => [...catalogueDomains]));
const CHANNELS = ["DESK", "ONLINE", "POST"] as const;

const posted = z.string().superRefine((text, context) => {
  const fault = postedTextFault(text);
  if (fault) context.addIssue({ code: "custom", message: fault });
});
const day = z.string().transform((text, context): LegalDay => {
  const parsed = parseLegalDay(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: parsed.fault.messageEn });
  return z.NEVER;
});
const code = z.string().refine((text) => parseProcedureCode(text).ok, "must have the form d.dddddd");
const term = z.object({ quantity: z.int().min(1).nullable(), unit: z.enum(TERM_UNITS).nullable() });

const entryShape = z.object({
  code,
  name: posted,
  domain: z.string().refine((text) => domains.has(text), "is a domain that no agency decides"),
  levels: z.array(posted).min(1),
  legalBasis: z.array(posted).min(1, "names no decision"),
  validFrom: day,
  validTo: day.nullable().default(null),
  successor: code.nullable().default(null),
  processingTime: term.extend({ note: posted.nullable().default(null) }),
  verification: z
    .object({ quantity: z.int().min(1), unit: z.enum(TERM_UNITS) })
    .nullable()
    .default(null),
  fees: z
    .array(
      z.object({
        ...{ name: posted, amountVnd: z.int().min(0).nullable(), channel: z.enum(CHANNELS) },
        per: z.enum(FEE_UNITS).optional(),
      }),
    )
    .default([]),
  feeNote: posted.nullable().default(null),
  channels: z.array(z.enum(CHANNELS)).min(1),
  requiredPapers: z
    .array(z.string().refine((each) => paperOf(each) !== undefined, "is no paper of the list"))
    .nullable()
    .default(null),
  results: z.array(z.object({ code: z.string().min(1), name: posted })).default([]),
});

/**
 * Adds the versions in `rows` to the catalogue. A new version ends the one before it on the day before its own beginning.
 * Every row is checked; if one is refused, nothing is added.
 */
export function importRows(existing: readonly CatalogueEntry[], rows: readonly unknown[]): ImportReport {
  const report: ImportReport = { entries: [...existing], added: [], unchanged: [], refused: [] };
  for (const [index, row] of rows.entries()) {
    const parsed = entryShape.safeParse(row);
    const name = String((row as { code?: unknown } | null)?.code ?? "?");
    if (!parsed.success) {
      const reasons = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      report.refused.push({ row: index + 1, code: name, reasons });
      continue;
    }
    const reasons = addVersion(report, parsed.data);
    if (reasons.length > 0) report.refused.push({ row: index + 1, code: name, reasons });
  }
  return report.refused.length > 0 ? { ...report, entries: [...existing], added: [], unchanged: [] } : report;
}

/** Adds one version, or returns the reasons of the refusal. */
function addVersion(report: ImportReport, entry: CatalogueEntry & { validFrom: LegalDay }): string[] {
  const versions = report.entries.filter((each) => each.code === entry.code);
  const same = versions.find(({ validFrom }) => validFrom === entry.validFrom);
  if (same && isSame(same, entry)) {
    report.unchanged.push(entry.code);
    return [];
  }
  const reasons: string[] = [];
  if (same) reasons.push(`validFrom: another version begins on ${entry.validFrom}`);
  if (versions.some(({ validFrom }) => validFrom !== null && validFrom > entry.validFrom))
    reasons.push("validFrom: a later version is in the catalogue already");
  if (entry.validTo !== null && entry.validTo < entry.validFrom) reasons.push("validTo: lies before validFrom");
  if (entry.successor === entry.code) reasons.push("successor: is the procedure itself");
  if (entry.processingTime.quantity === null && entry.processingTime.note === null)
    reasons.push("processingTime: has neither a number nor a note");
  if (entry.fees.some(({ amountVnd }) => amountVnd === null) && entry.feeNote === null)
    reasons.push("feeNote: must say who sets the amount");
  if (reasons.length > 0) return reasons;
  const before = addDays(entry.validFrom, -1);
  report.entries = report.entries.map((each) =>
    each.code === entry.code && (each.validTo === null || each.validTo > before) ? { ...each, validTo: before } : each,
  );
  report.entries.push(entry);
  report.added.push(`${entry.code} from ${entry.validFrom}`);
  return [];
}

function isSame(a: CatalogueEntry, b: CatalogueEntry): boolean {
  const facts = (entry: CatalogueEntry) => {
    const parsed = entryShape.safeParse(entry);
    return JSON.stringify(parsed.success ? parsed.data : entry);
  };
  return facts(a) === facts(b);
}

/** Rows of a file: a JSON array, an object with `procedures`, or CSV. @throws Error for any other file */
export function readRows(text: string, format: "csv" | "json"): unknown[] {
  if (format === "csv") return csvRows(text);
  const value: unknown = JSON.parse(text);
  const rows = Array.isArray(value) ? value : (value as { procedures?: unknown } | null)?.procedures;
  if (!Array.isArray(rows)) throw new Error("The file must hold an array, or an object with an array `procedures`");
  return rows;
}

const LISTS = ["levels", "legalBasis", "channels", "requiredPapers"];

/**
 * CSV with a header. Lists are separated by `|`; `quantity`, `unit` and `note` are the term; `fees` are `name=amount@CHANNEL`,
 * or `name=amount@CHANNEL/UNIT` for each copy, page or person,
 * and `results` `code=name`. Empty cells are omitted.
 */
function csvRows(text: string): unknown[] {
  const [header = [], ...lines] = csvCells(text.replace(/^\uFEFF/, ""));
  return lines.map((cells) => {
    const row: Record<string, string> = Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""]));
    const entry: Record<string, unknown> = {};
    for (const [name, cell] of Object.entries(row)) {
      if (cell === "" || ["quantity", "unit", "note"].includes(name)) continue;
      entry[name] = LISTS.includes(name) ? cell.split("|") : cell;
    }
    const { quantity, unit, note } = row;
    entry.processingTime = { quantity: quantity ? Number(quantity) : null, unit: unit || null, note: note || null };
    if (row.fees) entry.fees = row.fees.split("|").map(feeOf);
    if (row.results) entry.results = row.results.split("|").map(resultOf);
    return entry;
  });
}

function feeOf(cell: string) {
  const [, name = cell, amount = "", channel = "", per] = /^(.*)=(\d*)@(\w+?)(?:\/(\w+))?$/.exec(cell) ?? [];
  return { name, amountVnd: amount === "" ? null : Number(amount), channel, ...(per && { per }) };
}

function resultOf(cell: string) {
  const at = cell.indexOf("=");
  return { code: cell.slice(0, Math.max(at, 0)), name: cell.slice(at + 1) };
}

/** Cells of a CSV text (RFC 4180): a cell with a comma, quotation mark or line break is quoted; "" is one quotation mark. */
function csvCells(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (quoted === undefined && plain === "" && end === "" && cells.length === 0) break;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    if (cells.some((cell) => cell !== "")) lines.push(cells);
    cells = [];
  }
  return lines;
}
