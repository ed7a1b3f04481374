import { randomUUID } from "node:crypto";
import type { ExampleFamilies } from "./example-families.ts";
import { deathOfFather, marriageOf, startOfEatery } from "./example-requests.ts";
import { landToTransfer } from "./land-to-transfer.ts";
import { moveOf } from "./move-request.ts";

/** Situation for which an example is made. */
export type ExampleState = "usual" | "refused" | "duplicate";
type BundleExample = (families: ExampleFamilies, state: ExampleState) => Promise<object>;

const UNKNOWN_FACILITY = "00000";
/** Division of VSIC, which is no line of business. */
const UNKNOWN_LINE = "56";
const UNKNOWN_CERTIFICATE = "ZZ 99999999";
/** Number of a man born in 1960 who is in no register. */
const WITHOUT_CARD = "092060999999";
const UNKNOWN_HOUSEHOLD = "00000000000";

/** Variables of the bundles beside a birth, by the file name of their document. */
export const BUNDLE_EXAMPLES: Record<string, BundleExample> = {
  "submit-death-bundle": bundleExample(
    "DeathBundle",
    async ({ unusedFamily, today }) => deathOfFather(await unusedFamily(), today()),
    ({ deceased }) => ({ deceased: { ...deceased, personalId: WITHOUT_CARD, dateOfBirth: "1960" } }),
  ),
  "submit-marriage-bundle": bundleExample("MarriageBundle", marriage, ({ household }) => ({
    household: { ...household, code: UNKNOWN_HOUSEHOLD },
  })),
  "submit-business-start-bundle": bundleExample(
    "BusinessStartBundle",
    async ({ familyWithoutBusiness, today }) => startOfEatery(await familyWithoutBusiness(), today()),
    ({ business }) => ({ business: { ...business, lines: [UNKNOWN_LINE] } }),
  ),
  "submit-move-bundle": bundleExample(
    "MoveBundle",
    async ({ unusedFamily }) => moveOf(await unusedFamily()),
    () => ({ careFacility: { facility: UNKNOWN_FACILITY } }),
  ),
  "submit-land-transfer-bundle": bundleExample(
    "LandTransferBundle",
    ({ client, unusedFamily, today }) => landToTransfer(client, unusedFamily, today()),
    ({ land }) => ({ land: { ...land, certificate: UNKNOWN_CERTIFICATE } }),
  ),
};

/** @param spoiled fields in place of the input's own, for which an agency refuses it */
function bundleExample<Input extends object>(
  name: string,
  inputOf: (families: ExampleFamilies) => Promise<Input>,
  spoiled: (input: Input) => object,
): BundleExample {
  const submit = `mutation ($input: ${name}Input!, $key: String!) {
    submit${name}(input: $input, idempotencyKey: $key) { dossier { code } problems { code } } }`;
  return async (families, state) => {
    const input = await inputOf(families);
    if (state === "duplicate") await families.client.ask("clerk", submit, { input, key: aKey() });
    const sent = state === "refused" ? { ...input, ...spoiled(input) } : input;
    return { input: sent, idempotencyKey: aKey(), waitMs: 3_000 };
  };
}

async function marriage({ unusedFamily, householdOf }: ExampleFamilies) {
  const his = await unusedFamily();
  let hers = await unusedFamily();
  while (hers.mother.personalId === his.mother.personalId) hers = await unusedFamily();
  return marriageOf(his, hers, await householdOf(his.father.personalId));
}

/** Idempotency key of an example. */
export function aKey(): string {
  return `example-${randomUUID()}`;
}
