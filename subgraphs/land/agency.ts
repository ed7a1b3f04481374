import { citizenSummary, defineAgency } from "../agency-definition.ts";

type Summary = { landCertificates: { serial: string }[] | null };

/** The land registry (cơ quan đăng ký đất đai). */
export const land = defineAgency({
  name: "land",
  agency: "LAND",
  port: 4104,
  vi: "Cơ quan đăng ký đất đai",
  en: "Land registry",
  officer: { role: "land-officer", title: "Đăng ký đất đai", place: "agency" },
  permissions: {
    "land:read": {
      en: "Read land certificates",
      vi: "Xem giấy chứng nhận quyền sử dụng đất",
      holders: ["clerk", "leader", "citizen", "officer"],
    },
    "land:search": {
      en: "Search parcels and certificates, and read their history",
      vi: "Tra cứu thửa đất, giấy chứng nhận và lịch sử biến động",
      holders: ["clerk", "leader", "officer"],
    },
    "land:register": {
      en: "Register acts in the land register",
      vi: "Đăng ký biến động đất đai",
      holders: ["officer"],
    },
    "land:assess": {
      en: "Enter and settle financial obligations from land",
      vi: "Ghi nhận nghĩa vụ tài chính về đất đai",
      holders: ["officer"],
    },
  },
  catalogueDomains: ["land"],
  resultTypes: {},
  citizenSummary: citizenSummary<Summary>("landCertificates { serial }", ({ landCertificates }) =>
    landCertificates?.map(({ serial }) => serial),
  ),
});
