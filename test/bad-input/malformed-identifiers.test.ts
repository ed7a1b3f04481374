import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { type BirthInput, submit } from "../given.ts";
import { untouched } from "../kit/registers-unchanged.ts";
import { clerk, contract } from "../world.ts";
import {
  changedRequest,
  type InputChange,
  refusalsOf,
  submitAccepted,
  worldWithLongDeadlines,
} from "./refused-requests.ts";

const world = worldWithLongDeadlines();

type Vector = string | { value: string; why: string };
const vectors = JSON.parse(readFileSync(projectPath("test", "data", "identifier-test-vectors.json"), "utf8"));

/** Invalid values of a kind in the test vectors, without their remarks and without values that only cause a warning. */
function impossible(kind: string): string[] {
  return (vectors[kind].invalid as Vector[])
    .filter((vector) => typeof vector === "string" || !vector.why.includes("warn"))
    .map((vector) => (typeof vector === "string" ? (vector.split(" ")[0] ?? "") : vector.value));
}

const GARBAGE = [
  "",
  " 093195000017",
  "09319500001７",
  "０９３１９５０００００１７",
  "093195000017\u200b",
  "-93195000017",
];
const PERSONS: [string, (input: BirthInput, value: string) => void][] = [
  ["mother.personalId", ({ mother }, value) => Object.assign(mother, { personalId: value })],
  ["father.personalId", ({ father }, value) => Object.assign(father ?? {}, { personalId: value })],
  ["declarant.personalId", ({ declarant }, value) => Object.assign(declarant, { personalId: value })],
  ["residence.headPersonalId", ({ residence }, value) => Object.assign(residence ?? {}, { headPersonalId: value })],
];

describe("a personal number", () => {
  it.each(PERSONS.flatMap(([at, put]) => impossible("personalId").map((value) => [value, at, put] as const)))(
    "the personal number %j is refused as %s",
    async (value, at, put) => {
      const code = value.length === 9 ? "LEGACY_ID_CARD_NUMBER" : "PERSONAL_ID_MALFORMED";
      const problems = await refusalsOf(
        world.current,
        changedRequest((input) => put(input, value)),
      );
      expect(problems).toEqual([{ code, at, agency: null }]);
    },
  );

  it.each(GARBAGE)("the personal number %j is refused as a mother's", async (value) => {
    const code = value === "" ? "PERSONAL_ID_REQUIRED" : "PERSONAL_ID_MALFORMED";
    const problems = await refusalsOf(
      world.current,
      changedRequest(({ mother }) => Object.assign(mother, { personalId: value })),
    );
    expect(problems).toEqual([{ code, at: "mother.personalId", agency: null }]);
  });

  it("a personal number with no province code passes as a birth abroad where no register is asked", async () => {
    await submitAccepted(
      world.current,
      changedRequest(({ declarant }) =>
        Object.assign(declarant, { personalId: "003224000017", relation: "OLDER_SISTER", fullName: "Lê Thị Chị Cả" }),
      ),
    );
  });

  it("a personal number that no person holds is refused by the population register", async () => {
    const input = changedRequest(({ mother }) =>
      Object.assign(mother, { personalId: `003195${mother.personalId?.slice(6)}` }),
    );
    input.mother.dateOfBirth = "1995";
    input.declarant.personalId = input.mother.personalId;
    expect(await refusalsOf(world.current, input)).toEqual([
      { code: "PERSON_NOT_FOUND", at: "mother.personalId", agency: "RESIDENCE" },
    ]);
  });

  it.each([...impossible("personalId"), ...GARBAGE])(
    "%j is not accepted as the citizen argument",
    async (personalId) => {
      const query = (argument: string) => `{ citizen(personalId: ${argument}) { fullName } }`;
      const written = await world.current.ask(clerk, query(JSON.stringify(personalId)));
      const sent = await world.current.ask(clerk, contract("citizen"), { personalId });
      for (const { errors, status, data } of [written, sent]) {
        expect(status).toBe(200);
        expect(data?.citizen ?? null).toBeNull();
        expect(errors?.map((error) => error.extensions.code)).toEqual(["BAD_USER_INPUT"]);
        expect(errors?.[0]?.extensions.requestId).toEqual(expect.any(String));
      }
    },
  );

  it("a well-formed but unknown personal number gives NOT_FOUND for citizen", async () => {
    const { errors, data } = await world.current.ask(clerk, contract("citizen"), { personalId: "003224000017" });
    expect(data.citizen).toBeNull();
    expect(errors).toMatchObject([{ path: ["citizen"], extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("a birth notice and a phone", () => {
  const notice =
    (value: string): InputChange =>
    ({ child }) =>
      Object.assign(child, { birthNotice: value });
  const phone =
    (value: string): InputChange =>
    ({ declarant }) =>
      Object.assign(declarant, { phone: value });
  it.each([
    ...[...impossible("birthNotice"), "00123.gcs.01929.26", "00123.GCS.01929.2026", "00123GCS0192926", "\u0000"].map(
      (value) => [value, "BIRTH_NOTICE_MALFORMED", "child.birthNotice", notice(value)] as const,
    ),
    ...["912345678", "+855123", "0912 345 67", "0212345678", "\u0000"].map(
      (value) => [value, "PHONE_MALFORMED", "declarant.phone", phone(value)] as const,
    ),
    ["01234567890", "PHONE_OLD_MOBILE", "declarant.phone", phone("01234567890")] as const,
  ])("the birth notice or phone %j is %s at %s", async (_, code, at, spoil) => {
    expect(await refusalsOf(world.current, changedRequest(spoil))).toEqual([{ code, at, agency: null }]);
  });

  it("the bad-input tests cover every birth notice and phone of the identifier vectors", () => {
    expect(impossible("phone")).toEqual(["01234567890", "912345678"]);
    expect(impossible("birthNotice")).toEqual(["123.GCS.01929.26"]);
  });

  it.each(vectors.phone.valid as string[])("the birth notice or phone %j is accepted", async (value) => {
    const { data } = await submit(world.current, changedRequest(phone(value)));
    const { code } = data.submitBirthBundle.dossier;
    const tracked = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: value.slice(-4) });
    expect(tracked.data.trackDossier).toMatchObject({ code, state: "COMPLETED" });
  });
});

describe("a dossier's code", () => {
  const codes = [
    ...impossible("dossierCode"),
    "",
    "\u0000",
    "H13.155-261123-0001'--",
    "Ｈ01-250224-0001",
    "x".repeat(300),
  ];
  it.each(codes)("the dossier code %j matches no dossier", async (code) => {
    await untouched(world.current, async () => {
      const read = await world.current.ask(clerk, contract("dossier"), { code });
      const tracked = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: "1234" });
      expect(read.data.dossier).toBeNull();
      expect(tracked.data.trackDossier).toBeNull();
      for (const { errors, status } of [read, tracked]) {
        expect(status).toBe(200);
        expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND", requestId: expect.any(String) } }]);
      }
    });
  });
});
