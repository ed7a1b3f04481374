import { citizenSummary, defineAgency } from "../agency-definition.ts";

type Summary = { dossiers: { nodes: { code: string; state: string }[] } | null };

/** The one-stop desk (Bộ phận Một cửa). Its callers are clerks and leaders, who belong to no agency. */
export const oneStop = defineAgency({
  name: "one-stop",
  agency: "ONE_STOP",
  port: 4106,
  vi: "Bộ phận Một cửa",
  en: "One-stop desk",
  permissions: {
    "bundle:submit": {
      en: "Check and submit combined requests",
      vi: "Kiểm tra và nộp hồ sơ liên thông",
      holders: ["clerk", "citizen"],
    },
    "dossier:submit": {
      en: "Submit a dossier, answer its supplement, withdraw it",
      vi: "Nộp hồ sơ, bổ sung hồ sơ, rút hồ sơ",
      holders: ["clerk", "citizen"],
    },
    "dossier:draft": {
      en: "Keep drafts of dossiers and open them by their code",
      vi: "Lưu bản nháp hồ sơ và mở bản nháp theo mã",
      holders: ["clerk", "citizen"],
    },
    "queue:take": {
      en: "Take a queue ticket",
      vi: "Lấy số thứ tự",
      holders: ["clerk", "citizen"],
    },
    "queue:call": {
      en: "Call queue tickets of the own office to a counter and end them",
      vi: "Gọi số thứ tự đến quầy và kết thúc phục vụ",
      holders: ["clerk"],
    },
    "queue:read": {
      en: "Read queue tickets within the caller's reach",
      vi: "Xem số thứ tự trong phạm vi được giao",
      holders: ["clerk", "leader", "citizen"],
    },
    "board:read": {
      en: "Read the day's board of the own office",
      vi: "Xem bảng theo dõi trong ngày của nơi tiếp nhận",
      holders: ["clerk", "leader"],
    },
    "dossier:batch": {
      en: "Reserve dossier codes and submit requests received offline",
      vi: "Giữ trước mã hồ sơ và nộp hồ sơ tiếp nhận ngoại tuyến",
      holders: ["clerk"],
    },
    "work:read": {
      en: "Read the work list of the own office or agency",
      vi: "Xem danh sách việc cần giải quyết",
      holders: ["clerk", "leader", "every-officer"],
    },
    "work:decide": {
      en: "Claim and decide parts of dossiers",
      vi: "Nhận và giải quyết phần việc của hồ sơ",
      holders: ["clerk", "leader", "every-officer"],
    },
    "work:supervise": {
      en: "See what is late, in whose hands, and the load of officers; give parts to other officers",
      vi: "Theo dõi hồ sơ trễ hạn, khối lượng công việc và phân công lại việc",
      holders: ["leader"],
    },
    "figures:read": {
      en: "Read rates of the service's quality and the score, with the dossiers behind them",
      vi: "Xem các chỉ số, điểm chất lượng phục vụ và hồ sơ được tính",
      holders: ["leader", "portal"],
    },
    "clock:manage": {
      en: "Change the working calendar and the rules of terms",
      vi: "Thay đổi lịch làm việc và quy định về thời hạn",
      holders: ["administrator"],
    },
    "dossier:return": {
      en: "Hand the results of a dossier over",
      vi: "Trả kết quả giải quyết hồ sơ",
      holders: ["clerk"],
    },
    "payment:record": {
      en: "Record cash, waivers and refunds of fees at the counter",
      vi: "Ghi nhận thu, miễn, hoàn trả phí, lệ phí tại quầy",
      holders: ["clerk"],
    },
    "payment:review": {
      en: "See and settle payments that do not match their order",
      vi: "Xem và xử lý giao dịch nộp phí không khớp",
      holders: ["clerk", "leader", "administrator"],
    },
    "message:choose": {
      en: "Choose and stop one's own messages on dossiers",
      vi: "Chọn nhận hoặc ngừng nhận thông báo về hồ sơ của mình",
      holders: ["citizen"],
    },
    "message:review": {
      en: "See, settle and send again messages that did not reach their declarants, and stop a declarant's messages",
      vi: "Xem, xử lý, gửi lại thông báo không gửi được và ngừng gửi thông báo theo đề nghị của người nộp",
      holders: ["clerk", "leader"],
    },
    "reminder:read": {
      en: "See papers and registrations whose renewal is due: of the own office, or one's own",
      vi: "Xem giấy tờ sắp hết hạn trong phạm vi được giao hoặc của mình",
      holders: ["clerk", "leader", "citizen"],
    },
    "feedback:give": {
      en: "Give feedback on a dossier of one's own",
      vi: "Đánh giá, phản ánh, kiến nghị về hồ sơ của mình",
      holders: ["citizen"],
    },
    "feedback:handle": {
      en: "See feedback on the own office, answer complaints, note calls to the hotline",
      vi: "Xem, trả lời phản ánh, kiến nghị và ghi nhận ý kiến qua đường dây nóng",
      holders: ["clerk", "leader"],
    },
    "feedback:measure": {
      en: "See which officers feedback concerns, and averages by officer and field",
      vi: "Xem đánh giá theo cán bộ và mức độ hài lòng bình quân theo cán bộ, lĩnh vực",
      holders: ["leader"],
    },
    "national-portal:review": {
      en: "See and retry stopped deliveries to the national portal",
      vi: "Xem và gửi lại hồ sơ bị dừng đồng bộ lên Cổng dịch vụ công quốc gia",
      holders: ["clerk", "leader", "administrator"],
    },
    "webhook:manage": {
      en: "Manage webhooks, which send the changes of dossiers to an address",
      vi: "Quản lý địa chỉ nhận thay đổi của hồ sơ",
      holders: ["clerk", "leader", "portal"],
    },
    "dossier:read": {
      en: "Read dossiers within the caller's reach",
      vi: "Xem hồ sơ trong phạm vi được giao",
      holders: ["clerk", "leader", "citizen", "portal", "every-officer"],
    },
  },
  catalogueDomains: ["interlinked", "certification", "social"],
  resultTypes: {},
  citizenSummary: citizenSummary<Summary>("dossiers(first: 5) { nodes { code state dueAt } }", ({ dossiers }) =>
    dossiers?.nodes.map(({ code, state }) => `hồ sơ / dossier ${code}: ${state}`),
  ),
});
