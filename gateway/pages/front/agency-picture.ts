import { type Html, html } from "../html.ts";

const BOX = { width: 200, height: 64, gap: 20 };
const GATE = { height: 48, below: 56 };
const COLUMNS = 3;
const LETTERS = 24;

/** Drawing of the gateway with the agencies behind it, in the colours of the page. */
export function agencyPicture(label: string, titles: readonly string[]): Html {
  const width = COLUMNS * BOX.width + (COLUMNS - 1) * BOX.gap;
  const rows = Math.ceil(titles.length / COLUMNS);
  const height = GATE.height + GATE.below + rows * (BOX.height + BOX.gap);
  const boxes = titles.map((title, index) => {
    const x = (index % COLUMNS) * (BOX.width + BOX.gap);
    const y = GATE.height + GATE.below + Math.floor(index / COLUMNS) * (BOX.height + BOX.gap);
    return agencyBox(title, { x, y, from: width / 2 });
  });
  return html`<svg class="picture" viewBox="-2 -2 ${width + 4} ${height}" role="img" aria-label="${label}: ${titles.join(", ")}">
${boxes}<rect x="0" y="0" width="${width}" height="${GATE.height}" rx="8"/><text x="${width / 2}" y="30" text-anchor="middle">GraphQL</text></svg>`;
}

function agencyBox(title: string, { x, y, from }: { x: number; y: number; from: number }): Html {
  const middle = x + BOX.width / 2;
  const lines = inLines(title);
  const texts = lines.map(
    (line, at) =>
      html`<text x="${middle}" y="${y + BOX.height / 2 + 5 + (at - (lines.length - 1) / 2) * 19}" text-anchor="middle">${line}</text>`,
  );
  return html`<path d="M${from} ${GATE.height}C${from} ${GATE.height + 40} ${middle} ${GATE.height + 16} ${middle} ${y}"/><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8"/>${texts}`;
}

/** Words of a title in lines that fit into a box. */
function inLines(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
