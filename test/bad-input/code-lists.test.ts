import { describe, expect, it } from "vitest";
import { type BirthInput, submit } from "../given.ts";
import { changedRequest, type InputChange, refusalsOf, worldWithLongDeadlines } from "./refused-requests.ts";

const world = worldWithLongDeadlines();

type Row = [field: string, spoil: InputChange, allowed: string];
const NOTICE = { birthNotice: null, withoutNotice: { kind: "OATH", text: "Lời thề" } };

const rows: Row[] = [
  ["channel", (input) => Object.assign(input, { channel: "FAX" }), "DESK, ONLINE, POST"],
  ["child.sex", ({ child }) => Object.assign(child, { sex: "male" }), "MALE, FEMALE"],
  [
    "child.withoutNotice.kind",
    ({ child }) => Object.assign(child, NOTICE),
    "WITNESS, UNDERTAKING, FOUNDLING_RECORD, FOREIGN_CERTIFICATE",
  ],
  [
    "declarant.relation",
    ({ declarant }) => Object.assign(declarant, { relation: "constructor" }),
    "HEAD, WIFE, HUSBAND",
  ],
  [
    "residence.relationToHead",
    ({ residence }) => Object.assign(residence ?? {}, { relationToHead: "Con đẻ" }),
    "HEAD, WIFE, HUSBAND",
  ],
  ["handover.method", ({ handover }) => Object.assign(handover, { method: "PIGEON" }), "ELECTRONIC, DESK, POST"],
];

describe("a value outside a closed list", () => {
  it.each(rows)(
    "a value outside the closed list of %s is an error that names the field and the allowed values",
    async (field, spoil, allowed) => {
      const input = changedRequest(spoil);
      const { data, errors } = await submit(world.current, input);
      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
      expect(errors?.[0]?.message).toContain(`at "input.${field}"`);
      expect(errors?.[0]?.message).toContain(`one of ${allowed}`);
      expect(errors?.[0]?.message).not.toContain(valueAt(input, field));
    },
  );

  it("faults of several closed lists in one request are all reported", async () => {
    const input = changedRequest((each) => {
      for (const [, spoil] of rows) spoil(each);
    });
    const { errors } = await submit(world.current, input);
    expect(errors).toHaveLength(rows.length);
  });

  it("a relation to a head of household is a declarant's relation, and a problem with its path in a birth request", async () => {
    const input = changedRequest(({ declarant }) => Object.assign(declarant, { relation: "TENANT" }));
    expect(await refusalsOf(world.current, input)).toEqual([
      { code: "DECLARANT_NOT_ENTITLED", at: "declarant.relation", agency: null },
    ]);
  });
});

function valueAt(input: BirthInput, field: string): string {
  return String(field.split(".").reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], input));
}
