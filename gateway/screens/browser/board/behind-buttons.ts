import { element } from "../client/element.ts";
import type { NamedRate } from "./rate.ts";
import { shownNumber, texts } from "./texts.ts";

/** Buttons that list the dossiers behind a rate: those that meet it, and those that do not. */
export function behindButtons({ numerator, denominator }: NamedRate, show: (met: boolean) => void): HTMLElement {
  const button = (text: string, count: number, met: boolean) =>
    count > 0 && element("button", { type: "button", class: "small", click: () => show(met) }, text);
  const missed = denominator - numerator;
  return element(
    "div",
    { class: "tabs" },
    button(texts.rates.met(shownNumber(numerator)), numerator, true),
    button(texts.rates.missed(shownNumber(missed)), missed, false),
  );
}
