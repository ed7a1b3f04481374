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
    "dossier:return": {
      en: "Hand the results of a dossier over",
      vi: "Trả kết quả giải quyết hồ sơ",
      holders: ["clerk"],
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
