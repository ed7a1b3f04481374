import { citizenSummary, defineAgency } from "../agency-definition.ts";

type Summary = {
  healthInsuranceCard: {
    number: string | null;
    validFrom: string | null;
    validTo: string | null;
    facility: { code: string; name: string } | null;
  } | null;
};

/** Social insurance, which keeps the health-insurance cards (Bảo hiểm xã hội). */
export const healthInsurance = defineAgency({
  name: "health-insurance",
  agency: "HEALTH_INSURANCE",
  port: 4103,
  vi: "Bảo hiểm xã hội",
  en: "Social insurance",
  officer: { role: "insurer", title: "Bảo hiểm xã hội", place: "province" },
  permissions: {
    "health-insurance:read": {
      en: "Read health-insurance cards",
      vi: "Xem thông tin thẻ bảo hiểm y tế",
      holders: ["clerk", "leader", "citizen", "portal", "every-officer"],
    },
    "health-insurance:search": {
      en: "Search health-insurance cards, and read their history",
      vi: "Tra cứu thẻ bảo hiểm y tế và quá trình thẻ",
      holders: ["clerk", "leader", "officer"],
    },
    "health-insurance:coverage": {
      en: "Ask whether a person is covered on a day, as a hospital does",
      vi: "Tra cứu giá trị sử dụng thẻ bảo hiểm y tế tại một ngày",
      holders: ["portal", "officer"],
    },
    "health-insurance:register": {
      en: "Register acts in the register of health-insurance cards",
      vi: "Ghi biến động về người tham gia và thẻ bảo hiểm y tế",
      holders: ["officer"],
    },
  },
  catalogueDomains: ["health_insurance"],
  expiry: { kind: "CHILD_CARD", vi: "Thẻ BHYT của trẻ em", en: "Child's insurance card" },
  resultTypes: {
    HealthInsuranceCard: {
      description: "Health-insurance card (thẻ bảo hiểm y tế).",
    },
  },
  citizenSummary: citizenSummary<Summary>(
    "healthInsuranceCard { number validFrom validTo facility { code name } }",
    ({ healthInsuranceCard: card }) =>
      card
        ? [
            `thẻ / card ${card.number}, ${card.validFrom} – ${card.validTo}`,
            `${card.facility?.name} (${card.facility?.code})`,
          ]
        : [],
  ),
});
