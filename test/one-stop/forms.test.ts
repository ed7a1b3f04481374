import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { catalogueFile, readEntries } from "../../subgraphs/one-stop/procedures/catalogue.ts";
import { validateForm } from "../../subgraphs/one-stop/procedures/forms/form-validation.ts";
import { codesWithOwnForm, procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { postedTextFault } from "../../subgraphs/one-stop/procedures/posted-text.ts";

type Schema = {
  title?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: { const: string; title: string }[];
  pattern?: string;
};
type Spoiled = { what: string; form: unknown; path: string[] };

const codes = readEntries(catalogueFile()).map(({ code }) => code);
const schemaOf = (code: string) => procedureForm(code).schema as Schema;

/** Every schema within a schema: fields, items and choices. */
function parts(schema: Schema): Schema[] {
  const inside = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
  return [schema, ...inside.flatMap(parts)];
}

/** Ways to spoil an answer: each required field left out, each value of another type, each pattern and choice broken. */
function spoil(schema: Schema, value: unknown, path: string[] = []): Spoiled[] {
  const found: Spoiled[] = [];
  if (schema.type === "object" && typeof value === "object" && value !== null) {
    const whole = value as Record<string, unknown>;
    found.push({ what: "an unknown field", form: { ...whole, unknownField: 1 }, path: [...path, "unknownField"] });
    for (const name of schema.required ?? []) {
      const { [name]: _, ...rest } = whole;
      found.push({ what: `no ${name}`, form: rest, path: [...path, name] });
    }
    for (const [name, part] of Object.entries(whole)) {
      const deeper = spoil(schema.properties?.[name] ?? {}, part, [...path, name]);
      found.push(...deeper.map((each) => ({ ...each, form: { ...whole, [name]: each.form } })));
    }
  } else if (schema.type === "array" && Array.isArray(value)) {
    found.push({ what: "no list", form: "none", path });
    if (value.length > 0)
      found.push(
        ...spoil(schema.items ?? {}, value[0], [...path, "0"]).map((each) => ({
          ...each,
          form: [each.form, ...value.slice(1)],
        })),
      );
  } else {
    found.push({ what: "another type", form: schema.type === "boolean" ? "yes" : true, path });
    if (schema.pattern || schema.oneOf) found.push({ what: "another value", form: "§", path });
  }
  return found;
}

describe("the forms of the procedures", () => {
  it("at least twenty procedures have specific forms, and all others have a common form", () => {
    expect(codesWithOwnForm().length).toBeGreaterThanOrEqual(20);
    expect(codesWithOwnForm().filter((code) => !codes.includes(code))).toEqual([]);
    expect(procedureForm("2.000908")).toBe(procedureForm("1.014199"));
    expect(codes).toHaveLength(77);
  });

  it.each(codes)(
    "the form of %s compiles strictly, has Vietnamese titles throughout, and accepts its example",
    (code) => {
      const { schema, example } = procedureForm(code);
      const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
      expect(validate(example)).toBe(true);
      expect(validateForm(code, example)).toEqual([]);
      // "karaoke" is the word of the decree itself
      for (const part of parts(schemaOf(code)))
        for (const title of [part.title ?? "", ...(part.oneOf ?? []).map((each) => each.title)])
          expect([title, /^\p{Lu}/u.test(title), /(?!karaoke)\b[a-z]{6,}/.test(title)]).toEqual([title, true, false]);
      expect(postedTextFault(schemaOf(code).title ?? "")).toBeNull();
    },
  );

  it.each([...codesWithOwnForm(), "1.014199"])("the form of %s refuses every invalid example at its path", (code) => {
    const spoiled = spoil(schemaOf(code), procedureForm(code).example);
    expect(spoiled.length).toBeGreaterThan(5);
    for (const { what, form, path } of spoiled) {
      const problems = validateForm(code, form);
      expect([what, problems.map((each) => each.path.join("."))]).toEqual([what, [["form", ...path].join(".")]]);
      for (const { code: problem, message, messageEn } of problems) {
        expect(problem).toMatch(/^FORM_[A-Z_]+$/);
        expect(message.normalize("NFD")).toMatch(/\p{M}/u);
        expect(messageEn).not.toBe("");
      }
    }
  });

  it("report a date that does not exist and a commune that is none, all at once", () => {
    const { example } = procedureForm("1.001193");
    const form = { ...example, dateOfBirth: "2026-02-30", communeOfBirth: "00000", nationality: "ZZZ" };
    expect(validateForm("1.001193", form).map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["DATE_DOES_NOT_EXIST", "form.dateOfBirth"],
      ["COMMUNE_UNKNOWN", "form.communeOfBirth"],
      ["NATIONALITY_UNKNOWN", "form.nationality"],
    ]);
  });

  it("a form refuses a business code with a wrong check digit, and a number that is no telephone number", () => {
    const changes = (more: object) => ({ ...procedureForm("1.001570").example, ...more });
    expect(validateForm("1.001570", changes({ code: "0312687878-001" }))).toEqual([]);
    expect(validateForm("1.001570", changes({ code: "0100233480-001" }))).toMatchObject([
      { code: "TAX_CODE_CHECKSUM", path: ["form", "code"] },
    ]);
    const card = { ...procedureForm("1.014137").example, phone: "01234567890" };
    expect(validateForm("1.014137", card)).toMatchObject([{ code: "PHONE_OLD_MOBILE", path: ["form", "phone"] }]);
  });

  it.each([null, undefined, 1, "text", [], {}])("the forms of the procedures do not accept %j", (form) => {
    expect(validateForm("1.001193", form).length).toBeGreaterThan(0);
  });

  it("a form of more than 64 kB is not read", () => {
    expect(validateForm("1.014199", { subject: "x".repeat(70_000), purpose: "x" })).toMatchObject([
      { code: "FORM_TOO_LARGE", path: ["form"] },
    ]);
  });
});
