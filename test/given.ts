import { type FamilyInput, familyInputs } from "../subgraphs/_shared/demo/population.ts";
import type { ResponseJson } from "./kit/response-json.ts";
import { serial } from "./kit/serial-numbers.ts";
import { type Answer, clerk, contract, type Persona, type World } from "./world.ts";

/** Next unused seeded couple of the default commune. */
export function aFamily(): FamilyInput {
  const [family] = familyInputs(1, serial("family"));
  if (!family) throw new Error("The seeded families are used up");
  return family;
}

export function aBirthNotice(): string {
  return `${String(10_000 + serial("birth notice"))}.GCS.93012.26`;
}

export type BirthInput = ReturnType<typeof aBirthRequest>;

/** Request like the contract's sample, with an unused couple and birth notice. */
export function aBirthRequest(family: FamilyInput = aFamily()) {
  const { mother, father, household } = family;
  return {
    office: "31471",
    channel: "DESK",
    declarant: {
      fullName: mother.fullName,
      personalId: mother.personalId as string | null,
      relation: "MOTHER",
      phone: "0912345678" as string | null,
      email: null as string | null,
    },
    child: {
      fullName: "Phạm Minh Khôi",
      sex: "MALE",
      dateOfBirth: "2026-11-16",
      placeOfBirth: { facilityName: "Trung tâm Y tế khu vực (mẫu)" as string | null, commune: "31471" },
      ethnicity: "Kinh",
      nationality: "VNM",
      homeCommune: "31471" as string | null,
      birthNotice: aBirthNotice() as string | null,
      withoutNotice: null as { kind: string; text: string } | null,
      multipleBirth: null as { order: number; of: number } | null,
    },
    mother: { ...mother, personalId: mother.personalId as string | null },
    father: { ...father, personalId: father.personalId as string | null } as
      | (Omit<typeof father, "personalId"> & { personalId: string | null })
      | null,
    residence: {
      headPersonalId: household.headPersonalId,
      relationToHead: "CHILD",
      address: household.address,
    } as { headPersonalId: string; relationToHead: string; address: { line: string; commune: string } } | null,
    insurance: { facility: "93012" } as { facility: string } | null,
    handover: { method: "ELECTRONIC", paperCopies: 1 },
  };
}

/** Sends a request by the contract's document; waits for the agencies by default. */
export function submit(
  world: World,
  input: BirthInput,
  {
    who = clerk,
    key = `test-${process.pid}-${serial("key")}`,
    waitMs = 10_000,
  }: { who?: Persona; key?: string; waitMs?: number } = {},
): Promise<Answer> {
  return world.ask(who, contract("submit-birth-bundle"), { input, idempotencyKey: key, waitMs });
}

/** Dossier as returned by the contract's document. */
export async function readDossier(world: World, code: string, who: Persona = clerk): Promise<Answer> {
  return world.ask(who, contract("dossier"), { code });
}

/** Polls until the dossier satisfies `wanted`; fails with its last state. */
export async function dossierThatIs(
  world: World,
  code: string,
  wanted: (dossier: ResponseJson) => boolean,
  withinMs = 20_000,
) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { data } = await readDossier(world, code);
    if (data?.dossier && wanted(data.dossier)) return data.dossier;
    if (Date.now() > deadline) throw new Error(`It did not come to that: ${JSON.stringify(data?.dossier)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
