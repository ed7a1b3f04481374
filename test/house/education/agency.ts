import { citizenSummary, defineAgency } from "../../../subgraphs/agency-definition.ts";

type Summary = { enrolments: { school: string; grade: number }[] | null };

/** The education registry (cơ quan quản lý giáo dục). */
export const education = defineAgency({
  name: "education",
  agency: "EDUCATION",
  port: 4107,
  vi: "Cơ quan quản lý giáo dục",
  en: "Education registry",
  officer: { role: "school-officer", title: "Cán bộ giáo dục", place: "province" },
  permissions: {
    "education:read": {
      en: "Read school enrolments",
      vi: "Xem thông tin nhập học",
      holders: ["clerk", "leader", "citizen", "officer"],
    },
  },
  catalogueDomains: ["education"],
  resultTypes: {
    Enrolment: {
      description: "Enrolment at a school (nhập học), Law on Education 43/2019.",
    },
  },
  citizenSummary: citizenSummary<Summary>("enrolments { school grade }", ({ enrolments }) =>
    enrolments?.map(({ school, grade }) => `trường / school ${school}, lớp / grade ${grade}`),
  ),
});
