import { $defs } from "motcua:forms";
import { language } from "../client/language.ts";
import { type FormSchema, resolved } from "../form/form-schema.ts";
import type { Kind } from "./storage.ts";

type Bundle = { name: string; vi: string; en: string };

/** Bundles of the graph: `submitBirthBundle` and `checkBirthBundle` take a `BirthBundleInput`. */
const BUNDLES: readonly Bundle[] = [
  {
    name: "Birth",
    vi: "Khai sinh, thường trú, thẻ bảo hiểm y tế (3 trong 1)",
    en: "Birth, residence, health-insurance card (3 in 1)",
  },
  {
    name: "Death",
    vi: "Khai tử, xóa thường trú, khóa thẻ, mai táng phí",
    en: "Death, strike-off, card, funeral allowance",
  },
  { name: "Marriage", vi: "Kết hôn, xác nhận tình trạng hôn nhân, nhập hộ", en: "Marriage, marital status, household" },
  { name: "Move", vi: "Chuyển nơi ở", en: "Move to another dwelling" },
  { name: "BusinessStart", vi: "Bắt đầu kinh doanh", en: "Start of a business" },
  { name: "LandTransfer", vi: "Chuyển quyền sử dụng đất", en: "Transfer of land" },
];

export const bundles = BUNDLES.map(({ name, ...titles }) => ({ kind: { bundle: name }, name: titles[language] }));

/** Members that the desk fills in itself. */
const OWN_MEMBERS = ["office", "channel", "procedure"];

/** Procedure as far as its form needs it. */
export type ProcedureFacts = { formSchema: FormSchema; requiredPapers: { code: string; name: string }[] | null };

/** Form of a kind; of a single procedure, with the procedure's own form and its papers within. */
export function formSchemaOf(kind: Kind, procedure?: ProcedureFacts): FormSchema {
  const input = "bundle" in kind ? `${kind.bundle}BundleInput` : "DossierInput";
  const { properties = {}, required = [], ...schema } = resolved({ $ref: `#/$defs/${input}` }, $defs);
  const shown = Object.entries(properties).filter(([name]) => !OWN_MEMBERS.includes(name));
  const own = procedure && { form: procedure.formSchema, papers: papersOf(procedure, properties.papers) };
  return { ...schema, required, properties: { ...Object.fromEntries(shown), ...own } };
}

/** List of the papers that are handed in, of those that the procedure asks for. */
function papersOf({ requiredPapers }: ProcedureFacts, papers: FormSchema = {}): FormSchema {
  const { properties = {} } = resolved(papers.items ?? {}, $defs);
  const oneOf = requiredPapers?.map(({ code, name }) => ({ const: code, title: name }));
  const { code, kind, attachment } = properties;
  const items: FormSchema = {
    ...{ type: "object", title: "Giấy tờ", titleEn: "Paper" },
    properties: {
      code: { ...code, ...(oneOf && { oneOf }) },
      ...(kind && { kind }),
      attachment: { ...attachment, titleEn: "File" }, // the graph takes its id
    },
    required: ["code"],
  };
  return { ...papers, items };
}

/** Input of a submission at the desk. */
export function inputOf(kind: Kind, office: string, filledIn: unknown): Record<string, unknown> {
  const procedure = "procedure" in kind && { procedure: kind.procedure };
  return { ...(filledIn as Record<string, unknown>), ...procedure, office, channel: "DESK" }; // a form is an object
}

/** Document of the check before a submission; there is none for single procedures. */
export function checkDocument({ bundle }: { bundle: string }): string {
  return `query Check($input: ${bundle}BundleInput!) {
  check: check${bundle}Bundle(input: $input) {
    ready
    problems { code message messageEn path agency { name } existingDossier { code } }
    warnings { code message messageEn path }
    hints { message messageEn }
    procedures { procedure { name } agency { name } feeVnd dueAt }
  }
}`;
}

/** Member of an item of `submitBatch` for a kind; undefined for bundles that it does not take. */
export function batchMember(kind: Kind): "dossier" | "birthBundle" | undefined {
  if ("procedure" in kind) return "dossier";
  return kind.bundle === "Birth" ? "birthBundle" : undefined;
}

/** Document that submits a bundle for itself. */
export function submitDocument({ bundle }: { bundle: string }): string {
  return `mutation Submit($input: ${bundle}BundleInput!, $idempotencyKey: String!) {
  submitted: submit${bundle}Bundle(input: $input, idempotencyKey: $idempotencyKey) {
    dossier { code }
    problems { code message messageEn path }
  }
}`;
}
