import { describe, expect, it } from "vitest";
import { aBirthRequest } from "../given.ts";
import type { Persona } from "../world.ts";
import {
  changedRequest,
  type InputChange,
  refusalsOf,
  submitAccepted,
  worldWithLongDeadlines,
} from "./refused-requests.ts";

const world = worldWithLongDeadlines();

/** Xã Long Trị, which became a part of Phường Long Mỹ on 1 July 2025. */
const FORMER = "31477";
const NEIGHBOUR = "31473";

const living =
  (facts: object): InputChange =>
  ({ residence }) =>
    Object.assign(residence ?? {}, facts);

/** The one of a couple who is not head of their household. */
function notTheHead(): InputChange {
  return ({ mother, father, residence }) => {
    const other = residence?.headPersonalId === mother.personalId ? father : mother;
    Object.assign(residence ?? {}, { headPersonalId: other?.personalId });
  };
}

describe("a place", () => {
  const codes = [FORMER, "00000", "3147", "031471", "Long Mỹ", "", "\u0000", "__proto__", "x".repeat(300)];
  it.each(codes)("a place of birth %j that is no commune in force is refused", async (commune) => {
    const input = changedRequest(({ child }) => Object.assign(child.placeOfBirth, { commune }));
    expect(await refusalsOf(world.current, input)).toEqual([
      { code: "COMMUNE_UNKNOWN", at: "child.placeOfBirth.commune", agency: null },
    ]);
  });

  it.each([FORMER, "00000", "\u0000"])(
    "a place of origin %j that is no commune in force is refused",
    async (homeCommune) => {
      const input = changedRequest(({ child }) => Object.assign(child, { homeCommune }));
      expect(await refusalsOf(world.current, input)).toEqual([
        { code: "COMMUNE_UNKNOWN", at: "child.homeCommune", agency: null },
      ]);
    },
  );

  it.each(codes)("a place of residence %j that is no commune in force is refused", async (commune) => {
    const { residence } = aBirthRequest();
    const input = changedRequest(living({ address: { line: residence?.address.line, commune } }));
    expect(await refusalsOf(world.current, input)).toEqual([
      { code: "COMMUNE_UNKNOWN", at: "residence.address.commune", agency: null },
    ]);
  });

  it.each(codes)("an office of receipt %j that does not exist is refused", async (office) => {
    const input = changedRequest((each) => Object.assign(each, { office }));
    expect(await refusalsOf(world.current, input)).toEqual([{ code: "OFFICE_UNKNOWN", at: "office", agency: null }]);
  });

  it("the office of another clerk is refused as the place of receipt to either clerk", async () => {
    const elsewhere: Persona = { persona: "clerk", commune: NEIGHBOUR };
    const refusal = [{ code: "OFFICE_NOT_YOURS", at: "office", agency: null }];
    expect(await refusalsOf(world.current, aBirthRequest(), elsewhere)).toEqual(refusal);
    const input = changedRequest((each) => Object.assign(each, { office: NEIGHBOUR }));
    expect(await refusalsOf(world.current, input)).toEqual(refusal);
  });

  it("a place of birth without a facility or with an empty one is accepted", async () => {
    for (const facilityName of [null, ""]) {
      await submitAccepted(
        world.current,
        changedRequest(({ child }) => Object.assign(child.placeOfBirth, { facilityName })),
      );
    }
  });
});

describe("a care facility", () => {
  it.each([
    ["93999", "FACILITY_UNKNOWN", "HEALTH_INSURANCE"],
    ["00000", "FACILITY_UNKNOWN", "HEALTH_INSURANCE"],
    ["9301", "FACILITY_MALFORMED", null],
    ["930120", "FACILITY_MALFORMED", null],
    ["", "FACILITY_MALFORMED", null],
    ["\u0000", "FACILITY_MALFORMED", null],
    ["９３０１２", "FACILITY_MALFORMED", null],
    ["93012'", "FACILITY_MALFORMED", null],
  ])("the care facility %j is %s", async (facility, code, agency) => {
    const input = changedRequest((each) => Object.assign(each, { insurance: { facility } }));
    expect(await refusalsOf(world.current, input)).toEqual([{ code, at: "insurance.facility", agency }]);
  });
});

describe("a household", () => {
  const at = "residence.headPersonalId";
  const agency = "RESIDENCE";

  it("an unknown head of household is refused by the residence agency", async () => {
    const input = changedRequest(living({ headPersonalId: "093093999999" }));
    expect(await refusalsOf(world.current, input)).toEqual([{ code: "HEAD_NOT_FOUND", at, agency }]);
  });

  it("a citizen who heads no household is refused as head of household", async () => {
    expect(await refusalsOf(world.current, changedRequest(notTheHead()))).toEqual([
      { code: "HEAD_IS_NOT_HEAD", at, agency },
    ]);
  });

  it("a household of another commune than the address is refused", async () => {
    const { residence } = aBirthRequest();
    const input = changedRequest(living({ address: { line: residence?.address.line, commune: NEIGHBOUR } }));
    expect(await refusalsOf(world.current, input)).toEqual([
      { code: "ADDRESS_COMMUNE_MISMATCH", at: "residence.address.commune", agency },
    ]);
  });
});
