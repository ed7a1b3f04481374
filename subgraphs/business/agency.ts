import { citizenSummary, defineAgency } from "../agency-definition.ts";

type Summary = { businesses: { code: string; name: string }[] | null };

/** The business registry (cơ quan đăng ký kinh doanh). */
export const business = defineAgency({
  name: "business",
  agency: "BUSINESS",
  port: 4105,
  vi: "Cơ quan đăng ký kinh doanh",
  en: "Business registry",
  officer: { role: "business-officer", title: "Đăng ký kinh doanh", place: "agency" },
  permissions: {
    "business:read": {
      en: "Read businesses and licences",
      vi: "Xem thông tin hộ kinh doanh, doanh nghiệp và giấy phép",
      holders: ["clerk", "leader", "citizen", "officer"],
    },
  },
  catalogueDomains: ["licence", "enterprise", "household_business"],
  resultTypes: {},
  citizenSummary: citizenSummary<Summary>("businesses { code name }", ({ businesses }) =>
    businesses?.map(({ code, name }) => `${code} ${name}`),
  ),
});
