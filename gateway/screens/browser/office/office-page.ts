import { subgraphs } from "../../../../subgraphs/agency-registry.ts";
import { whenSignedInAgain } from "../client/authorization.ts";
import { fill } from "../client/element.ts";
import { ask } from "../client/graph.ts";
import { inOwnLanguage } from "../client/language.ts";
import { isUnanswered, openLine } from "../client/line.ts";
import { knownSession, type Session, signOut } from "../client/session.ts";
import { signInPanel } from "../client/sign-in-panel.ts";
import type { Office } from "./office.ts";
import { officeBar } from "./office-bar.ts";
import { officeWork } from "./office-work.ts";
import { shortcuts } from "./shortcuts.ts";
import { texts } from "./texts.ts";

const SCREEN = "office";

const PERSONAS = subgraphs.flatMap((each) =>
  "officer" in each ? [{ persona: each.officer.role, name: inOwnLanguage(each.officer.title, each.en) }] : [],
);

/** Opens the officer's screen: sign-in, then the work list with the part that the address's fragment names. */
export function openOffice(root: HTMLElement): void {
  const session = knownSession(SCREEN);
  const enter = (entered: Session) => work(root, entered);
  if (session) enter(session);
  else fill(root, signInPanel(SCREEN, PERSONAS, enter));
}

function work(root: HTMLElement, session: Session): void {
  const line = openLine();
  const office: Office = {
    session,
    async ask(query, variables = {}) {
      const answer = await ask<never>({ persona: session.persona, query, variables });
      if (isUnanswered(answer)) line.lost();
      return answer;
    },
  };
  const { elements, keys, again, refresh } = officeWork(office);
  const help = shortcuts([...keys, { key: "?", name: texts.keys.title, run: () => help.open() }]);
  const leave = () => signOut(SCREEN, session);
  whenSignedInAgain(refresh);
  const title = PERSONAS.find(({ persona }) => persona === session.role)?.name ?? session.role;
  fill(root, officeBar(title, line, { again, refresh, openKeys: help.open, leave }), ...elements, help.element);
}
