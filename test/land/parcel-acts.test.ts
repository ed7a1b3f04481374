import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definition } from "../../subgraphs/land/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import {
  type ActName,
  AN,
  aBlank,
  aMortgage,
  aNewParcel,
  anObligation,
  aRegistration,
  BINH,
  COMMUNE,
  HALF,
  landOfficer,
  SETTLED,
} from "./land-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done, problems, parcel, registered } = landOfficer(() => agency);
const COUPLE = [AN, BINH].map((holder) => ({ ...holder, share: HALF }));
const aSplit = (code: string, more: object = {}) => ({
  ...{ parcel: code, into: [aNewParcel({ areaM2: 60.2 }), aNewParcel({ areaM2: 40.3 })], ground: "Mẫu" },
  ...more,
});
const aMerge = (parcels: string[], more: object = {}) => ({
  ...{ parcels, into: aNewParcel({ areaM2: 201 }), ground: "Mẫu" },
  ...more,
});

describe("the first registration", () => {
  test("a registered parcel shows its place, use, certificate and holders", async () => {
    const input = aRegistration({ holders: COUPLE, purpose: "CLN", termEndsOn: "2064-10-15" });
    await done("registerLand", input);
    const { code, sheetNumber, parcelNumber, areaM2, certificate } = input.parcel;
    expect(
      await parcel(
        code,
        `id areaM2 sheetNumber parcelNumber purpose termEndsOn state commune { code } encumbrances { id } obligations { id }
         certificate { serial bookNumber holders { fullName share { numerator denominator } } }`,
      ),
    ).toEqual({
      ...{ id: code, sheetNumber, parcelNumber, areaM2, purpose: "CLN", termEndsOn: "2064-10-15", state: "LIVE" },
      ...{ commune: { code: COMMUNE }, encumbrances: [], obligations: [] },
      certificate: { ...certificate, holders: COUPLE.map(({ fullName }) => ({ fullName, share: HALF })) },
    });
  });

  test.each<[string, () => object, string[]]>([
    ["an unknown commune", () => ({ commune: "99999" }), ["COMMUNE_UNKNOWN commune"]],
    ["a purpose in words", () => ({ purpose: "rice" }), ["PURPOSE_MALFORMED purpose"]],
    ["a malformed term", () => ({ termEndsOn: "2064" }), ["DATE_MALFORMED termEndsOn"]],
    ["nobody", () => ({ holders: [] }), ["HOLDERS_MISSING holders"]],
    ["less than the whole", () => ({ holders: [COUPLE[0]] }), ["SHARES_NOT_WHOLE holders"]],
    ["no area", () => ({ parcel: { areaM2: 0 } }), ["AREA_IMPOSSIBLE parcel.areaM2"]],
    ["an area with two decimals", () => ({ parcel: { areaM2: 1.25 } }), ["AREA_IMPOSSIBLE parcel.areaM2"]],
    ["no sheet", () => ({ parcel: { sheetNumber: 0 } }), ["PARCEL_NUMBER_IMPOSSIBLE parcel.parcelNumber"]],
    ["a malformed code", () => ({ parcel: { code: "u4pruydqqvj8" } }), ["PARCEL_CODE_MALFORMED parcel.code"]],
    [
      "a malformed serial and no book number",
      () => ({ parcel: { certificate: { serial: "1", bookNumber: "" } } }),
      ["LAND_CERTIFICATE_MALFORMED parcel.certificate.serial", "TEXT_EMPTY parcel.certificate.bookNumber"],
    ],
  ])("a registration with %s is refused with the path", async (_, more, expected) => {
    expect(await problems("registerLand", aRegistration(more() as object as Record<string, unknown>))).toEqual(
      expected,
    );
  });

  test("a code, a number and a serial that are taken are refused together", async () => {
    const first = aRegistration();
    await done("registerLand", first);
    expect(await problems("registerLand", aRegistration({ parcel: first.parcel }))).toEqual([
      "SERIAL_TAKEN parcel.certificate.serial",
      "PARCEL_EXISTS parcel.code",
      "PARCEL_NUMBER_TAKEN parcel.parcelNumber",
    ]);
  });

  test("of two registrations of one parcel at once, one succeeds and the other finds its numbers taken", async () => {
    const { parcel } = aRegistration();
    const found = await Promise.all([1, 2].map(() => problems("registerLand", aRegistration({ parcel }))));
    expect(found.map(({ length }) => length).sort()).toEqual([0, 3]);
  });
});

