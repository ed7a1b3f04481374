import { and, desc, eq, like } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { type Parsed, refused } from "../../_shared/reference/identifiers/parsed.ts";
import { parseTaxCode } from "../../_shared/reference/identifiers/tax-code.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import {
  branchNumbersUsedUp,
  businessCodeTaken,
  businessSuspended,
  enterpriseCodeOfBranch,
  enterpriseExpected,
} from "../errors.ts";
import type { BusinessContext } from "../loaders.ts";
import { businesses } from "../tables.ts";
import { firstFacts, readDetails, readFurtherName } from "./details.ts";
import type { BusinessBranchInput, EnterpriseInput } from "./input.ts";
import { lockInForce } from "./locked-business.ts";
import { enterVersion, type Facts, personsOf } from "./new-version.ts";
import { REGISTERED } from "./register-household.ts";
import { isSuspendedFrom } from "./state.ts";

const LAST_BRANCH = 999;

/** Registers an enterprise under the code that the tax office has issued; the two are one (Law on Enterprises, art. 29). */
export function registerEnterprise(
  ctx: BusinessContext,
  input: EnterpriseInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "REGISTRATION" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => register(tx, act, input, problems));
}

async function register(tx: Tx, act: Act, input: EnterpriseInput, problems: Problems): Promise<Performed> {
  const enterprise = await newEnterprise(tx, input, act.on, problems);
  if (!enterprise || problems.found.length > 0) return undefined;
  const { code, facts } = enterprise;
  const businessId = uuidv7();
  await tx.insert(businesses).values({ id: businessId, code });
  await enterVersion(tx, act, { businessId, version: 1 }, facts);
  return { business: businessId, citizens: personsOf(facts), changed: REGISTERED };
}

/** Reads the enterprise of an input with its code; undefined, with problems, if they are not complete. */
export async function newEnterprise(
  tx: Tx,
  input: Omit<EnterpriseInput, "ground">,
  on: LegalDay,
  problems: Problems,
): Promise<{ code: string; facts: Facts } | undefined> {
  const code = problems.take(["code"], parseEnterpriseCode(input.code));
  const names = {
    foreignName: readFurtherName(input.foreignName, "foreignName", problems),
    shortName: readFurtherName(input.shortName, "shortName", problems),
  };
  const facts = firstFacts("ENTERPRISE", on, readDetails(input, "ENTERPRISE", on, problems));
  if (code && (await isTaken(tx, code))) problems.add(["code"], businessCodeTaken());
  if (!code || !facts) return undefined;
  return { code, facts: { ...facts, ...names, form: input.form } };
}

function parseEnterpriseCode(raw: string): Parsed<string> {
  const code = parseTaxCode(raw);
  return code.ok && code.value.includes("-") ? refused(enterpriseCodeOfBranch()) : code;
}

async function isTaken(tx: Tx, code: string): Promise<boolean> {
  const found = await tx.select({ id: businesses.id }).from(businesses).where(eq(businesses.code, code));
  return found.length > 0;
}

/** Registers a branch under the next number of its enterprise. */
export function registerBranch(
  ctx: BusinessContext,
  input: BusinessBranchInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "BRANCH" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => registerUnder(tx, act, input, problems));
}

async function registerUnder(tx: Tx, act: Act, input: BusinessBranchInput, problems: Problems): Promise<Performed> {
  const facts = firstFacts("BRANCH", act.on, readDetails(input, "BRANCH", act.on, problems));
  const enterprise = await lockInForce(tx, input.enterprise, ["enterprise"], problems);
  if (!enterprise) return undefined;
  if (enterprise.facts.kind !== "ENTERPRISE") problems.add(["enterprise"], enterpriseExpected());
  if (isSuspendedFrom(enterprise.facts, act.on)) problems.add(["enterprise"], businessSuspended());
  const number = await nextNumber(tx, enterprise.id, enterprise.code);
  if (number > LAST_BRANCH) problems.add(["enterprise"], branchNumbersUsedUp());
  if (!facts || problems.found.length > 0) return undefined;
  const businessId = uuidv7();
  const code = `${enterprise.code}-${String(number).padStart(3, "0")}`;
  await tx.insert(businesses).values({ id: businessId, code, parentId: enterprise.id });
  await enterVersion(tx, act, { businessId, version: 1 }, facts);
  return { business: businessId, citizens: personsOf(facts), changed: REGISTERED };
}

/** The number after the last one that a branch of the locked enterprise has had. */
async function nextNumber(tx: Tx, parentId: string, code: string): Promise<number> {
  const [last] = await tx
    .select({ code: businesses.code })
    .from(businesses)
    .where(and(eq(businesses.parentId, parentId), like(businesses.code, `${code}-%`)))
    .orderBy(desc(businesses.code))
    .limit(1);
  return Number(last?.code.slice(-3) ?? 0) + 1;
}
