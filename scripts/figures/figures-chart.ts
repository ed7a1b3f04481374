/** Drawn fields of a figure. */
type Drawn = { what: string; measured: string; target?: string; reached?: boolean };

/** A figure with a numeric target: `share` is measured ÷ target. */
type Bar = { what: string; measured: string; target: string; share: number; isReached: boolean };

const WIDTH = 860;
const ROW = 44;
const [TOP, LEFT, SCALE] = [64, 24, 400];
/** Share at the right end of the scale; a longer bar ends there with a mark. */
const LARGEST_SHARE = 2;
const LONGEST_TEXT = 118;

/**
 * Chart of all figures with a target, as SVG: a bar for what was measured, on a scale whose middle is the target. The same figures give the
 * same bytes. Colours follow the reader's theme.
 */
export function figuresChart(recorded: Readonly<Record<string, { figures: readonly Drawn[] }>>): string {
  const parts = Object.entries(recorded).flatMap(([part, { figures }]) => {
    const bars = figures.flatMap((figure) => barOf(figure) ?? []);
    return bars.length > 0 ? [{ part, bars }] : [];
  });
  const lines: string[] = [];
  let y = TOP;
  for (const { part, bars } of parts) {
    lines.push(`<text class="part" x="${LEFT}" y="${y}">${escaped(part)}</text>`);
    y += 14;
    for (const bar of bars) {
      lines.push(row(bar, y));
      y += ROW;
    }
    y += 18;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-labelledby="title">
<title id="title">Figures against their targets</title>
<style>${STYLE}</style>
<rect class="page" width="${WIDTH}" height="${y}"/>
<text class="head" x="${LEFT}" y="28">Figures against their targets: the line is the target, the bar what was measured</text>
${lines.join("\n")}
</svg>
`;
}

const STYLE = [
  "text{font:12px sans-serif;fill:#1f2937}.head{font-size:15px;font-weight:600}.part{font-weight:600}",
  ".page{fill:#fff}.track{fill:#e5e7eb}.reached{fill:#15803d}.missed{fill:#b45309}.target{stroke:#111827;stroke-width:2}",
  "@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.page{fill:#111827}.track{fill:#374151}.target{stroke:#f9fafb}",
  ".reached{fill:#4ade80}.missed{fill:#fbbf24}}",
].join("");

/** Bar of a figure; undefined if figure or target has no number of the same kind. */
function barOf({ what, measured, target, reached }: Drawn): Bar | undefined {
  const share = target === undefined ? undefined : shareOf(measured, target);
  if (share === undefined || target === undefined) return undefined;
  return { what, measured, target, share, isReached: reached === true };
}

const NUMBER = String.raw`[−-]?\d[\d,]*(?:\.\d+)?`;

/**
 * Measured value as a share of its target. Of a range the larger end counts. A target in "times" is compared with the ratio of the
 * figure, as in "182 µs (1.39 × ours)"; "ours at most 2 times" is the ratio the other way round.
 */
export function shareOf(measured: string, target: string): number | undefined {
  const wanted = numberIn(target, NUMBER);
  const isRatio = /times|×/.test(target);
  const value = isRatio
    ? numberIn(measured, `(${NUMBER}) ×|\\((${NUMBER}) times`)
    : numberIn(measured, `${NUMBER}(?: to (${NUMBER}))?`);
  if (!wanted || value === undefined) return undefined;
  return target.startsWith("ours") ? 1 / value / wanted : value / wanted;
}

/** Number of the first match: of its last group if that has matched. */
function numberIn(text: string, pattern: string): number | undefined {
  const match = new RegExp(pattern).exec(text);
  const found = match?.slice(1).find((group) => group !== undefined) ?? match?.[0];
  return found === undefined ? undefined : Number(found.replace("−", "-").replaceAll(",", ""));
}

function row({ what, measured, target, share, isReached }: Bar, y: number): string {
  const length = Math.round((Math.max(0, Math.min(share, LARGEST_SHARE)) / LARGEST_SHARE) * SCALE);
  const middle = LEFT + SCALE / LARGEST_SHARE;
  return [
    `<text x="${LEFT}" y="${y + 8}">${escaped(shortened(what))}</text>`,
    `<rect class="track" x="${LEFT}" y="${y + 14}" width="${SCALE}" height="12"/>`,
    `<rect class="${isReached ? "reached" : "missed"}" x="${LEFT}" y="${y + 14}" width="${length}" height="12"/>`,
    `<path class="target" d="M${middle} ${y + 12}v16"/>`,
    `<text x="${LEFT + SCALE + 12}" y="${y + 24}">${escaped(shortened(`${target}: ${measured}`, 66))}</text>`,
  ].join("");
}

function shortened(text: string, longest = LONGEST_TEXT): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
