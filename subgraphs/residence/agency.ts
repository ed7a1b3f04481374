import { citizenSummary, defineAgency } from "../agency-definition.ts";

type Member = { citizen: { personalId: string; fullName: string | null }; relationToHead: string | null };
type Summary = {
  personalId: string;
  fullName: string | null;
  dateOfBirth: string | null;
  residency: {
    household: {
      code: string;
      address: { line: string; commune: { name: string } } | null;
      members: Member[] | null;
    } | null;
  } | null;
};

/** The population and residence registry, kept by the police (Công an – quản lý cư trú). */
export const residence = defineAgency({
  name: "residence",
  agency: "RESIDENCE",
  port: 4102,
  vi: "Công an – quản lý cư trú",
  en: "Residence registry (police)",
  officer: { role: "police", title: "Công an cư trú", place: "office" },
  permissions: {
    "citizen:read": {
      en: "Look a citizen up and read identity and household",
      vi: "Tra cứu công dân, xem thông tin nhân thân và hộ gia đình",
      holders: ["clerk", "leader", "citizen", "portal", "every-officer"],
    },
    "residence:search": {
      en: "Search citizens and households, and read their history",
      vi: "Tra cứu công dân, hộ gia đình và quá trình cư trú",
      holders: ["clerk", "leader", "officer"],
    },
    "residence:register": {
      en: "Register acts in the register of residence",
      vi: "Đăng ký biến động về cư trú và hộ gia đình",
      holders: ["officer"],
    },
    "citizen:exists": {
      en: "Ask whether a personal number is in the population register, and for the number of a citizen's id",
      vi: "Kiểm tra số định danh cá nhân có trong cơ sở dữ liệu dân cư, tra số theo mã công dân",
      holders: ["service"],
    },
  },
  catalogueDomains: ["residence", "identity"],
  expiry: { kind: "TEMPORARY_RESIDENCE", vi: "Đăng ký tạm trú", en: "Temporary residence" },
  resultTypes: {
    Residency: {
      description: "Permanent residence (đăng ký thường trú), Law on Residence 68/2020, art. 20.",
    },
  },
  citizenSummary: citizenSummary<Summary>(
    `fullName dateOfBirth residency { relationToHead household {
      code address { line commune { code name } } members { citizen { personalId fullName } relationToHead } } }`,
    ({ personalId, fullName, dateOfBirth, residency }) => [
      `${fullName}, ${dateOfBirth}, số định danh / personal number ${personalId}`,
      ...(residency?.household ? householdLines(residency.household) : ["– (không có nơi thường trú / no residence)"]),
    ],
  ),
});

function householdLines({ code, address, members }: NonNullable<NonNullable<Summary["residency"]>["household"]>) {
  return [
    `hộ / household ${code}: ${address?.line}, ${address?.commune.name}`,
    ...(members ?? []).map(
      ({ citizen, relationToHead }) => `  ${relationToHead}: ${citizen.fullName} (${citizen.personalId})`,
    ),
  ];
}
