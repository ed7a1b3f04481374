import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { inOwnLanguage } from "../client/language.ts";
import { behindList } from "./behind-list.ts";
import type { Board, Period, Section } from "./board.ts";
import ratesDocument from "./documents/rates.graphql";
import type { Rate } from "./rate.ts";
import { shownNumber, texts } from "./texts.ts";
import { trendPlot } from "./trend-plot.ts";

/** Rates of a period with numerator, denominator, definition, trend, and the dossiers behind each. */
export function ratesSection(board: Board): Section {
  const cards = element("div", { class: "rates" });
  const behind = behindList(board);

  async function read(period: Period): Promise<void> {
    behind.close();
    const answer = await board.ask<{ rates: Rate[] | null }>(ratesDocument, { scope: board.scope, ...period });
    const rates = answer.data?.rates;
    if (!rates) return fill(cards, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    const isBehind = rates.some(({ isCurrent }) => !isCurrent);
    fill(
      cards,
      isBehind && element("p", { class: "notice" }, texts.rates.behind),
      rates.map((rate) => cardOf(rate, (met) => behind.show(rate, period, met))),
    );
  }
  const section = element("section", { class: "wide" }, element("h2", {}, texts.rates.title), cards, behind.element);
  return { element: section, read };
}

function cardOf(rate: Rate, show: (met: boolean) => void): HTMLElement {
  const { numerator, denominator, percent, points } = rate;
  const missed = denominator - numerator;
  const button = (text: string, count: number, met: boolean) =>
    count > 0 && element("button", { type: "button", class: "small", click: () => show(met) }, text);
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
    element(
      "div",
      { class: "tabs" },
      button(texts.rates.met(shownNumber(numerator)), numerator, true),
      button(texts.rates.missed(shownNumber(missed)), missed, false),
    ),
    element(
      "details",
      {},
      element("summary", {}, texts.rates.definition),
      element("p", {}, inOwnLanguage(rate.definition, rate.definitionEn)),
    ),
  );
}
