import { desc, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { type LockedBusiness, lockBusinessOf, lockInForce } from "../businesses/locked-business.ts";
import { personsOf } from "../businesses/new-version.ts";
import { isSuspendedFrom } from "../businesses/state.ts";
import {
  businessEnded,
  businessSuspended,
  licenceExpired,
  licenceKindClosed,
  licenceNotLonger,
  licenceNumberTaken,
  licenceRevoked,
  licenceUnknown,
  licenceWithoutTerm,
} from "../errors.ts";
import type { BusinessContext } from "../loaders.ts";
import type { LicenceInput, LicenceRenewalInput, LicenceRevocationInput } from "./input.ts";
import type { LicenceKind } from "./licence-kinds.ts";
import { licences, licenceVersions, liveLicences } from "./tables.ts";
import { readTerm, ruleOf, type Term } from "./term.ts";

export const LONGEST_NUMBER = 60;
export const LONGEST_ISSUER = 200;
export const CHANGED = ["licences.*", "licence_versions.*"];

type LockedLicence = typeof licences.$inferSelect & {
  last: typeof licenceVersions.$inferSelect;
  /** False for a licence of before its business ended and began again. */
  isLive: boolean;
};

/** Enters a licence that an authority has issued to a business in force. */
export function issueLicence(ctx: BusinessContext, input: LicenceInput, idempotencyKey: string): Promise<ActOutcome> {
  const requested = { kind: "LICENCE" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => issue(tx, act, input, problems));
}

async function issue(tx: Tx, act: Act, input: LicenceInput, problems: Problems): Promise<Performed> {
  const { kind } = input;
  const rule = await ruleOf(tx, kind);
  if (!rule.isIssued) problems.add(["kind"], licenceKindClosed());
  const number = problems.take(["number"], parseFreeText(input.number, LONGEST_NUMBER));
  const issuer = problems.take(["issuer"], parseFreeText(input.issuer, LONGEST_ISSUER));
  const term = readTerm(input, rule, act.on, problems);
  const business = await lockInForce(tx, input.business, ["business"], problems);
  if (business) demandNotSuspended(business, act, ["business"], problems);
  if (number && (await isLicenceNumberTaken(tx, number))) problems.add(["number"], licenceNumberTaken());
  if (!number || !issuer || !term || !business || problems.found.length > 0) return undefined;
  await enterLicence(tx, act, { number, businessId: business.id, kind, issuer, term });
  return { business: business.id, citizens: personsOf(business.facts), changed: CHANGED };
}

type NewLicence = { number: string; businessId: string; kind: LicenceKind; issuer: string | null; term: Term };

/** Enters a licence with its first version. */
export async function enterLicence(
  tx: Tx,
  act: Act,
  { number, businessId, kind, issuer, term }: NewLicence,
): Promise<void> {
  const id = uuidv7();
  await tx.insert(licences).values({ id, number, businessId, kind });
  await tx.insert(licenceVersions).values({ ...entryOf(act), ...term, licenceId: id, issuer });
}

/** Gives a licence in force a new term. A licence whose term is over is not renewed but issued anew. */
export function renewLicence(
  ctx: BusinessContext,
  input: LicenceRenewalInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "RENEWAL" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => renew(tx, act, input, problems));
}

async function renew(tx: Tx, act: Act, input: LicenceRenewalInput, problems: Problems): Promise<Performed> {
  const found = await lockLicence(tx, input.number, problems);
  if (!found) return undefined;
  const { business, licence } = found;
  const { expiresOn, issuer, version } = licence.last;
  const rule = await ruleOf(tx, licence.kind);
  if (!rule.isIssued) problems.add(["number"], licenceKindClosed());
  const term = readTerm(input, rule, act.on, problems);
  demandNotSuspended(business, act, ["number"], problems);
  if (expiresOn === null) problems.add(["number"], licenceWithoutTerm());
  else if (!licence.isLive || expiresOn < act.on) problems.add(["number"], licenceExpired());
  else if (term?.expiresOn && term.expiresOn <= expiresOn) problems.add(["expiresOn"], licenceNotLonger());
  if (!term || problems.found.length > 0) return undefined;
  await tx
    .insert(licenceVersions)
    .values({ ...entryOf(act), ...term, licenceId: licence.id, version: version + 1, issuer });
  return { business: business.id, citizens: personsOf(business.facts), changed: CHANGED };
}

/** Revokes a licence, also one whose term is over. */
export function revokeLicence(
  ctx: BusinessContext,
  input: LicenceRevocationInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "REVOCATION" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => revoke(tx, act, input, problems));
}

async function revoke(tx: Tx, act: Act, input: LicenceRevocationInput, problems: Problems): Promise<Performed> {
  const found = await lockLicence(tx, input.number, problems);
  if (!found) return undefined;
  const { business, licence } = found;
  if (!licence.isLive) problems.add(["number"], licenceExpired());
  if (problems.found.length > 0) return undefined;
  const { issuedOn, expiresOn, renewBy, issuer, version } = licence.last;
  await tx.insert(licenceVersions).values({
    ...{ ...entryOf(act), licenceId: licence.id, version: version + 1, state: "REVOKED" as const },
    ...{ issuedOn, expiresOn, renewBy, issuer },
  });
  return { business: business.id, citizens: personsOf(business.facts), changed: CHANGED };
}

function entryOf({ id, on, by, ground }: Act) {
  return { validFrom: on, recordedBy: by, ground, actId: id };
}

/** The licence with its business, which is locked; a problem unless both are in force. */
async function lockLicence(
  tx: Tx,
  number: string,
  problems: Problems,
): Promise<{ business: LockedBusiness; licence: LockedLicence } | undefined> {
  const [head] = await tx.select().from(licences).where(eq(licences.number, number.trim()));
  const business = head && (await lockBusinessOf(tx, head.businessId));
  const licence = head && (await lastVersion(tx, head));
  if (!business || !licence) problems.add(["number"], licenceUnknown());
  else if (business.isEnded) problems.add(["number"], businessEnded());
  else if (licence.last.state === "REVOKED") problems.add(["number"], licenceRevoked());
  else return { business, licence };
  return undefined;
}

async function lastVersion(tx: Tx, head: typeof licences.$inferSelect): Promise<LockedLicence | undefined> {
  const [found] = await tx
    .select()
    .from(licenceVersions)
    .leftJoin(liveLicences, eq(liveLicences.licenceId, licenceVersions.licenceId))
    .where(eq(licenceVersions.licenceId, head.id))
    .orderBy(desc(licenceVersions.version))
    .limit(1);
  return found && { ...head, last: found.licence_versions, isLive: found.live_licences !== null };
}

function demandNotSuspended({ facts }: LockedBusiness, { on }: Act, path: Path, problems: Problems): void {
  if (isSuspendedFrom(facts, on)) problems.add(path, businessSuspended());
}

/** True if a licence has the number. */
export async function isLicenceNumberTaken(tx: Tx, number: string): Promise<boolean> {
  const found = await tx.select({ id: licences.id }).from(licences).where(eq(licences.number, number));
  return found.length > 0;
}
