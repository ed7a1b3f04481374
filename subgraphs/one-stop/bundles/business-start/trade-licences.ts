import type { Certainty } from "../../definitions/definition.ts";

export type LicenceFacts = {
  vi: string;
  en: string;
  legalBasis: string;
  certainty: Certainty;
  /** Paper to ask for and its office, if the catalogue has no procedure. */
  ask?: readonly [vi: string, en: string];
};

const AT_ANY_DESK = [
  "danh mục chưa có thủ tục này; đề nghị hỏi Bộ phận Một cửa trước khi kinh doanh",
  "the catalogue has no procedure for it; ask a one-stop desk before trading",
] as const;

/** Licences that lines of business may need, with the law that demands them. */
export const TRADE_LICENCES = {
  FOOD_SAFETY: {
    vi: "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
    en: "Food safety certificate",
    ...{ legalBasis: "Luật An toàn thực phẩm 2010, Điều 37", certainty: "sure" },
  },
  SECURITY_ORDER: {
    vi: "Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
    en: "Certificate of security and order",
    ...{ legalBasis: "Nghị định 96/2016/NĐ-CP, Điều 15", certainty: "sure" },
  },
  KARAOKE: {
    vi: "Giấy phép đủ điều kiện kinh doanh karaoke, vũ trường",
    en: "Licence for karaoke and dancing",
    ...{ legalBasis: "Nghị định 54/2019/NĐ-CP", certainty: "likely" },
  },
  PETROL_RETAIL: {
    vi: "Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu",
    en: "Certificate to retail petrol",
    ...{ legalBasis: "Nghị định 83/2014/NĐ-CP", certainty: "likely" },
  },
  PHARMACY: {
    vi: "Giấy chứng nhận đủ điều kiện kinh doanh dược",
    en: "Certificate for a pharmacy",
    ...{ legalBasis: "Quyết định 2014/QĐ-BYT", certainty: "sure" },
  },
  LIQUOR_RETAIL: {
    vi: "Giấy phép bán lẻ rượu",
    en: "Licence to retail liquor",
    ...{ legalBasis: "Nghị định 105/2017/NĐ-CP, Điều 28", certainty: "unsure", ask: AT_ANY_DESK },
  },
  LIQUOR_WHOLESALE: {
    vi: "Giấy phép bán buôn, phân phối rượu",
    en: "Licence to wholesale and distribute liquor",
    ...{ legalBasis: "Nghị định 105/2017/NĐ-CP, Điều 28", certainty: "unsure", ask: AT_ANY_DESK },
  },
  TOBACCO_RETAIL: {
    vi: "Giấy phép bán lẻ sản phẩm thuốc lá",
    en: "Licence to retail tobacco",
    ...{ legalBasis: "Nghị định 67/2013/NĐ-CP", certainty: "unsure", ask: AT_ANY_DESK },
  },
  VIDEO_GAMES: {
    vi: "Giấy chứng nhận đủ điều kiện điểm cung cấp dịch vụ trò chơi điện tử công cộng",
    en: "Certificate for a public video-game place",
    ...{ legalBasis: "Nghị định 147/2024/NĐ-CP", certainty: "unsure" },
    ask: [
      "danh mục chưa có thủ tục cấp mới; đề nghị hỏi Ủy ban nhân dân cấp xã",
      "the catalogue has no procedure that issues it; ask the people's committee of the commune",
    ],
  },
  WATER_EXTRACTION: {
    vi: "Giấy phép khai thác nước",
    en: "Licence to extract water",
    ...{ legalBasis: "Nghị định 54/2024/NĐ-CP", certainty: "unsure", ask: AT_ANY_DESK },
  },
} as const satisfies Record<string, LicenceFacts>;

export type TradeLicence = keyof typeof TRADE_LICENCES;
export const tradeLicences = Object.keys(TRADE_LICENCES) as [TradeLicence, ...TradeLicence[]]; // the literal keys of the object

/** Licences by line of business. */
export type LicencesOfLines = Readonly<Record<string, readonly TradeLicence[]>>;

/**
 * Licences that a line of business may need, by its code of VSIC level 4 (Decision 27/2018/QĐ-TTg; the codes of Decision
 * 36/2025/QĐ-TTg are unverified). No source of the project assigns licences to codes: this is an assumption by the names of the
 * lines, and configuration replaces it.
 */
export const ASSUMED_LICENCES: LicencesOfLines = {
  "1071": ["FOOD_SAFETY"],
  "1079": ["FOOD_SAFETY"],
  "1101": ["FOOD_SAFETY"],
  "1104": ["FOOD_SAFETY"],
  "3600": ["WATER_EXTRACTION"],
  "4632": ["FOOD_SAFETY"],
  "4633": ["FOOD_SAFETY", "LIQUOR_WHOLESALE"],
  "4711": ["LIQUOR_RETAIL", "TOBACCO_RETAIL"],
  "4722": ["FOOD_SAFETY"],
  "4723": ["LIQUOR_RETAIL"],
  "4724": ["TOBACCO_RETAIL"],
  "4730": ["PETROL_RETAIL"],
  "4772": ["PHARMACY"],
  "5510": ["SECURITY_ORDER"],
  "5610": ["FOOD_SAFETY"],
  "5621": ["FOOD_SAFETY"],
  "5629": ["FOOD_SAFETY"],
  "5630": ["FOOD_SAFETY"],
  "6492": ["SECURITY_ORDER"],
  "8010": ["SECURITY_ORDER"],
  "9329": ["KARAOKE", "SECURITY_ORDER", "VIDEO_GAMES"],
};

/** Procedures that issue a licence, to a household business and to an enterprise. */
export const LICENCE_PROCEDURES: Partial<Record<TradeLicence, { household: string; enterprise: string }>> = {
  FOOD_SAFETY: { household: "2.000117", enterprise: "2.000117" },
  SECURITY_ORDER: { household: "3.000243", enterprise: "2.001478" },
  KARAOKE: { household: "1.001029", enterprise: "1.001029" },
  PETROL_RETAIL: { household: "2.000648", enterprise: "2.000648" },
  PHARMACY: { household: "1.014076", enterprise: "1.014076" },
};
