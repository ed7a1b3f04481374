import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLInputType, getNamedType, isInputObjectType } from "graphql";
import { expect } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { agencyCodes } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, type BirthInput, submit } from "../given.ts";
import { untouched } from "../kit/registers-unchanged.ts";
import { clerk, contract, type Persona, sharedWorld, type World } from "../world.ts";

/** What a test says that a request has come to: the code, the path with dots, and the agency that raised it. */
export type Said = { code: string; at: string; agency: string | null };
export type Spoil = (input: BirthInput) => void;
type Problem = { code: string; message: string; messageEn: string; path: string[]; agency: { code: string } | null };

const api = buildSchema(readFileSync(projectPath("schema", "api.graphql"), "utf8"));
const DIACRITICS = /\p{M}/u;

/** A world whose agencies are waited for on the slowest machine. */
export function patientWorld(): { readonly current: World } {
  return sharedWorld({ "one-stop": { CHECK_BUDGET_MS: "5000" } });
}

/** A good request and what somebody made of it. */
export function spoiled(spoil: Spoil): BirthInput {
  const input = aBirthRequest();
  spoil(input);
  return input;
}

/** Sends what must come to nothing: check and submit say the same, in full, and no register has changed. */
export async function refusedFor(world: World, input: BirthInput, who: Persona = clerk): Promise<Said[]> {
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
    expect(said(checked.data.checkBirthBundle.problems)).toEqual(said(problems));
    for (const problem of problems) expectComplete(problem);
    const places = said(problems).map(({ code, at }) => `${code} ${at}`);
    expect(new Set(places).size).toBe(places.length);
    return said(problems);
  });
}

/** Problems in an order of their own: agencies answer in any. */
function said(problems: Problem[]): Said[] {
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
  expect(isPlace(path)).toBe(true);
  expect([null, ...agencyCodes]).toContain(agency?.code ?? null);
}

/** True if a path leads to a field of the submission's arguments. */
function isPlace(path: string[]): boolean {
  let type: GraphQLInputType | undefined = api.getType("BirthBundleInput") as GraphQLInputType;
  for (const name of path) {
    const inside: unknown = type && getNamedType(type);
    type = isInputObjectType(inside) ? inside.getFields()[name]?.type : undefined;
  }
  return type !== undefined;
}

/** What a check says; it leaves no trace. */
export async function checkedAs(world: World, input: BirthInput): Promise<{ ready: boolean; problems: Problem[] }> {
  const checked = await untouched(world, () => world.ask(clerk, contract("check-birth-bundle"), { input }));
  return checked.data?.checkBirthBundle;
}

/** Sends a good request, whatever is unusual about it. @returns the dossier's code */
export async function acceptedAs(world: World, input: BirthInput): Promise<string> {
  expect(await checkedAs(world, input)).toMatchObject({ ready: true, problems: [] });
  const { data } = await submit(world, input);
  expect(data?.submitBirthBundle).toMatchObject({ problems: [], dossier: { state: "COMPLETED", outcome: "GRANTED" } });
  return data.submitBirthBundle.dossier.code;
}
