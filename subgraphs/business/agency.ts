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
    "business:search": {
      en: "Search businesses and licences, and read their history",
      vi: "Tra cứu hộ kinh doanh, doanh nghiệp, giấy phép và lịch sử đăng ký",
      holders: ["clerk", "leader", "officer"],
    },
    "business:register": {
      en: "Register businesses and their changes",
      vi: "Đăng ký hộ kinh doanh, doanh nghiệp và thay đổi",
      holders: ["officer"],
    },
    "business:license": {
      en: "Issue, renew and revoke licences to trade",
      vi: "Cấp, gia hạn và thu hồi giấy phép kinh doanh",
      holders: ["officer"],
    },
  },
  catalogueDomains: ["licence", "enterprise", "household_business"],
  expiry: { kind: "LICENCE", vi: "Giấy phép kinh doanh", en: "Business licence" },
  resultTypes: {},
  citizenSummary: citizenSummary<Summary>("businesses { code name }", ({ businesses }) =>
    businesses?.map(({ code, name }) => `${code} ${name}`),
  ),
});
