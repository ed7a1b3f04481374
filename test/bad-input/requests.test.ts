import { describe, expect, it } from "vitest";
import { aFamily, type BirthInput, submit } from "../given.ts";
import {
  changedRequest,
  type InputChange,
  refusalsOf,
  submitAccepted,
  worldWithLongDeadlines,
} from "./refused-requests.ts";

const world = worldWithLongDeadlines();

type Row = [what: string, spoil: InputChange, problems: string[]];

describe("a request", () => {
  it.each<Row>([
    [
      "for a birth alone",
      (input) => Object.assign(input, { residence: null, insurance: null }),
      ["NOTHING_TO_COMBINE"],
    ],
    [
      "for an identity card from an office that does not exist",
      (input) => Object.assign(input, { identityCard: { wanted: true, issuingOffice: "99999" } }),
      ["COMMUNE_UNKNOWN identityCard.issuingOffice"],
    ],
    ...["a@b", "a b@example.vn", "a@b.vn\u0000", "a\u200b@b.vn", "\ud800@b.vn", `a@${"b.".repeat(2_500)}vn`].map(
      (email): Row => [
        `with the e-mail ${JSON.stringify(email).slice(0, 20)}`,
        ({ declarant }) => Object.assign(declarant, { email }),
        ["EMAIL_MALFORMED declarant.email"],
      ],
    ),
    ["with 51 copies", ({ handover }) => Object.assign(handover, { paperCopies: 51 }), ["PAPER_COPIES_IMPOSSIBLE"]],
    ["with -1 copies", ({ handover }) => Object.assign(handover, { paperCopies: -1 }), ["PAPER_COPIES_IMPOSSIBLE"]],
  ])("a request %s is refused", async (_, spoil, problems) => {
    const said = await refusalsOf(world.current, changedRequest(spoil));
    expect(said).toHaveLength(problems.length);
    expect(
      [said[0]?.code, said[0]?.at]
        .join(" ")
        .trim()
        .startsWith(problems[0] ?? "?"),
    ).toBe(true);
  });

  it("a request without a card under the newest regime is accepted", async () => {
    await submitAccepted(
      world.current,
      changedRequest((input) => Object.assign(input, { identityCard: { wanted: false } })),
    );
  });

  it("a request received before the first combined procedure is refused", async () => {
    const { demo } = world.current;
    const offset = demo.clockOffsetMs();
    demo.setClockOffsetMs(Date.parse("2015-06-30T12:00:00+07:00") - Date.now());
    const input = changedRequest(({ child }) => Object.assign(child, { dateOfBirth: "2015-06-20" }));
    const said = await refusalsOf(world.current, input);
    demo.setClockOffsetMs(offset);
    expect(said).toContainEqual({ code: "NO_BUNDLE_IN_FORCE", at: "", agency: null });
  });

  it("a request in which one person is both parents is refused", async () => {
    const family = aFamily();
    const input = changedRequest((each) =>
      Object.assign(each, { mother: family.mother, father: { ...family.mother } }),
    );
    const codes = (await refusalsOf(world.current, input)).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["PARENTS_ARE_ONE_PERSON", "PERSONAL_ID_SEX_MISMATCH"]));
  });
});

describe("several faults at once", () => {
  it("problems of the desk and of every agency are all reported together", async () => {
    const input = changedRequest((each) => {
      Object.assign(each.declarant, { phone: "01234567890", email: "nobody" });
      Object.assign(each.child, { fullName: "Khôi 2", dateOfBirth: "2026-02-30", birthNotice: "123" });
      Object.assign(each.mother, { fullName: "Trần Thị Khác Hẳn", dateOfBirth: "1961-13" });
      Object.assign(each.father ?? {}, { personalId: "003093000017", dateOfBirth: "1993" });
      Object.assign(each.residence ?? {}, { address: { line: "\u202e", commune: "31473" } });
      each.insurance = { facility: "00000" };
    });
    expect(await refusalsOf(world.current, input)).toEqual([
      { code: "BIRTH_NOTICE_MALFORMED", at: "child.birthNotice", agency: null },
      { code: "DATE_DOES_NOT_EXIST", at: "child.dateOfBirth", agency: null },
      { code: "NAME_HAS_DIGITS", at: "child.fullName", agency: null },
      { code: "EMAIL_MALFORMED", at: "declarant.email", agency: null },
      { code: "DECLARANT_IS_NOT_PARENT", at: "declarant.fullName", agency: null },
      { code: "PHONE_OLD_MOBILE", at: "declarant.phone", agency: null },
      { code: "PERSON_NOT_FOUND", at: "father.personalId", agency: "RESIDENCE" },
      { code: "FACILITY_UNKNOWN", at: "insurance.facility", agency: "HEALTH_INSURANCE" },
      { code: "DATE_DOES_NOT_EXIST", at: "mother.dateOfBirth", agency: null },
      { code: "PERSON_NAME_MISMATCH", at: "mother.fullName", agency: "RESIDENCE" },
      { code: "ADDRESS_COMMUNE_MISMATCH", at: "residence.address.commune", agency: "RESIDENCE" },
      { code: "TEXT_INVISIBLE_CHARACTER", at: "residence.address.line", agency: null },
    ]);
  });

  it("problems in every field are each reported once, even if little is left for the agencies to check", async () => {
    const person = { fullName: "", dateOfBirth: "", personalId: "0", ethnicity: "", nationality: "" };
    const said = await refusalsOf(world.current, {
      ...{ office: "", channel: "DESK", mother: person, father: person, insurance: { facility: "" } },
      declarant: { fullName: "", personalId: "0", relation: "WIFE", phone: "0", email: "@" },
      child: {
        ...{
          fullName: "",
          sex: "MALE",
          dateOfBirth: "",
          ethnicity: "",
          nationality: "",
          birthNotice: "0",
          homeCommune: "0",
        },
        placeOfBirth: { facilityName: "\u0000", commune: "" },
        ...{ withoutNotice: { kind: "WITNESS", text: "" }, multipleBirth: { order: 0, of: 0 } },
      },
      residence: { headPersonalId: "", relationToHead: "CHILD", address: { line: "", commune: "" } },
      handover: { method: "DESK", paperCopies: -1 },
    } as unknown as BirthInput);
    expect(said.length).toBeGreaterThan(25);
    expect(said.filter(({ agency }) => agency !== null)).toEqual([]);
  });

  it("problems of a child with an open dossier are reported along with that dossier", async () => {
    const first = changedRequest(({ child }) => Object.assign(child, { homeCommune: null }));
    world.current.demo.setFaultMode("CIVIL_STATUS", "DOWN");
    await submit(world.current, first, { waitMs: 0 });
    const { data } = await submit(world.current, { ...first, insurance: { facility: "" } }, { waitMs: 0 });
    expect(data.submitBirthBundle.problems).toMatchObject([
      { code: "FACILITY_MALFORMED", existingDossier: null },
      { code: "CHILD_ALREADY_SUBMITTED", existingDossier: { code: expect.any(String) } },
    ]);
  });
});
