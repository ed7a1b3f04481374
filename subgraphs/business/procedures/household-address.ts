import { eq } from "drizzle-orm";
import { procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { readDetails } from "../businesses/details.ts";
import type { LockedBusiness } from "../businesses/locked-business.ts";
import { nothingChanges } from "../errors.ts";
import { liveLicences } from "../licences/tables.ts";
import { type AddressChangeContent, addressChangeContent } from "./contents.ts";
import { enterForPart, householdOf } from "./household.ts";

/** The business as it is, and its seat from now on. */
type Found = { business: LockedBusiness; seat: { communeCode: string; addressLine: string } } | undefined;

/**
 * Change of the seat of a household business (thay đổi địa chỉ trụ sở), 2.000720, within the bundle of a move; Decree 168/2025/NĐ-CP. Its code
 * stays. An officer looks where it holds licences, which may depend on the place.
 */
export const householdAddress = procedure<AddressChangeContent, Found>({
  procedure: "2.000720",
  inBundlesOnly: true,
  content: addressChangeContent,

  async examine(tx, { content, receivedAt }) {
    const problems = new Problems();
    const business = await householdOf(tx, content, problems);
    const { line, commune } = content.businessAddress;
    const inForm = new Problems();
    const details = readDetails({ addressLine: line, commune }, "HOUSEHOLD", legalDayOf(receivedAt), inForm);
    const { communeCode, addressLine } = details;
    problems.found.push(...inForm.found.map((each) => ({ ...each, path: pathInContent(each.path) })));
    const seat = communeCode && addressLine ? { communeCode, addressLine } : undefined;
    if (business && seat && isSeat(business, seat)) problems.add(["businessAddress"], nothingChanges());
    const verify = business && (await hasLicences(tx, business)) ? ["Hộ kinh doanh có giấy phép còn hiệu lực"] : [];
    const found = business && seat && problems.found.length === 0 ? { business, seat } : undefined;
    return { problems: problems.found, verify, found };
  },

  async grant(tx, part, found, by, on) {
    if (!found) throw new Error("A change with problems is not granted");
    const { business, seat } = found;
    const facts = { ...business.facts, ...seat, changeNumber: business.facts.changeNumber + 1 };
    await enterForPart(tx, part, business, { kind: "CHANGE", facts }, by, on);
    return { facts: {} };
  },
});

function pathInContent([first]: readonly string[]): string[] {
  return ["businessAddress", first === "commune" ? "commune" : "line"];
}

function isSeat({ facts }: LockedBusiness, seat: NonNullable<Found>["seat"]): boolean {
  return facts.communeCode === seat.communeCode && facts.addressLine === seat.addressLine;
}

async function hasLicences(tx: Tx, { id }: LockedBusiness): Promise<boolean> {
  const [held] = await tx
    .select({ id: liveLicences.licenceId })
    .from(liveLicences)
    .where(eq(liveLicences.businessId, id))
    .limit(1);
  return held !== undefined;
}
