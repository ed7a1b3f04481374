import type { RateCode } from "./rate-rules.ts";

/** The five groups of Decision 766/QĐ-TTg of 23/06/2022. */
export const SCORE_GROUPS = ["PUBLICITY", "PROGRESS", "DIGITISATION", "ONLINE_SERVICE", "SATISFACTION"] as const;
export type ScoreGroupCode = (typeof SCORE_GROUPS)[number];

/**
 * Criterion of a group: points in proportion to its rate. Without a rate, the desk has no data of it: it gives no points and says so.
 * `isSure`: the points stand in a source of the project; the others are assumed, and configuration replaces them.
 */
export type ScoreCriterion = {
  code: string;
  group: ScoreGroupCode;
  maxPoints: number;
  rate: RateCode | null;
  isSure: boolean;
  name: string;
  nameEn: string;
};

export const GROUP_NAMES: Record<ScoreGroupCode, { name: string; nameEn: string }> = {
  PUBLICITY: { name: "Công khai, minh bạch", nameEn: "Publicity and transparency" },
  PROGRESS: { name: "Tiến độ, kết quả giải quyết", nameEn: "Progress and results" },
  DIGITISATION: { name: "Số hóa hồ sơ", nameEn: "Digitisation of dossiers" },
  ONLINE_SERVICE: { name: "Cung cấp dịch vụ trực tuyến", nameEn: "Online service" },
  SATISFACTION: { name: "Mức độ hài lòng", nameEn: "Satisfaction" },
};

export const SCORE_SOURCE = "Quyết định 766/QĐ-TTg ngày 23/06/2022";

export const ASSUMED_CRITERIA: readonly ScoreCriterion[] = [
  {
    ...{ code: "PUBLISHED_ON_TIME", group: "PUBLICITY", maxPoints: 4, rate: null, isSure: true },
    ...{ name: "Thủ tục hành chính được cập nhật, công khai đúng hạn", nameEn: "Procedures published on time" },
  },
  {
    ...{ code: "PUBLISHED_IN_FULL", group: "PUBLICITY", maxPoints: 14, rate: null, isSure: false },
    name: "Công khai đủ nội dung và đồng bộ tình trạng hồ sơ với Cổng dịch vụ công quốc gia",
    nameEn: "Procedures published in full, states of dossiers at the national portal",
  },
  {
    ...{ code: "ON_TIME", group: "PROGRESS", maxPoints: 20, rate: "ON_TIME", isSure: true },
    ...{ name: "Hồ sơ giải quyết đúng hạn", nameEn: "Dossiers completed on time" },
  },
  {
    ...{ code: "DIGITISED", group: "DIGITISATION", maxPoints: 8, rate: "DIGITISED", isSure: false },
    ...{ name: "Số hóa hồ sơ khi tiếp nhận", nameEn: "Dossiers digitised at receipt" },
  },
  {
    ...{ code: "ELECTRONIC_RESULTS", group: "DIGITISATION", maxPoints: 8, rate: "ELECTRONIC_RESULTS", isSure: false },
    ...{ name: "Cấp kết quả điện tử", nameEn: "Electronic results" },
  },
  {
    ...{ code: "REUSED", group: "DIGITISATION", maxPoints: 6, rate: "REUSED", isSure: false },
    ...{ name: "Khai thác, sử dụng lại dữ liệu đã có", nameEn: "Reuse of what an agency holds" },
  },
  {
    ...{ code: "ONLINE", group: "ONLINE_SERVICE", maxPoints: 12, rate: "ONLINE", isSure: false },
    ...{ name: "Hồ sơ nộp trực tuyến", nameEn: "Dossiers submitted online" },
  },
  {
    ...{ code: "PAID_ONLINE", group: "ONLINE_SERVICE", maxPoints: 10, rate: "PAID_ONLINE", isSure: false },
    ...{ name: "Thanh toán trực tuyến", nameEn: "Fees paid online" },
  },
  {
    ...{ code: "SATISFIED", group: "SATISFACTION", maxPoints: 6, rate: "SATISFIED", isSure: true },
    ...{ name: "Hài lòng trong tiếp nhận, giải quyết", nameEn: "Satisfaction with receipt and handling" },
  },
  {
    ...{ code: "COMPLAINTS_ANSWERED", group: "SATISFACTION", maxPoints: 12, rate: null, isSure: false },
    ...{ name: "Xử lý phản ánh, kiến nghị đúng hạn", nameEn: "Complaints answered on time" },
  },
];

const ALL_POINTS = 100;

/**
 * Criteria with other greatest points, by their code.
 * @returns a text that says what is wrong in place of them, if a code is unknown or the points are not 100 together
 */
export function criteriaWith(points: Record<string, string>): readonly ScoreCriterion[] | string {
  const unknown = Object.keys(points).filter((code) => !ASSUMED_CRITERIA.some((each) => each.code === code));
  if (unknown.length > 0)
    return `${unknown.join()}: is no criterion; take some of ${ASSUMED_CRITERIA.map(({ code }) => code)}`;
  const criteria = ASSUMED_CRITERIA.map((each) => ({
    ...each,
    maxPoints: Number(points[each.code] ?? each.maxPoints),
  }));
  const sum = criteria.reduce((total, { maxPoints }) => total + maxPoints, 0);
  const isPossible = sum === ALL_POINTS && criteria.every(({ maxPoints }) => maxPoints >= 0);
  return isPossible ? criteria : `the points of all criteria must be ${ALL_POINTS} together, not ${sum}`;
}
