import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { inOwnLanguage } from "../client/language.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import { behindButtons } from "./behind-buttons.ts";
import { behindList } from "./behind-list.ts";
import type { Board, Period, Section } from "./board.ts";
import ratesDocument from "./documents/rates.graphql";
import { periodTitle } from "./period-title.ts";
import type { Rate } from "./rate.ts";
import { shownNumber, texts } from "./texts.ts";
import { trendPlot } from "./trend-plot.ts";

/** Rates of a period with numerator, denominator, definition, trend, and the dossiers behind each. */
export function ratesSection(board: Board): Section {
  const title = periodTitle(texts.rates.title);
  const cards = element("div", { class: "rates" });
  const behind = behindList(board);
  const newest = newestAnswer();

  async function read(period: Period): Promise<void> {
    behind.close();
    section.ariaBusy = "true";
    const variables = { scope: board.scope, ...period };
    const answer = await newest.to(board.ask<{ rates: Rate[] | null }>(ratesDocument, variables));
    if (!answer) return;
    section.ariaBusy = null;
    title.show(period);
    const rates = answer.data?.rates;
    if (!rates) return fill(cards, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    const isBehind = rates.some(({ isCurrent }) => !isCurrent);
    fill(
      cards,
      isBehind && element("p", { class: "notice" }, texts.rates.behind),
      rates.map((rate) => cardOf(rate, (met) => behind.show(rate, period, met))),
    );
  }
  const section = element("section", { class: "wide" }, title.element, cards, behind.element);
  return { element: section, read };
}

function cardOf(rate: Rate, show: (met: boolean) => void): HTMLElement {
  const { numerator, denominator, percent, points } = rate;
  return element(
    "article",
    { class: "card rate" },
    element("h3", {}, inOwnLanguage(rate.name, rate.nameEn)),
    element("p", { class: "percent" }, percent === null ? "–" : `${shownNumber(percent)} %`),
    element(
      "p",
      { class: "hint" },
      percent === null ? texts.rates.nothing : texts.rates.of(shownNumber(numerator), shownNumber(denominator)),
    ),
    trendPlot(points),
    behindButtons(rate, show),
    element(
      "details",
      {},
      element("summary", {}, texts.rates.definition),
      element("p", {}, inOwnLanguage(rate.definition, rate.definitionEn)),
    ),
  );
}
