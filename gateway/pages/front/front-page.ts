import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import { type Html, html } from "../html.ts";
import { inLanguage, type Language } from "../language.ts";
import { languageLink, type Page, type ScreenFiles } from "../page-layout.ts";
import { agencyPicture } from "./agency-picture.ts";

const TEXTS = {
  vi: {
    title: "Một yêu cầu, sáu cơ quan, không mất và không lặp",
    what: "Motcua là cổng GraphQL liên bang cho dịch vụ công. Một hồ sơ “3 trong 1” đăng ký khai sinh, thường trú và cấp thẻ bảo hiểm y tế cho trẻ, qua các cơ quan giữ sổ riêng của mình. Hồ sơ đã nhận thì không mất, không lặp, kể cả khi một cơ quan ngừng nhiều giờ.",
    demo: "Người, nơi khám và mã truy cập ở đây đều là dữ liệu mẫu.",
    noScript: "Trình duyệt này không chạy kịch bản. Phần tương tác cần có kịch bản; các trang sau đây thì không.",
    picture: "Sáu cơ quan sau một cổng",
    links: "Đi tiếp",
    track: "Tra cứu hồ sơ",
    procedures: "Thủ tục hành chính",
    desk: "Quầy một cửa",
    office: "Bàn làm việc của cán bộ",
    board: "Bảng của lãnh đạo",
    portal: "Cổng của tỉnh",
    playground: "Playground GraphQL",
    rest: "REST (OpenAPI)",
    status: "Tình trạng hệ thống",
  },
  en: {
    title: "One request, six agencies, nothing lost and nothing doubled",
    what: "Motcua is a GraphQL federation gateway for public services. One “3-in-1” dossier registers a birth, a residence and a child's health-insurance card, at agencies that each keep their own register. A dossier that was acknowledged is never lost or doubled, even when an agency is down for hours.",
    demo: "People, care facilities and tokens are made up here.",
    noScript: "This browser runs no scripts. The live part needs them; these pages do not.",
    picture: "Six agencies behind one gateway",
    links: "Where to go",
    track: "Track a dossier",
    procedures: "Procedures",
    desk: "The one-stop desk",
    office: "The officer's table",
    board: "The leader's board",
    portal: "The provincial portal",
    playground: "GraphQL playground",
    rest: "REST (OpenAPI)",
    status: "Status",
  },
};

type Shown = {
  language: Language;
  /** Files of the live part; undefined outside demo mode. */
  screen: ScreenFiles | undefined;
  /** True where the pages with scripts exist. */
  hasScreens: boolean;
  hasPlayground: boolean;
  hasStatus: boolean;
};

/** Page at `/`: what this is. In demo mode a script adds the part that sends a request and follows it. */
export function frontPage({ language, screen, ...has }: Shown): Page {
  const texts = TEXTS[language];
  const live = html`<p class="hint">${texts.demo}</p>
<div id="live"><noscript><p>${texts.noScript}</p></noscript></div>`;
  return {
    ...{ status: 200, title: `Motcua · ${texts.title}`, language, isPublic: true, screen },
    languageSwitch: languageLink("/", language),
    content: html`<div class="hero"><h1>${texts.title}</h1>
<p class="lead">${texts.what}</p>
${screen ? live : agencyPicture(texts.picture, titlesOf(language))}</div>
<nav class="onward" aria-label="${texts.links}">${linksOf(language, has)}</nav>`,
  };
}

function titlesOf(language: Language): string[] {
  return subgraphs.map((each) => each[language]);
}

const SCREENS = ["desk", "office", "board", "portal"] as const;

type Linked = Pick<Shown, "hasScreens" | "hasPlayground" | "hasStatus">;

function linksOf(language: Language, { hasPlayground, hasStatus, hasScreens }: Linked): Html[] {
  const texts = TEXTS[language];
  const links: [string, string][] = [
    [inLanguage("/track", language), texts.track],
    [inLanguage("/procedures", language), texts.procedures],
    ...(hasScreens ? SCREENS.map((name): [string, string] => [inLanguage(`/${name}`, language), texts[name]]) : []),
    ...(hasPlayground ? [["/playground", texts.playground] as [string, string]] : []),
    ["/api/openapi.json", texts.rest],
    ...(hasStatus ? [[inLanguage("/status", language), texts.status] as [string, string]] : []),
  ];
  return links.map(([address, text]) => html`<a href="${address}">${text}</a> `);
}
