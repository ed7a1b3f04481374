import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { enterVersion, type Facts, personsOf, registeredOn } from "../businesses/new-version.ts";
import { newEnterprise } from "../businesses/register-enterprise.ts";
import { REGISTERED } from "../businesses/register-household.ts";
import { hasNamesake } from "../businesses/same-name.ts";
import { businesses, type EnterpriseForm } from "../tables.ts";
import { enterActForPart } from "./act-for-part.ts";
import { type EnterpriseRegistration, enterpriseRegistrationContent } from "./contents.ts";
import { detailsOf, pathInForm } from "./registration-details.ts";

type Found = { code: string; facts: Facts } | undefined;

/**
 * Registration of an enterprise of one form (đăng ký doanh nghiệp); Law on Enterprises 59/2020/QH14, art. 26. Officers decide it,
 * because charter and list of members are papers that nobody but a person reads; the register is examined before.
 */
const enterpriseRegistration = (code: string, form: EnterpriseForm) =>
  procedure<EnterpriseRegistration, Found>({
    procedure: code,
    inBundlesOnly: true,
    content: enterpriseRegistrationContent,

    async examine(tx, { content, receivedAt }) {
      const problems = new Problems();
      const { code, foreignName, shortName, people } = content;
      const input = { ...detailsOf(content), code, form, foreignName, shortName, people };
      const enterprise = await newEnterprise(tx, input, legalDayOf(receivedAt), problems);
      const isDoubtful = enterprise !== undefined && (await hasNamesake(tx, enterprise.facts));
      return {
        problems: problems.found.map((each) => ({ ...each, path: pathInForm(each.path).map(String) })),
        verify: reviewOf(isDoubtful),
        found: problems.found.length === 0 ? enterprise : undefined,
      };
    },

    async grant(tx, part, enterprise, by, on) {
      if (!enterprise) throw new Error("A registration with problems is not granted");
      const businessId = uuidv7();
      await tx.insert(businesses).values({ id: businessId, code: enterprise.code });
      const act = await enterActForPart(tx, part, { kind: "REGISTRATION", businessId }, by, on);
      await enterVersion(tx, act, { businessId, version: 1 }, registeredOn(on, enterprise.facts));
      await recordChange(tx, by, personsOf(enterprise.facts), REGISTERED);
      return { facts: { code: enterprise.code } };
    },
  });

function reviewOf(hasSameName: boolean): string[] {
  const papers = "Điều lệ, danh sách thành viên do cán bộ xem xét";
  return hasSameName ? [papers, "Đã có doanh nghiệp cùng tên"] : [papers];
}

/** Registrations by the form of the enterprise. The catalogue has no procedure for a partnership. */
export const enterpriseRegistrations = [
  enterpriseRegistration("2.001610", "PRIVATE"),
  enterpriseRegistration("2.001583", "LLC_ONE_MEMBER"),
  enterpriseRegistration("2.001199", "LLC"),
  enterpriseRegistration("2.002043", "JOINT_STOCK"),
];
