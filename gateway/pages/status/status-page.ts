import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import { type Html, html } from "../html.ts";
import { instantText } from "../instants.ts";
import { inLanguage, type Language } from "../language.ts";
import { languageLink, type Page } from "../page-layout.ts";

/** State of one agency. */
export type AgencyStatus = {
  name: string;
  agency: string;
  /** Instant of the question, in Vietnamese time. */
  at: string;
  isReady: boolean;
  /** Reason why it is not ready. */
  reason: string | undefined;
  version: string | undefined;
  /** State in which the gateway has seen it last; undefined before its first request. */
  observed: { state: "LIVE" | "UNAVAILABLE"; since: string } | undefined;
};

/** Steps that wait to be delivered to an agency, as the graph counts them. */
export type Backlog = { agency: { code: string }; waiting: number; failing: number; oldestSince: string | null };

type Shown = {
  language: Language;
  agencies: readonly AgencyStatus[];
  /** `hidden`: the desk tells it to nobody without a login; `unknown`: the desk has not answered. */
  backlog: readonly Backlog[] | "hidden" | "unknown";
  version: string;
};

const TEXTS = {
  vi: {
    title: "Tình trạng hệ thống",
    allWell: "Mọi cơ quan đều trả lời.",
    some: (down: number) =>
      `${down} cơ quan không trả lời. Phần của các cơ quan khác vẫn làm việc; hồ sơ đã nhận không mất.`,
    ready: "Đang trả lời",
    notReady: "Không trả lời",
    observedLive: "Cổng thấy trả lời từ",
    observedDown: "Cổng thấy không trả lời từ",
    notCalled: "Cổng chưa gọi từ khi khởi động",
    waiting: "Việc chờ chuyển",
    none: "không có",
    failing: (count: number) => `, ${count} việc lần chuyển trước không thành`,
    oldest: "lâu nhất từ",
    hidden: "Số việc chờ chuyển chỉ hiện cho người đăng nhập.",
    unknown: "Bộ phận Một cửa không trả lời, nên không biết số việc chờ chuyển.",
    version: "Phiên bản",
    gateway: "Cổng",
    at: "Xem lúc",
    again: "Xem lại",
  },
  en: {
    title: "System status",
    allWell: "All agencies answer.",
    some: (down: number) =>
      `${down} of the agencies do not answer. The others work; dossiers that were received are not lost.`,
    ready: "Answers",
    notReady: "Does not answer",
    observedLive: "The gateway has seen it answer since",
    observedDown: "The gateway has seen it not answer since",
    notCalled: "The gateway has not called it since its start",
    waiting: "Steps that wait for delivery",
    none: "none",
    failing: (count: number) => `, the last delivery of ${count} has failed`,
    oldest: "the oldest since",
    hidden: "The steps that wait for delivery are shown to signed-in callers only.",
    unknown: "The one-stop desk does not answer, so the steps that wait for delivery are unknown.",
    version: "Version",
    gateway: "Gateway",
    at: "Seen at",
    again: "Look again",
  },
};

/** Page at `/status`: which agencies answer and since when, what waits for them, and the versions. */
export function statusPage({ language, agencies, backlog, version }: Shown): Page {
  const texts = TEXTS[language];
  const down = agencies.filter(({ isReady }) => !isReady).length;
  const [{ at } = { at: "" }] = agencies;
  return {
    ...{ status: 200, title: texts.title, language, languageSwitch: languageLink("/status", language) },
    content: html`<h1>${texts.title}</h1>
<p class="state ${down === 0 ? "state-completed" : "state-not_accepted"}">${down === 0 ? texts.allWell : texts.some(down)}</p>
${typeof backlog === "string" && html`<p class="notice">${texts[backlog]}</p>`}
<ul class="parts two-columns">${agencies.map((agency) => agencyItem(agency, backlog, language))}</ul>
<dl><div><dt>${texts.gateway}</dt><dd>${texts.version} ${shortVersion(version)}</dd></div><div><dt>${texts.at}</dt><dd>${instantText(at, language)}</dd></div></dl>
<p class="again"><a href="${inLanguage("/status", language)}">${texts.again}</a></p>`,
  };
}

function agencyItem(agency: AgencyStatus, backlog: Shown["backlog"], language: Language): Html {
  const texts = TEXTS[language];
  const { name, isReady, reason, version } = agency;
  const title = subgraphs.find((each) => each.name === name)?.[language] ?? name;
  return html`<li class="part ${isReady ? "part-granted" : "part-refused"}"><h2>${title}</h2>
<p class="part-state">${isReady ? texts.ready : texts.notReady}${reason && language === "en" && `: ${reason}`}</p>
<p>${observedText(agency, language)}</p>
${typeof backlog !== "string" && html`<p>${texts.waiting}: ${backlogText(backlog, agency.agency, language)}</p>`}
${version && html`<p class="hint">${texts.version} ${shortVersion(version)}</p>`}</li>`;
}

function observedText({ observed }: AgencyStatus, language: Language): Html {
  const texts = TEXTS[language];
  if (!observed) return html`${texts.notCalled}`;
  const { state, since } = observed;
  return html`${state === "LIVE" ? texts.observedLive : texts.observedDown} ${instantText(since, language)}`;
}

function backlogText(backlog: readonly Backlog[], agency: string, language: Language): Html {
  const texts = TEXTS[language];
  const own = backlog.find(({ agency: { code } }) => code === agency);
  if (!own) return html`${texts.none}`;
  const { waiting, failing, oldestSince } = own;
  return html`<strong>${waiting}</strong>${failing > 0 && texts.failing(failing)}${oldestSince && html`, ${texts.oldest} ${instantText(oldestSince, language)}`}`;
}

/** Version with the first letters of its commit, as git abbreviates it, if the commit is known. */
function shortVersion(version: string): string {
  return version.replace(/\b([0-9a-f]{10})[0-9a-f]{30}\b| unknown$/, "$1");
}
