import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLInputType, getNamedType, isInputObjectType } from "graphql";
import { expect } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { agencyCodes } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, type BirthInput, submit } from "../given.ts";
import { untouched } from "../kit/registers-unchanged.ts";
import { clerk, contract, type Persona, sharedWorld, type World } from "../world.ts";

/** Expected refusal of a request: the code, the path with dots, and the agency that raised it. */
export type Refusal = { code: string; at: string; agency: string | null };
export type InputChange = (input: BirthInput) => void;
type Problem = { code: string; message: string; messageEn: string; path: string[]; agency: { code: string } | null };

const api = buildSchema(readFileSync(projectPath("schema", "api.graphql"), "utf8"));
const DIACRITICS = /\p{M}/u;

/** World with deadlines that are long enough for the slowest machine. */
export function worldWithLongDeadlines(): { readonly current: World } {
  return sharedWorld({ "one-stop": { CHECK_BUDGET_MS: "5000" } });
}

/** Valid request with a change. */
export function changedRequest(change: InputChange): BirthInput {
  const input = aBirthRequest();
  change(input);
  return input;
}

/** Sends a request that must be refused: check and submission return the same complete problems, and no register changes. */
export async function refusalsOf(world: World, input: BirthInput, who: Persona = clerk): Promise<Refusal[]> {
  return untouched(world, async () => {
    const [checked, submitted] = await Promise.all([
      world.ask(who, contract("check-birth-bundle"), { input }),
      submit(world, input, { who, waitMs: 0 }),
    ]);
    expect([checked.errors, submitted.errors]).toEqual([undefined, undefined]);
    const { dossier, problems } = submitted.data.submitBirthBundle;
    expect(dossier).toBeNull();
    expect(problems).not.toEqual([]);
    expect(checked.data.checkBirthBundle.ready).toBe(false);
    expect(sortedRefusals(checked.data.checkBirthBundle.problems)).toEqual(sortedRefusals(problems));
    for (const problem of problems) expectComplete(problem);
    const places = sortedRefusals(problems).map(({ code, at }) => `${code} ${at}`);
    expect(new Set(places).size).toBe(places.length);
    return sortedRefusals(problems);
  });
}

/** Sorted problems, because agencies answer in any order. */
function sortedRefusals(problems: Problem[]): Refusal[] {
  return problems
    .map(({ code, path, agency }) => ({ code, at: path.join("."), agency: agency?.code ?? null }))
    .sort((a, b) => (`${a.at} ${a.code}` < `${b.at} ${b.code}` ? -1 : 1));
}

function expectComplete({ code, message, messageEn, path, agency }: Problem): void {
  expect(code).toMatch(/^[A-Z][A-Z_]+$/);
  expect(message.normalize("NFD")).toMatch(DIACRITICS);
  expect(message).toBe(message.normalize("NFC"));
  expect(messageEn).not.toBe("");
  expect(messageEn.normalize("NFD")).not.toMatch(DIACRITICS);
  expect(isInputPath(path)).toBe(true);
  expect([null, ...agencyCodes]).toContain(agency?.code ?? null);
}

/** True if a path leads to a field of the submission's arguments. */
function isInputPath(path: string[]): boolean {
  let type: GraphQLInputType | undefined = api.getType("BirthBundleInput") as GraphQLInputType;
  for (const name of path) {
    const inside: unknown = type && getNamedType(type);
    type = isInputObjectType(inside) ? inside.getFields()[name]?.type : undefined;
  }
  return type !== undefined;
}

/** Result of a check; fails if the check has written anything. */
export async function checkResult(world: World, input: BirthInput): Promise<{ ready: boolean; problems: Problem[] }> {
  const checked = await untouched(world, () => world.ask(clerk, contract("check-birth-bundle"), { input }));
  return checked.data?.checkBirthBundle;
}

/** Sends a request that must be accepted. @returns the dossier's code */
export async function submitAccepted(world: World, input: BirthInput): Promise<string> {
  expect(await checkResult(world, input)).toMatchObject({ ready: true, problems: [] });
  const { data } = await submit(world, input);
  expect(data?.submitBirthBundle).toMatchObject({ problems: [], dossier: { state: "COMPLETED", outcome: "GRANTED" } });
  return data.submitBirthBundle.dossier.code;
}
