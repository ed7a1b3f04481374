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
  },
  catalogueDomains: ["civil_status"],
  resultTypes: {
    BirthRegistration: {
      description: "A registered birth (đăng ký khai sinh), Law on Civil Status 60/2014, art. 13–16.",
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
