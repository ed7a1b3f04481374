import type { ScreenName } from "../screens/build-screens.ts";
import type { SignIn } from "../screens/sign-in-configuration.ts";
import { html } from "./html.ts";
import type { Language } from "./language.ts";
import { languageLink, type Page, type ScreenFiles } from "./page-layout.ts";

type ScreenPageName = Exclude<ScreenName, "front">;

const TITLES: Record<ScreenPageName, Record<Language, string>> = {
  desk: { vi: "Quầy một cửa", en: "The one-stop desk" },
  office: { vi: "Bàn làm việc của cán bộ", en: "The officer's table" },
  board: { vi: "Bảng theo dõi của lãnh đạo", en: "The leader's board" },
  portal: { vi: "Trên cổng dịch vụ công của tỉnh", en: "What a provincial portal shows" },
};
const NO_SCRIPT: Record<Language, string> = {
  vi: "Trang này cần trình duyệt chạy kịch bản.",
  en: "This page needs a browser that runs scripts.",
};

export function isScreenPage(folder: string): folder is ScreenPageName {
  return Object.hasOwn(TITLES, folder);
}

/** Page whose content a script makes: a client of the public graph. The script reads the sign-in from an attribute. */
export function screenPage(
  name: ScreenPageName,
  language: Language,
  screen: ScreenFiles,
  signIn: SignIn | undefined,
): Page {
  const title = TITLES[name][language];
  return {
    ...{ status: 200, title: `${title} · Motcua`, language, isPublic: true, screen },
    connectsTo: signIn && new URL(signIn.issuer).origin,
    languageSwitch: languageLink(`/${name}`, language),
    content: html`<h1>${title}</h1>
<div id="live"${signIn && html` data-sign-in="${JSON.stringify(signIn)}"`}><noscript><p>${NO_SCRIPT[language]}</p></noscript></div>`,
  };
}
