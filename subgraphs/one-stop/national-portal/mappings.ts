import { readFileSync } from "node:fs";
import * as z from "zod";
import { officeAgencyCode } from "../../_shared/reference/offices.ts";
import { BadConfiguration } from "../../_shared/serving/environment.ts";
import { projectPath } from "../../_shared/serving/paths.ts";
import { DOSSIER_STATES, type DossierState } from "../saga/state.ts";

const code = z.string().min(1);
const codes = z.record(z.string(), code);
const named = z.strictObject({ code, name: z.string().min(1) });

const mappingsShape = z.strictObject({
  /** Origin and certainty of the codes, for people. */
  notes: z.record(z.string(), z.string()).default({}),
  /** TrangThaiHoSo by the state of a dossier. */
  statuses: z.record(z.enum(DOSSIER_STATES), code),
  /** MaTTHC by our code of the procedure or bundle. */
  procedures: codes,
  /** MaLinhVuc and TenLinhVuc by the domain of the catalogue. */
  fields: z.record(z.string(), named),
  /** DonViXuLy by the commune code of the office. */
  offices: codes,
  /** Code of an office that `offices` lacks: its agency code, or none, so that a person completes the table. */
  otherOffices: z.enum(["AGENCY_CODE", "NONE"]),
  /** LoaiDoiTuong. */
  applicantTypes: codes,
  /** HinhThuc by the method of the handover. */
  resultChannels: codes,
  /** HinhThucThu by the channel of the submission. */
  feeCollections: codes,
  /** LoaiPhiLePhi by the kind of the fee. */
  feeKinds: codes,
  /** LoaiGiayTo by the kind of the paper. */
  copyKinds: codes,
  /** TrangThaiBoSung. */
  supplementStates: codes,
  /** Names of the unsure parts of an answer: the list of dossiers, each dossier's list of steps, the text of an error. */
  answerNames: z.strictObject({ dossiers: code, steps: code, words: code }),
  /** Codes of errors by which `TraCuuHoSo` says that it does not know a dossier. */
  unknownDossierErrors: z.array(code),
});

/** Codes of one portal. */
export type Mappings = z.infer<typeof mappingsShape>;
type Table =
  | "statuses"
  | "procedures"
  | "applicantTypes"
  | "resultChannels"
  | "feeCollections"
  | "feeKinds"
  | "copyKinds"
  | "supplementStates";

/** A code that the tables of the portal lack; a person completes them. `table` and `key` name the missing entry. */
export class MappingMissing extends Error {
  readonly entry: string;
  constructor(table: keyof Mappings, key: string) {
    super(`The mappings of the national portal have no code for ${table}.${key}`);
    this.entry = `${table}.${key}`;
  }
}

/** @throws MappingMissing */
export function mapped(mappings: Mappings, table: Table, key: string): string {
  const found = (mappings[table] as Readonly<Record<string, string>>)[key];
  if (found === undefined) throw new MappingMissing(table, key);
  return found;
}

/** Code and name of a field of the catalogue. @throws MappingMissing */
export function mappedField({ fields }: Mappings, domain: string): { code: string; name: string } {
  const found = fields[domain];
  if (!found) throw new MappingMissing("fields", domain);
  return found;
}

/** @param officeCodes agency codes of offices that deviate from the rule. @throws MappingMissing */
export function mappedOffice(
  { offices, otherOffices }: Mappings,
  office: string,
  officeCodes: Readonly<Record<string, string>>,
): string {
  const found = offices[office];
  if (found !== undefined) return found;
  if (otherOffices === "NONE") throw new MappingMissing("offices", office);
  return officeAgencyCode(office, officeCodes);
}

/**
 * Mappings of the release, each table completed or replaced entry by entry by those of the file.
 * @throws BadConfiguration that names the file and every bad entry
 */
export function readMappings(file: string, variable: string): Mappings {
  const released = readJson(projectPath("subgraphs", "one-stop", "data", "national-portal-mappings.json"), variable);
  const own = readJson(file, variable);
  const merged = Object.fromEntries(
    [...new Set([...Object.keys(released), ...Object.keys(own)])].map((table) => [
      table,
      isTable(released[table]) && isTable(own[table])
        ? { ...released[table], ...own[table] }
        : (own[table] ?? released[table]),
    ]),
  );
  const parsed = mappingsShape.safeParse(merged);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${variable}: ${file}, ${path.join(".")}: ${message}`);
  throw new BadConfiguration(lines.join("\n"));
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readJson(file: string, variable: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (isTable(read)) return read;
  } catch (error) {
    throw new BadConfiguration(
      `  ${variable}: ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  throw new BadConfiguration(`  ${variable}: ${file} must be a JSON object`);
}

/** State of a dossier by the portal's code of it; null for a code that no state has. */
export function stateOfStatus({ statuses }: Mappings, status: string): DossierState | null {
  return DOSSIER_STATES.find((state) => statuses[state] === status) ?? null;
}
