/** Event of a dossier at which a rate counts it. */
export type CountedEvent = "RECEIVED" | "COMPLETED" | "PAID" | "RATED";

export type RateCode =
  | "ON_TIME"
  | "ONLINE"
  | "DIGITISED"
  | "REUSED"
  | "ELECTRONIC_RESULTS"
  | "PAID_ONLINE"
  | "SATISFIED";

/**
 * Rule of a rate. `counted` and `met` are conditions in SQL on a dossier `d`: those that are counted are the denominator, those that
 * also meet the rate are the numerator. `met` of PAID is on its payment `p`, of RATED on its average rating `f.average`.
 */
export type RateRule = {
  code: RateCode;
  event: CountedEvent;
  counted: string;
  met: string;
  name: string;
  nameEn: string;
  definition: string;
  definitionEn: string;
};

/** Bits of `dossiers.paper_traits`. */
export const PAPER_TRAITS = { brought: 1, digitised: 2, held: 4, reused: 8 } as const;
const has = (trait: keyof typeof PAPER_TRAITS) => `(d.paper_traits & ${PAPER_TRAITS[trait]}) > 0`;

/** Least average of a dossier's ratings, of 5, at which its citizens are satisfied. */
export const SATISFIED_FROM = 4;

export const RATE_RULES: readonly RateRule[] = [
  {
    ...{ code: "ON_TIME", event: "COMPLETED", counted: "true", met: "d.completed_at <= d.due_at" },
    ...{ name: "Hồ sơ giải quyết đúng hạn, trước hạn", nameEn: "Dossiers completed on time" },
    definition:
      "Số hồ sơ hoàn thành không muộn hơn ngày hẹn trả kết quả (kể cả ngày hẹn lại) trên tổng số hồ sơ hoàn thành trong kỳ; hồ sơ từ chối tiếp nhận, rút, dừng giải quyết không tính.",
    definitionEn:
      "Dossiers completed not later than their appointment, which an apology may have moved, of all dossiers completed in the period; those not accepted, withdrawn or stopped do not count.",
  },
  {
    ...{ code: "ONLINE", event: "RECEIVED", counted: "true", met: "d.channel = 'ONLINE'" },
    ...{ name: "Hồ sơ nộp trực tuyến", nameEn: "Dossiers submitted online" },
    definition: "Số hồ sơ nộp trực tuyến trên tổng số hồ sơ tiếp nhận trong kỳ.",
    definitionEn: "Dossiers submitted online, of all dossiers received in the period.",
  },
  {
    ...{ code: "DIGITISED", event: "RECEIVED", counted: has("brought"), met: has("digitised") },
    ...{ name: "Hồ sơ được số hóa khi tiếp nhận", nameEn: "Dossiers digitised at receipt" },
    definition:
      "Số hồ sơ có bản điện tử của mọi giấy tờ nộp kèm trên tổng số hồ sơ tiếp nhận trong kỳ có giấy tờ nộp kèm.",
    definitionEn:
      "Dossiers with a file of every paper that they brought, of the dossiers received in the period that brought papers.",
  },
  {
    ...{ code: "REUSED", event: "RECEIVED", counted: has("held"), met: has("reused") },
    ...{ name: "Khai thác, sử dụng lại dữ liệu đã có", nameEn: "Reuse of what an agency holds" },
    definition:
      "Số hồ sơ mà mọi giấy tờ do cơ quan nhà nước đang quản lý đều được tra cứu, không yêu cầu công dân nộp, trên tổng số hồ sơ tiếp nhận trong kỳ cần giấy tờ đó.",
    definitionEn:
      "Dossiers for which every paper that an agency holds was looked up there and none was brought, of the dossiers received in the period that need such a paper.",
  },
  {
    ...{ code: "ELECTRONIC_RESULTS", event: "COMPLETED" },
    counted: "d.outcome in ('GRANTED', 'PARTLY_GRANTED')",
    met: "not exists (select from steps s where s.dossier_id = d.id and s.part and s.state = 'GRANTED' and s.result_id is null)",
    ...{ name: "Cấp kết quả điện tử", nameEn: "Electronic results" },
    definition:
      "Số hồ sơ mà mọi phần việc được chấp thuận đều có kết quả điện tử trong sổ đăng ký trên tổng số hồ sơ hoàn thành trong kỳ có phần việc được chấp thuận.",
    definitionEn:
      "Dossiers of which every granted part has its result in an electronic register, of the dossiers completed in the period with a granted part.",
  },
  {
    ...{ code: "PAID_ONLINE", event: "PAID", counted: "true", met: "p.payment_method = 'ELECTRONIC'" },
    ...{ name: "Thanh toán trực tuyến", nameEn: "Fees paid online" },
    definition:
      "Số hồ sơ nộp phí, lệ phí trực tuyến trên tổng số hồ sơ đã nộp phí, lệ phí trong kỳ; khoản miễn và giao dịch bị đảo không tính.",
    definitionEn:
      "Dossiers whose fee was paid electronically, of the dossiers whose fee was paid in the period; waived fees and reversed payments do not count.",
  },
  {
    ...{ code: "SATISFIED", event: "RATED", counted: "true", met: `f.average >= ${SATISFIED_FROM}` },
    ...{ name: "Mức độ hài lòng", nameEn: "Satisfaction" },
    definition: `Số hồ sơ được đánh giá trung bình từ ${SATISFIED_FROM} trên 5 điểm trở lên trên tổng số hồ sơ có đánh giá trong kỳ.`,
    definitionEn: `Dossiers rated ${SATISFIED_FROM} of 5 or more on average, of the dossiers rated in the period.`,
  },
];