describe("splits and merges", () => {
  test("a split ends the parcel and its certificate; its parts have the area, the holders and the ancestry", async () => {
    const code = await registered({ holders: COUPLE });
    const input = aSplit(code);
    await done("splitLandParcel", input);
    const { children, ...ended } = await parcel(code, "state certificate { serial } children { id areaM2 }");
    expect(ended).toEqual({ state: "SPLIT", certificate: null });
    expect(children).toEqual(input.into.map(({ code, areaM2 }) => ({ id: code, areaM2 })));
    for (const part of input.into)
      expect(await parcel(part.code, "parents { id state } certificate { serial holders { fullName } }")).toEqual({
        parents: [{ id: code, state: "SPLIT" }],
        certificate: { serial: part.certificate.serial, holders: COUPLE.map(({ fullName }) => ({ fullName })) },
      });
  });

  test("a merge makes one parcel of two, with their area, and lists both as parents", async () => {
    const codes = [await registered(), await registered()];
    const input = aMerge(codes);
    await done("mergeLandParcels", input);
    const { parents, areaM2 } = await parcel(input.into.code, "areaM2 parents { id state }");
    expect([areaM2, parents]).toEqual([201, codes.map((id) => ({ id, state: "MERGED" }))]);
  });

  test.each<[string, (code: string) => object, string[]]>([
    ["one part", () => ({ into: [aNewParcel()] }), ["PARTS_TOO_FEW into"]],
    ["more area", () => ({ into: [aNewParcel(), aNewParcel()] }), ["AREA_NOT_CONSERVED into"]],
    ["too many parts", () => ({ into: Array(51).fill(aNewParcel()) }), ["TOO_MANY_ENTRIES into"]],
    ["an unknown parcel", () => ({ parcel: "wzzzzzzzzzzz" }), ["PARCEL_UNKNOWN parcel"]],
    ["a malformed code", () => ({ parcel: "x" }), ["PARCEL_CODE_MALFORMED parcel"]],
    [
      "one part twice",
      () => {
        const part = aNewParcel({ areaM2: 50.2 });
        return { into: [part, part] };
      },
      ["NAMED_TWICE into.1.code", "NAMED_TWICE into.1.parcelNumber", "NAMED_TWICE into.1.certificate"],
    ],
    ["its own code", (code) => ({ into: [aNewParcel({ code }), aNewParcel()] }), ["PARCEL_EXISTS into.0.code"]],
  ])("a split with %s is refused with the path", async (_, more, expected) => {
    const code = await registered();
    expect(await problems("splitLandParcel", aSplit(code, more(code)))).toEqual(expected);
    expect(await parcel(code, "state")).toEqual({ state: "LIVE" });
  });

  test("parcels that differ in holders are not merged, nor one parcel with itself", async () => {
    const [one, other] = [await registered(), await registered({ holders: [BINH] })];
    expect(await problems("mergeLandParcels", aMerge([one, other]))).toEqual(["PARCELS_DIFFER parcels"]);
    expect(await problems("mergeLandParcels", aMerge([one, one]))).toEqual(["NAMED_TWICE parcels.1"]);
    expect(await problems("mergeLandParcels", aMerge([one]))).toEqual(["PARTS_TOO_FEW parcels"]);
    expect(await problems("mergeLandParcels", aMerge([one, await registered()], { into: aNewParcel() }))).toEqual([
      "AREA_NOT_CONSERVED into",
    ]);
  });

  test("a mortgaged parcel is neither split nor merged", async () => {
    const [one, other] = [await registered(), await registered()];
    await done("encumberLand", aMortgage(one));
    expect(await problems("splitLandParcel", aSplit(one))).toEqual(["PARCEL_MORTGAGED parcel"]);
    expect(await problems("mergeLandParcels", aMerge([other, one]))).toEqual(["PARCEL_MORTGAGED parcels.1"]);
  });

  test("a split and a merge under one key act once, and of two splits at once the later finds the parcel ended", async () => {
    const input = aSplit(await registered());
    const first = await act("splitLandParcel", input, "split-1");
    expect(await act("splitLandParcel", input, "split-1")).toEqual(first);
    const merge = aMerge([await registered(), await registered()]);
    expect(await act("mergeLandParcels", merge, "merge-1")).toEqual(await act("mergeLandParcels", merge, "merge-1"));
    const code = await registered();
    const found = await Promise.all([1, 2].map(() => problems("splitLandParcel", aSplit(code))));
    expect(found.sort()).toEqual([[], ["PARCEL_ENDED parcel"]]);
  });
});

