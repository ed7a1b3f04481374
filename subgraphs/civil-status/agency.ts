import { citizenSummary, defineAgency } from "../agency-definition.ts";

type Person = { fullName: string | null } | null;
type Summary = { birth: { number: string | null; registeredOn: string | null; mother: Person; father: Person } | null };

/** The civil status registry (cơ quan đăng ký hộ tịch). */
export const civilStatus = defineAgency({
  name: "civil-status",
  agency: "CIVIL_STATUS",
  port: 4101,
  vi: "Cơ quan đăng ký hộ tịch",
  en: "Civil status registry",
  officer: { role: "registrar", title: "Cán bộ hộ tịch", place: "office" },
  permissions: {
    "birth:read": {
      en: "Read birth registrations",
      vi: "Xem thông tin đăng ký khai sinh",
      holders: ["clerk", "leader", "citizen", "portal", "every-officer"],
    },
    "death:read": {
      en: "Read death registrations",
      vi: "Xem thông tin đăng ký khai tử",
      holders: ["clerk", "leader", "citizen", "every-officer"],
    },
    "marriage:read": {
      en: "Read marriages, marital status and its confirmations",
      vi: "Xem thông tin đăng ký kết hôn và tình trạng hôn nhân",
      holders: ["clerk", "leader", "citizen", "officer"],
    },
    "civil-status:search": {
      en: "Search the civil status register, and read books and history",
      vi: "Tra cứu sổ hộ tịch và lịch sử việc hộ tịch",
      holders: ["clerk", "leader", "officer"],
    },
    "civil-status:register": {
      en: "Register acts in the civil status register",
      vi: "Đăng ký việc hộ tịch",
      holders: ["officer"],
    },
    "civil-status:certify": {
      en: "Issue extracts and confirmations of the marital status",
      vi: "Cấp trích lục hộ tịch, giấy xác nhận tình trạng hôn nhân",
      holders: ["officer"],
    },
  },
  catalogueDomains: ["civil_status"],
  expiry: { kind: "MARITAL_CONFIRMATION", vi: "Giấy XN tình trạng hôn nhân", en: "Confirmation of marital status" },
  resultTypes: {
    BirthRegistration: {
      description: "A registered birth (đăng ký khai sinh), Law on Civil Status 60/2014, art. 13–16.",
    },
    DeathRegistration: {
      description: "A registered death (đăng ký khai tử), Law on Civil Status 60/2014, art. 32–34.",
    },
    MarriageRegistration: {
      description: "A registered marriage (đăng ký kết hôn), Law on Civil Status 60/2014, art. 17–18.",
    },
    MaritalStatusConfirmation: {
      description: "Confirmation of the marital status (xác nhận tình trạng hôn nhân), Decree 123/2015, art. 21–23.",
    },
  },
  citizenSummary: citizenSummary<Summary>(
    "birth { number registeredOn mother { fullName } father { fullName } }",
    ({ birth }) =>
      birth
        ? [
            `khai sinh số / birth ${birth.number}, ${birth.registeredOn}`,
            `mẹ / mother ${birth.mother?.fullName}, cha / father ${birth.father?.fullName ?? "–"}`,
          ]
        : [],
  ),
});
