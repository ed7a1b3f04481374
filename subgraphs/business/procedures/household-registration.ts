import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { readBusiness } from "../businesses/locked-business.ts";
import { enterVersion, personsOf, registeredOn } from "../businesses/new-version.ts";
import { enterHead, type NewHousehold, newHousehold, REGISTERED } from "../businesses/register-household.ts";
import { hasNamesake } from "../businesses/same-name.ts";
import { enterActForPart } from "./act-for-part.ts";
import { type HouseholdRegistration, householdRegistrationContent } from "./contents.ts";
import { detailsOf, householdPeople, pathInForm, pathInHouseholdForm } from "./registration-details.ts";

/**
 * Registration of a household business (đăng ký thành lập hộ kinh doanh), 1.001612; Decree 168/2025/NĐ-CP. Its code is the owner's
 * personal number, which is the tax code. An officer looks where the commune has a household business of the same name, and where
 * somebody else than the owner submits.
 */
export const householdRegistration = procedure<HouseholdRegistration, NewHousehold | undefined>({
  procedure: "1.001612",
  content: householdRegistrationContent,

  async examine(tx, { content, receivedAt }) {
    const problems = new Problems();
    const input = { ...detailsOf(content), people: householdPeople(content) };
    const household = await newHousehold(tx, input, legalDayOf(receivedAt), problems, readBusiness);
    problems.found.push(...newerFactProblems(content, [household?.former]));
    const doubts: string[] = [];
    if (household && (await hasNamesake(tx, household.facts))) doubts.push("Trong xã đã có hộ kinh doanh cùng tên");
    if (household && content.declarant && content.declarant.personalId !== household.code)
      doubts.push("Người nộp hồ sơ không phải là chủ hộ kinh doanh");
    const pathIn = "people" in content ? pathInForm : pathInHouseholdForm;
    return {
      problems: problems.found.map((each) => ({ ...each, path: pathIn(each.path).map(String) })),
      verify: doubts,
      found: problems.found.length === 0 ? household : undefined,
    };
  },

  // a concurrent part for the same owner enters the same code or version: the database refuses the second
  async grant(tx, part, household, by, on) {
    if (!household) throw new Error("A registration with problems is not granted");
    const { id: businessId, version } = await enterHead(tx, household);
    const act = await enterActForPart(tx, part, { kind: "REGISTRATION", businessId }, by, on);
    await enterVersion(tx, act, { businessId, version: version + 1 }, registeredOn(on, household.facts));
    await recordChange(tx, by, personsOf(household.facts), REGISTERED);
    return { facts: { code: household.code } };
  },
});
