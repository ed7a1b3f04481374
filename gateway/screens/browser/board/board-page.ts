import { whenSignedInAgain } from "../client/authorization.ts";
import { element, fill } from "../client/element.ts";
import { ask } from "../client/graph.ts";
import { knownSession, type Session, signOut } from "../client/session.ts";
import { signInPanel } from "../client/sign-in-panel.ts";
import type { Board, Period, Section } from "./board.ts";
import { boardBar } from "./board-bar.ts";
import businessTime from "./documents/business-time.graphql";
import { lateSection } from "./late-section.ts";
import { periodBar } from "./period-bar.ts";
import { ratesSection } from "./rates-section.ts";
import { scoreSection } from "./score-section.ts";
import { texts } from "./texts.ts";
import { workloadSection } from "./workload-section.ts";

const SCREEN = "board";
type Time = { board: { at: string; office: { name: string } } | null };
type Named = [name: keyof typeof texts.views, section: Section];

/** Opens the leader's screen: sign-in, then what is late, the load, the rates and the score. */
export function openBoard(root: HTMLElement): void {
  const session = knownSession(SCREEN);
  const enter = (entered: Session) => void work(root, entered);
  if (session) enter(session);
  else fill(root, signInPanel(SCREEN, [{ persona: "leader", name: texts.leader }], enter));
}

async function work(root: HTMLElement, session: Session): Promise<void> {
  const { persona, office, province } = session;
  const board: Board = {
    scope: office ? { office } : province ? { province } : {},
    ask: (query, variables = {}) => ask({ persona, query, variables }),
  };
  const load = workloadSection(board);
  const works: Named[] = [
    ["late", lateSection(board, () => void load.read(period.chosen()))],
    ["workload", load],
  ];
  const measures: Named[] = [
    ["rates", ratesSection(board)],
    ["score", scoreSection(board)],
  ];
  const readMeasures = (chosen: Period) => Promise.all(measures.map(([, section]) => section.read(chosen)));

  async function readTime(): Promise<string> {
    const { data } = await board.ask<Time>(businessTime, { office: office ?? "" });
    bar.showTime(data?.board?.office.name, data?.board?.at);
    return data?.board?.at ?? new Date().toISOString();
  }
  const again = async () => {
    period.setNow(await readTime());
    await Promise.all([...works, ...measures].map(([, section]) => section.read(period.chosen())));
  };
  const leave = () => signOut(SCREEN, session);
  const bar = boardBar(
    [...works, ...measures].map(([name]) => name),
    { again, leave },
  );
  const period = periodBar(await readTime(), readMeasures);
  fill(root, bar.element, columnOf(works), period.element, columnOf(measures));
  whenSignedInAgain(() => void again());
  await Promise.all([...works, ...measures].map(([, section]) => section.read(period.chosen())));
}

function columnOf(sections: readonly Named[]): HTMLElement {
  for (const [name, section] of sections) section.element.id = name;
  return element(
    "div",
    { class: "board" },
    sections.map(([, section]) => section.element),
  );
}
