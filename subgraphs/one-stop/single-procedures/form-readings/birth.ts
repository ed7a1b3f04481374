import type { FormReading } from "./form-reading.ts";

/** Fields of the form that are the child's. */
const CHILD = ["fullName", "sex", "dateOfBirth", "ethnicity", "nationality", "birthNotice"];

/** Form of a birth registration, 1.001193. */
export const birth: FormReading = {
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
