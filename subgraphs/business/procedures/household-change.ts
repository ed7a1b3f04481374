import { eq } from "drizzle-orm";
import { procedure } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { sameFacts } from "../businesses/change.ts";
import { type Details, readDetails } from "../businesses/details.ts";
import type { LockedBusiness } from "../businesses/locked-business.ts";
import type { Facts } from "../businesses/new-version.ts";
import { hasNamesake } from "../businesses/same-name.ts";
import { nothingChanges } from "../errors.ts";
import { liveLicences } from "../licences/tables.ts";
import { type BusinessChangeContent, businessChangeContent, type FormChange } from "./contents.ts";
import { enterForPart, householdOf } from "./household.ts";

/** The business as it is, and its facts from now on. */
type Found = { business: LockedBusiness; facts: Facts } | undefined;
/** One change, and the path into the content for a path into the details. */
type Change = { details: Parameters<typeof readDetails>[0]; pathOf(path: readonly unknown[]): string[] };

/**
 * Change of a household business (thay đổi nội dung đăng ký), 2.000720: name, seat, lines of business or capital; within the bundle of a
 * move its seat. Decree 168/2025/NĐ-CP. Its code stays. An officer looks where it holds licences, which may depend on place and lines,
 * where the commune has a household business of the same name, and where somebody else than the owner submits.
 */
export const householdChange = procedure<BusinessChangeContent, Found>({
  procedure: "2.000720",
  content: businessChangeContent,

  async examine(tx, { content, receivedAt }) {
    const problems = new Problems();
    const business = await householdOf(tx, content, problems);
    const details = readChanges(content, legalDayOf(receivedAt), problems);
    const facts = business && { ...business.facts, ...details };
    if (facts && problems.found.length === 0 && sameFacts(facts, business.facts))
      problems.add(["changes" in content ? "changes" : "businessAddress"], nothingChanges());
    const found = facts && problems.found.length === 0 ? { business, facts } : undefined;
    return { problems: problems.found, verify: found ? await doubtsAbout(tx, content, found) : [], found };
  },

  async grant(tx, part, found, by, on) {
    if (!found) throw new Error("A change with problems is not granted");
    const { business, facts } = found;
    const next = { ...facts, changeNumber: facts.changeNumber + 1 };
    await enterForPart(tx, part, business, { kind: "CHANGE", facts: next }, by, on);
    return { facts: {} };
  },
});

function readChanges(content: BusinessChangeContent, on: LegalDay, problems: Problems): Details {
  const read: Details = {};
  for (const { details, pathOf } of changesOf(content)) {
    const found = new Problems();
    Object.assign(read, readDetails(details, "HOUSEHOLD", on, found));
    problems.found.push(...found.found.map((each) => ({ ...each, path: pathOf(each.path) })));
  }
  return read;
}

function changesOf(content: BusinessChangeContent): Change[] {
  if ("changes" in content) return content.changes.map((each, index) => formChange(each, ["changes", String(index)]));
  const { line, commune } = content.businessAddress;
  return [{ details: { addressLine: line, commune }, pathOf: seatPath(["businessAddress"]) }];
}

function formChange(change: FormChange, path: readonly string[]): Change {
  const inValue = () => [...path, "newValue"];
  switch (change.field) {
    case "NAME":
      return { details: { name: change.newValue }, pathOf: inValue };
    case "CAPITAL":
      return { details: { capitalVnd: Number(change.newValue) }, pathOf: inValue };
    case "ADDRESS": {
      const { line, commune } = change.address;
      return { details: { addressLine: line, commune }, pathOf: seatPath([...path, "address"]) };
    }
    case "SECTORS":
      return {
        details: { industries: change.sectors },
        pathOf: ([, ...rest]) => [...path, "sectors", ...rest.map(String)],
      };
  }
}

const seatPath =
  (path: readonly string[]) =>
  ([first]: readonly unknown[]) => [...path, first === "commune" ? first : "line"];

/** Reasons for an officer to look, in Vietnamese. */
async function doubtsAbout(tx: Tx, content: BusinessChangeContent, { business, facts }: NonNullable<Found>) {
  const { name, communeCode, addressLine, lines } = business.facts;
  const moves = facts.communeCode !== communeCode || facts.addressLine !== addressLine;
  const dependsOnLicences = moves || facts.lines !== lines;
  const isRenamed = facts.name !== name;
  const owner = "changes" in content ? content.declarant.personalId : content.owner.personalId;
  const doubts: string[] = [];
  if (dependsOnLicences && (await hasLicences(tx, business))) doubts.push("Hộ kinh doanh có giấy phép còn hiệu lực");
  if (isRenamed && (await hasNamesake(tx, facts))) doubts.push("Trong xã đã có hộ kinh doanh cùng tên");
  if (owner !== content.owner.personalId) doubts.push("Người nộp hồ sơ không phải là chủ hộ kinh doanh");
  return doubts;
}

async function hasLicences(tx: Tx, { id }: LockedBusiness): Promise<boolean> {
  const [held] = await tx
    .select({ id: liveLicences.licenceId })
    .from(liveLicences)
    .where(eq(liveLicences.businessId, id))
    .limit(1);
  return held !== undefined;
}
