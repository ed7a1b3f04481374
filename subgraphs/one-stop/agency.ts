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
