import { describe, expect, it } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { landHoldings } from "../../subgraphs/land/demo-holdings.ts";
import { versionInForce } from "../../subgraphs/one-stop/definitions/version-in-force.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { singleProcedure } from "../../subgraphs/one-stop/single-procedures/single-procedure.ts";
import { type DossierData, inFaultMode, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
/** Land change, whose list has a paper that the land registry holds; and a procedure of which no list is published. */
const LAND = { code: "1.013831", given: ["LAND_CHANGE_APPLICATION", "LAND_TRANSFER_CONTRACT"] };
const UNPUBLISHED = "1.000894";
const NOBODY = "093190000017";

const SUBMIT = `mutation ($input: DossierInput!, $idempotencyKey: String!) {
  submitDossier(input: $input, idempotencyKey: $idempotencyKey) {
    dossier { code lookedUpPapers { code name agency { code } state } }
    problems { code path message messageEn agency { code } }
    warnings { code path message messageEn agency { code } } } }`;

const aKey = () => `required-${process.pid}-${serial("key")}`;

/** A lease of a registered parcel, which no rule of the register prevents. */
function registeredLand() {
  const [land] = families().flatMap((family) => landHoldings(family) ?? []);
  if (!land) throw new Error("The population has no land");
  const parcel = { commune: land.commune, sheet: land.sheetNo, number: land.parcelNo, areaM2: land.areaM2 };
  return { certificate: land.certificateSerial, parcel, case: "LEASE" };
}

function anInput(procedure: string, papers: readonly string[], holder = NOBODY) {
  const example = procedureForm(procedure).example as Record<string, object>; // an object of the form's groups
  const transferor = { ...example.transferor, personalId: holder };
  const form = procedure === LAND.code ? { ...example, ...registeredLand(), transferor } : example;
  return {
    ...{
      procedure,
      office: "31471",
      channel: "DESK",
      form,
      papers: papers.map((code) => ({ code, kind: "ORIGINAL" })),
    },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  };
}

async function submit(input: object, idempotencyKey = aKey(), who: Persona = clerk): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, SUBMIT, { input, idempotencyKey });
  expect(errors).toBeUndefined();
  return data.submitDossier;
}

/** Personal number of a holder of a certificate in the land registry. */
async function landHolder(): Promise<string> {
  const [row] = await world.current.sql("land")`
    select personal_id from certificate_holders order by personal_id limit 1`;
  return row?.personal_id;
}

const found = { code: "LAND_CERTIFICATE", agency: { code: "LAND" }, state: "FOUND" };

describe("required papers", () => {
  it("every missing paper of the posted list is a separate problem with a path, and nothing is accepted", async () => {
    const { dossier, problems } = await submit(anInput(LAND.code, []));
    expect(dossier).toBeNull();
    expect(problems).toMatchObject([
      { code: "PAPER_MISSING", path: ["papers", "LAND_CHANGE_APPLICATION"], agency: null },
      { code: "PAPER_NOT_HELD", path: ["papers", "LAND_CERTIFICATE"], agency: { code: "LAND" } },
      { code: "PAPER_MISSING", path: ["papers", "LAND_TRANSFER_CONTRACT"], agency: null },
    ]);
    for (const { message, messageEn } of problems) expect([message, messageEn]).not.toContain("");
  });

  it("missing papers are reported together with the faults of the form", async () => {
    const { problems } = await submit({ ...anInput("1.004873", []), form: {} });
    const codes = problems.map((each: DossierData) => each.code);
    expect(codes).toContain("PAPER_MISSING");
    expect(codes.some((code: string) => code.startsWith("FORM_"))).toBe(true);
  });

  it("where the catalogue publishes no list, no paper is missing", async () => {
    expect(await submit(anInput(UNPUBLISHED, []))).toMatchObject({ problems: [], warnings: [] });
  });

  it("a paper that an agency holds is looked up instead of demanded, and the dossier says at which agency", async () => {
    const input = anInput(LAND.code, LAND.given, await landHolder());
    const idempotencyKey = aKey();
    const { dossier, problems, warnings } = await submit(input, idempotencyKey);
    expect([problems, warnings, dossier.lookedUpPapers]).toMatchObject([[], [], [found]]);
    expect(await submit(input, idempotencyKey)).toEqual({ dossier, problems, warnings });
  });

  it("a paper that the citizen brings is not looked up", async () => {
    const { dossier } = await submit(anInput(LAND.code, [...LAND.given, "LAND_CERTIFICATE"]));
    expect(dossier.lookedUpPapers).toEqual([]);
  });

  it("a citizen's request looks up the citizen's own papers alone", async () => {
    const citizen = { persona: "citizen" };
    const { problems } = await submit(anInput(LAND.code, LAND.given, await landHolder()), aKey(), citizen);
    const papers = problems.filter(({ path }: DossierData) => path[0] === "papers");
    expect(papers).toMatchObject([{ code: "PAPER_MISSING", path: ["papers", "LAND_CERTIFICATE"] }]);
  });

  it("while the holding agency is down the dossier is accepted with a warning, on record for the officer", async () => {
    await inFaultMode(world.current, "LAND", "DOWN", async () => {
      const { dossier, problems, warnings } = await submit(anInput(LAND.code, LAND.given));
      expect(problems).toEqual([]);
      expect(warnings).toMatchObject([
        { code: "PAPER_NOT_LOOKED_UP", path: ["papers", "LAND_CERTIFICATE"], agency: { code: "LAND" } },
      ]);
      expect(dossier.lookedUpPapers).toMatchObject([{ ...found, state: "NOT_ANSWERED" }]);
    });
  });

  it("a dossier with a paper that could not be looked up is decided by officers, not by the agency's rules", () => {
    const kind = singleProcedure("1.001193");
    const stepsFor = (state: "FOUND" | "NOT_ANSWERED") => {
      const lookedUpPapers = [{ code: "BIRTH_CERTIFICATE", agency: "CIVIL_STATUS", state }] as const;
      const declarant = { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017" };
      const request = { lookedUpPapers, declarant, form: procedureForm("1.001193").example };
      const versions = kind?.versionsFor?.(request as never) ?? []; // the other members do not matter
      return versionInForce(versions, "2026-11-23")?.steps;
    };
    expect(stepsFor("FOUND")).toMatchObject([{ checkable: true, officer: false }]);
    expect(stepsFor("NOT_ANSWERED")).toMatchObject([{ checkable: false, officer: true }]);
  });
});
