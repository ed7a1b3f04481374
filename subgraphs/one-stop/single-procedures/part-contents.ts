import type { SingleRequest } from "./read-dossier.ts";

type Content = Record<string, unknown>;
/** Conversion of a procedure's form into the content that its agency decides on. */
type FormReading = {
  content(request: SingleRequest): Content;
  /** Path into the client's input for a path into the content. */
  pathOf(path: readonly string[]): string[];
};

/** Content as the form gives it. */
const AS_FORM: FormReading = {
  content: ({ declarant, form, papers }) => ({ declarant, ...form, papers }),
  pathOf: ([first = "", ...rest]) =>
    first === "declarant" || first === "papers" ? [first, ...rest] : ["form", first, ...rest],
};

/** Fields of the birth form that are the child's. */
const CHILD = ["fullName", "sex", "dateOfBirth", "ethnicity", "nationality", "birthNotice"];

const BIRTH: FormReading = {
  content({ declarant: { fullName, personalId }, form }) {
    const { withoutNotice, mother = null, father = null, relation } = form;
    const child = Object.fromEntries(CHILD.map((name) => [name, form[name] ?? null]));
    const placeOfBirth = { facilityName: form.placeOfBirth ?? null, commune: form.communeOfBirth ?? null };
    const statement = withoutNotice ? { kind: "UNDERTAKING", text: withoutNotice } : null;
    return {
      declarant: { fullName, personalId, relation },
      child: { ...child, placeOfBirth, homeCommune: null, withoutNotice: statement, multipleBirth: null },
      ...{ mother, father },
    };
  },
  pathOf([first = "", second = "", ...rest]) {
    if (first === "declarant") return second === "relation" ? ["form", "relation"] : ["declarant", second, ...rest];
    if (first !== "child") return first === "office" ? ["office"] : ["form", first, second, ...rest].filter(Boolean);
    if (second !== "placeOfBirth") return ["form", second];
    return ["form", rest[0] === "commune" ? "communeOfBirth" : "placeOfBirth"];
  },
};

/** Procedures that are decided by a combined request alone: their forms do not name the parents. */
const OFFICERS_ONLY: ReadonlySet<string> = new Set(["1.014137"]);

/** Reading of a procedure's form; null if officers decide by the form as it is. */
export function formReading(code: string): FormReading | null {
  if (OFFICERS_ONLY.has(code)) return null;
  return code === "1.001193" ? BIRTH : AS_FORM;
}

export const officersContent = AS_FORM.content;
