import { and, eq } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, procedure } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { parseBusinessCode } from "../../_shared/reference/identifiers/tax-code.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type LockedBusiness, readBusiness } from "../businesses/locked-business.ts";
import { personsOf } from "../businesses/new-version.ts";
import { isSuspendedFrom } from "../businesses/state.ts";
import { businessEnded, businessSuspended, businessUnknown, licenceKindClosed, licenceNumberTaken } from "../errors.ts";
import {
  CHANGED,
  enterLicence,
  isLicenceNumberTaken,
  LONGEST_ISSUER,
  LONGEST_NUMBER,
} from "../licences/licence-acts.ts";
import type { LicenceKind } from "../licences/licence-kinds.ts";
import { licences, licenceVersions } from "../licences/tables.ts";
import { longestTerm, ruleOf } from "../licences/term.ts";
import { enterActForPart } from "./act-for-part.ts";
import { type LicenceContent, licenceContent } from "./contents.ts";

type Found = { business: LockedBusiness; number: string; issuer: string | null } | undefined;

/**
 * First issue of a licence of one kind. Officers decide it, because the premises are inspected. They may state `number` and
 * `issuer`; by default the number is that of the dossier with the kind. The term is the longest of the kind, from the day of the
 * grant.
 */
const licenceIssue = (code: string, kind: LicenceKind) =>
  procedure<LicenceContent, Found>({
    procedure: code,
    content: licenceContent,

    async examine(tx, part) {
      const problems = new Problems();
      if (!(await ruleOf(tx, kind)).isIssued) problems.add(["activity"], licenceKindClosed());
      const business = await businessOf(tx, part, problems);
      const licence = await licenceOf(tx, part, kind, problems);
      if (business && part.content.grantedBefore) {
        const others = await versionsOfKind(tx, business, kind);
        problems.found.push(...newerFactProblems(part.content, [business, ...others]));
      }
      return {
        problems: problems.found,
        verify: ["Điều kiện của cơ sở do cán bộ thẩm định"],
        found: business && licence && problems.found.length === 0 ? { business, ...licence } : undefined,
      };
    },

    async grant(tx, part, found, by, on) {
      if (!found) throw new Error("A licence is issued to a registered business");
      const { business, number, issuer } = found;
      const act = await enterActForPart(tx, part, { kind: "LICENCE", businessId: business.id }, by, on);
      const term = longestTerm(on, await ruleOf(tx, kind));
      await enterLicence(tx, act, { number, issuer, term, businessId: business.id, kind });
      await recordChange(tx, by, personsOf(business.facts), CHANGED);
      return { facts: { number, issuer: issuer ?? "" } };
    },
  });

/** Procedures of the catalogue that issue a licence which the register keeps. It has none for a renewal. */
export const licenceIssues = [
  licenceIssue("2.000117", "FOOD_SAFETY"),
  licenceIssue("2.001827", "FOOD_SAFETY"),
  licenceIssue("1.014230", "FOOD_SAFETY"),
  licenceIssue("3.000243", "SECURITY_ORDER"),
  licenceIssue("2.001478", "SECURITY_ORDER"),
  licenceIssue("2.000648", "PETROL_RETAIL"),
  licenceIssue("1.001029", "KARAOKE"),
];

/** The business in force that a part names. Anything else becomes a problem. */
async function businessOf(
  tx: Tx,
  { content, receivedAt }: Part<LicenceContent>,
  problems: Problems,
): Promise<LockedBusiness | undefined> {
  const code = problems.take(["code"], parseBusinessCode(content.code));
  if (!code) return undefined;
  const business = await readBusiness(tx, code);
  if (!business) problems.add(["code"], businessUnknown());
  else if (business.isEnded) problems.add(["code"], businessEnded());
  else if (isSuspendedFrom(business.facts, legalDayOf(receivedAt))) problems.add(["code"], businessSuspended());
  return business;
}

/** Versions of the licences of one kind that a business has. */
function versionsOfKind(tx: Tx, { id }: LockedBusiness, kind: LicenceKind): Promise<{ validFrom: LegalDay }[]> {
  return tx
    .select({ validFrom: licenceVersions.validFrom })
    .from(licences)
    .innerJoin(licenceVersions, eq(licenceVersions.licenceId, licences.id))
    .where(and(eq(licences.businessId, id), eq(licences.kind, kind)));
}

/** Number and issuer as the officer states them, or by default. */
async function licenceOf(
  tx: Tx,
  { content, dossier, stated = {} }: Part<LicenceContent>,
  kind: LicenceKind,
  problems: Problems,
): Promise<{ number: string; issuer: string | null } | undefined> {
  const given = content.grantedBefore ?? stated;
  const number = problems.take(["number"], parseFreeText(given.number?.trim() || `${dossier}/${kind}`, LONGEST_NUMBER));
  const issuer = given.issuer ? problems.take(["issuer"], parseFreeText(given.issuer, LONGEST_ISSUER)) : null;
  if (number && (await isLicenceNumberTaken(tx, number))) problems.add(["number"], licenceNumberTaken());
  return number && issuer !== undefined ? { number, issuer } : undefined;
}