describe("certificates, encumbrances and obligations", () => {
  test("a new certificate replaces the one in force, also while the parcel is mortgaged, and keeps the holders", async () => {
    const code = await registered({ holders: COUPLE });
    await done("encumberLand", aMortgage(code));
    const certificate = aBlank();
    const input = { parcel: code, certificate, ground: "Mẫu" };
    const first = await act("issueLandCertificate", input, "issue-1");
    expect(first.problems).toEqual([]);
    expect(await act("issueLandCertificate", input, "issue-1")).toEqual(first);
    expect(await parcel(code, "certificate { serial bookNumber holders { fullName } }")).toEqual({
      certificate: { ...certificate, holders: COUPLE.map(({ fullName }) => ({ fullName })) },
    });
    expect(await problems("issueLandCertificate", input)).toEqual(["SERIAL_TAKEN certificate.serial"]);
  });

  test("of two certificates that are issued with one serial at once, one is refused", async () => {
    const [one, other] = [await registered(), await registered()];
    const certificate = aBlank();
    const issue = (parcel: string) => problems("issueLandCertificate", { parcel, certificate, ground: "Mẫu" });
    expect((await Promise.all([issue(one), issue(other)])).sort()).toEqual([[], ["SERIAL_TAKEN certificate.serial"]]);
  });

  test("a parcel may be mortgaged twice, but not while it is in dispute or blocked", async () => {
    const code = await registered();
    await done("encumberLand", aMortgage(code));
    await done("encumberLand", aMortgage(code, { party: "Ngân hàng mẫu thứ hai" }));
    await done("encumberLand", aMortgage(code, { kind: "DISPUTE", party: "Bên tranh chấp mẫu" }));
    expect(await problems("encumberLand", aMortgage(code))).toEqual(["PARCEL_DISPUTED parcel"]);
    const { encumbrances } = await parcel(code, "encumbrances { id kind party registeredOn ground }");
    expect(encumbrances).toMatchObject([{ kind: "MORTGAGE" }, { kind: "MORTGAGE" }, { kind: "DISPUTE" }]);
  });

  test("an encumbrance ends once, and is still seen as of a day before its end", async () => {
    const code = await registered();
    const encumbrance = await done("encumberLand", aMortgage(code));
    const release = { encumbrance, ground: "Văn bản mẫu" };
    const first = await act("releaseLandEncumbrance", release, "release-1");
    expect(await act("releaseLandEncumbrance", release, "release-1")).toEqual(first);
    expect(await problems("releaseLandEncumbrance", release)).toEqual(["ENCUMBRANCE_ENDED encumbrance"]);
    expect(await parcel(code, "encumbrances { id }")).toEqual({ encumbrances: [] });
    expect(await problems("releaseLandEncumbrance", { ...release, encumbrance: "x" })).toEqual([
      "ENCUMBRANCE_UNKNOWN encumbrance",
    ]);
  });

  test("of two releases at once, one finds the mortgage ended", async () => {
    const encumbrance = await done("encumberLand", aMortgage(await registered()));
    const release = () => problems("releaseLandEncumbrance", { encumbrance, ground: "Mẫu" });
    expect((await Promise.all([release(), release()])).sort()).toEqual([[], ["ENCUMBRANCE_ENDED encumbrance"]]);
  });

  test.each<[string, object, string[]]>([
    ["without a party", { party: "" }, ["TEXT_EMPTY party"]],
    ["of an unknown parcel", { parcel: "wzzzzzzzzzzz" }, ["PARCEL_UNKNOWN parcel"]],
  ])("an encumbrance %s is refused with the path", async (_, more, expected) => {
    expect(await problems("encumberLand", aMortgage(await registered(), more))).toEqual(expected);
  });

  test("a settled obligation shows the notice, the receipt and the outcome", async () => {
    const code = await registered();
    const input = anObligation(code);
    const { act: entered } = await act("enterLandObligation", input, "obligation-1");
    expect((await act("enterLandObligation", input, "obligation-1")).act).toEqual(entered);
    const settlement = { ...SETTLED, obligation: entered?.id };
    await act("settleLandObligation", settlement, "settlement-1");
    expect((await act("settleLandObligation", settlement, "settlement-1")).problems).toEqual([]);
    const { obligations } = await parcel(
      code,
      "obligations { kind amountVnd dueOn notice outcome settledOn settlement }",
    );
    expect(obligations).toEqual([
      {
        ...{ kind: input.kind, amountVnd: 20_000_000, dueOn: "2027-01-31", notice: input.ground },
        ...{ outcome: "PAID", settledOn: entered?.effectiveOn, settlement: SETTLED.ground },
      },
    ]);
    expect(await problems("settleLandObligation", settlement)).toEqual(["OBLIGATION_SETTLED obligation"]);
    expect(await problems("settleLandObligation", { ...settlement, obligation: "x" })).toEqual([
      "OBLIGATION_UNKNOWN obligation",
    ]);
  });

  test("an obligation with a bad debtor, amount and day is refused with all three", async () => {
    const bad = { debtor: "1", amountVnd: 0, dueOn: "2027-02-30" };
    expect(await problems("enterLandObligation", anObligation(await registered(), bad))).toEqual([
      "PERSONAL_ID_MALFORMED debtor",
      "DATE_DOES_NOT_EXIST dueOn",
      "AMOUNT_IMPOSSIBLE amountVnd",
    ]);
  });

  test("of two settlements at once, one finds the obligation settled", async () => {
    const obligation = await done("enterLandObligation", anObligation(await registered()));
    const settle = () => problems("settleLandObligation", { ...SETTLED, obligation });
    expect((await Promise.all([settle(), settle()])).sort()).toEqual([[], ["OBLIGATION_SETTLED obligation"]]);
  });

  test("a citizen sees the own obligations of the parcel and not those of the former holder", async () => {
    const code = await registered({ holders: [AN] });
    await done("enterLandObligation", anObligation(code));
    await done("enterLandObligation", anObligation(code, { debtor: BINH.personalId, kind: "REGISTRATION_FEE" }));
    const caller = a("citizen", { personalId: AN.personalId });
    const { landCertificates } = await agency.citizen(
      caller,
      "landCertificates { parcel { id obligations { kind } } }",
      {
        personalId: AN.personalId,
      },
    );
    const own = landCertificates.find(({ parcel }: { parcel: { id: string } }) => parcel.id === code);
    expect(own.parcel.obligations).toEqual([{ kind: "PERSONAL_INCOME_TAX" }]);
  });
});

describe("rights of acts", () => {
  const inputs: [ActName, object][] = [
    ["registerLand", aRegistration()],
    ["splitLandParcel", aSplit("wzzzzzzzzzzz")],
    ["mergeLandParcels", aMerge(["wzzzzzzzzzzz"])],
    ["issueLandCertificate", { parcel: "wzzzzzzzzzzz", certificate: aBlank(), ground: "x" }],
    ["encumberLand", aMortgage("wzzzzzzzzzzz")],
    ["releaseLandEncumbrance", { encumbrance: "x", ground: "x" }],
    ["enterLandObligation", anObligation("wzzzzzzzzzzz")],
    ["settleLandObligation", { ...SETTLED, obligation: "x" }],
  ];
  test.each(inputs)("%s is refused to a clerk and to an officer of another agency", async (name, input) => {
    for (const role of ["clerk", "registrar"] as const) {
      const by = landOfficer(
        () => agency,
        () => a(role),
      );
      await expect(by.act(name, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});
