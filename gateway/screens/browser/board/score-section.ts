import { drawing, element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { inOwnLanguage } from "../client/language.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import { behindButtons } from "./behind-buttons.ts";
import { behindList } from "./behind-list.ts";
import type { Board, Period, Section } from "./board.ts";
import scoreDocument from "./documents/score.graphql";
import { periodTitle } from "./period-title.ts";
import type { NamedRate } from "./rate.ts";
import { shownNumber, texts } from "./texts.ts";

type Points = { points: number | null; maxPoints: number };
type Named = { code: string; name: string; nameEn: string };
/** Lists the dossiers of a rate that meet it, or that do not. */
type Show = (rate: NamedRate, met: boolean) => void;
type Criterion = Points & Named & { isSure: boolean; formula: string; formulaEn: string; rate: NamedRate | null };
type Group = Points & Named & { attainable: number; criteria: Criterion[] };
type Score = Points & { attainable: number; isComplete: boolean; source: string; groups: Group[] };

/** Score of a period: five groups, each point with its formula. */
export function scoreSection(board: Board): Section {
  const title = periodTitle(texts.score.title);
  const content = element("div");
  const behind = behindList(board);
  const newest = newestAnswer();

  async function read(period: Period): Promise<void> {
    behind.close();
    section.ariaBusy = "true";
    const variables = { scope: board.scope, ...period };
    const answer = await newest.to(board.ask<{ score: Score | null }>(scoreDocument, variables));
    if (!answer) return;
    section.ariaBusy = null;
    title.show(period);
    const score = answer.data?.score;
    if (!score) return fill(content, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    const { points, attainable, maxPoints } = score;
    const show: Show = (rate, met) => void behind.show(rate, period, met);
    const total = [points ?? 0, attainable, maxPoints].map(shownNumber);
    fill(
      content,
      element(
        "p",
        { class: "percent" },
        points === null ? texts.score.noTotal : texts.score.total(...(total as [string, string, string])),
      ),
      !score.isComplete && element("p", { class: "hint" }, texts.score.incomplete),
      element(
        "div",
        { class: "rates" },
        score.groups.map((group) => groupCard(group, show)),
      ),
      element("p", { class: "hint" }, texts.score.unsureHint),
    );
  }
  const section = element("section", { class: "wide" }, title.element, content, behind.element);
  return { element: section, read };
}

function groupCard(group: Group, show: Show): HTMLElement {
  return element(
    "article",
    { class: "card" },
    element("h3", {}, inOwnLanguage(group.name, group.nameEn)),
    element("p", { class: "points" }, shownPoints(group)),
    pointsBar(group),
    element(
      "ul",
      { class: "criteria" },
      group.criteria.map((each) => criterionItem(each, show)),
    ),
  );
}

function criterionItem(criterion: Criterion, show: Show): HTMLElement {
  const { rate } = criterion;
  return element(
    "li",
    {},
    element("strong", {}, inOwnLanguage(criterion.name, criterion.nameEn)),
    ` · ${shownPoints(criterion)}`,
    element("span", { class: "hint under" }, inOwnLanguage(criterion.formula, criterion.formulaEn)),
    rate && rate.denominator > 0 && behindButtons(rate, (met) => show(rate, met)),
    !criterion.isSure && element("span", { class: "hint under" }, `(${texts.score.unsure})`),
  );
}

function shownPoints({ points, maxPoints }: Points): string {
  const most = shownNumber(maxPoints);
  return points === null ? texts.score.noPoints(most) : texts.score.points(shownNumber(points), most);
}

function pointsBar({ points, attainable, maxPoints }: Group): SVGElement {
  const width = (value: number) => (maxPoints === 0 ? 0 : (value / maxPoints) * 100);
  const bar = (kind: string, value: number) =>
    drawing("rect", { class: kind, x: 0, y: 0, width: width(value), height: 6 });
  return drawing(
    "svg",
    { class: "load", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
    bar("missing", maxPoints),
    bar("attainable", attainable),
    bar("other", points ?? 0),
  );
}
