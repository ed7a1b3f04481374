import submitDocument from "../../../playground/examples/submit-birth-bundle.graphql";
import { fromDemo } from "../client/demo-endpoints.ts";
import { element, fill } from "../client/element.ts";
import { freshKey } from "../client/fresh-key.ts";
import { type Answer, ask, type Operation } from "../client/graph.ts";
import { duration } from "../client/language.ts";
import { clockBar } from "./clock-bar.ts";
import { codePanel } from "./code-panel.ts";
import followDocument from "./documents/follow-dossier.graphql";
import personDocument from "./documents/person.graphql";
import { faultSwitches } from "./fault-switches.ts";
import { childOf, type FollowedDossier, supplementAnswers } from "./journey.ts";
import { factsOf, type Person } from "./person.ts";
import { rightsSection } from "./rights-section.ts";
import { type StageView, stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { openTravel } from "./travel.ts";
import { truthSection } from "./truth-section.ts";

const CLERK = "clerk";
const SUPPLEMENT = `mutation AnswerSupplement($dossier: ID!, $answers: [SupplementAnswerInput!]!, $key: String!) {
  answerSupplement(dossier: $dossier, answers: $answers, idempotencyKey: $key) { problems { code message } }
}`;

type Submitted = { submitBirthBundle: { dossier: { code: string } | null; problems: { message: string }[] } };

/** The dossier on its way: its state as the subscription tells it, how much of its history is shown, and the subscription. */
type Journey = { dossier: FollowedDossier | undefined; shown: number; followed: Operation | undefined };

/** Builds the live part of the front page, a client of the public graph with the token of a persona. */
export async function openFrontPage(root: HTMLElement): Promise<void> {
  const journey: Journey = { dossier: undefined, shown: 0, followed: undefined };
  const sent = { gateway: texts.gatewayHint, isSending: false, child: undefined as StageView["child"] };
  let knownPerson = "";

  const show = () => {
    picture.show({ ...journey, ...sent, ...switches.state });
    truth.showModes(switches.state.modes);
    button.disabled = sent.isSending;
    button.textContent = sent.isSending ? texts.sending : journey.dossier ? texts.again : texts.send;
  };
  const switches = faultSwitches(() => show());
  const code = codePanel(location.origin);
  const clock = clockBar();
  const truth = truthSection({
    setMode: switches.setMode,
    answered: (operation, answer) => code.show("person", operation, answer, journey.dossier !== undefined),
  });
  const rights = rightsSection();
  const picture = stage({
    setMode: switches.setMode,
    kill: (agency) => switches.kill(agency, knownPerson),
    answerSupplement: () => answerSupplement(journey.dossier),
  });
  const travel = openTravel(({ dossier, shown, answer }) => {
    journey.dossier = dossier;
    journey.shown = shown;
    if (journey.followed) code.show("follow", journey.followed, answer);
    show();
    const child = childOf(dossier);
    if (dossier.state === "COMPLETED" && shown === dossier.history.nodes.length && child && child !== knownPerson)
      void showPerson(child, true);
  });
  const button = element("button", { type: "button", class: "send", click: send }, texts.send);

  async function send(): Promise<void> {
    Object.assign(sent, { isSending: true, child: undefined, gateway: texts.sending });
    Object.assign(journey, { dossier: undefined, shown: 0, followed: undefined });
    show();
    const { operation, answer, accepted, outcome } = await submitExample();
    if (operation) code.show("submit", operation, answer);
    Object.assign(sent, { isSending: false, gateway: outcome });
    show();
    if (!accepted) return;
    journey.followed = { persona: CLERK, query: followDocument, variables: { code: accepted } };
    void travel.begin(journey.followed);
  }

  async function showPerson(personalId: string, isChild: boolean): Promise<void> {
    knownPerson = personalId;
    const operation = { persona: CLERK, query: personDocument, variables: { personalId } };
    if (isChild) {
      const answer = await ask<{ citizen: Person | null }>(operation);
      sent.child = { name: answer.data?.citizen?.fullName ?? personalId, facts: factsOf(answer) };
      show();
    }
    await Promise.all([truth.askAbout(operation), rights.askAbout(operation)]);
  }

  fill(
    root,
    element("div", { class: "controls" }, button, paceBox(travel.slowDown), clock.element),
    element("div", { class: "screen-grid" }, picture.element, code.element),
    element("div", { class: "explanations" }, truth.elements, rights.element),
  );
  show();
  await Promise.all([switches.begin(), clock.refresh()]);
  const [family] = (await fromDemo<{ mother: { personalId: string } }[]>("families?first=1")) ?? [];
  if (family && !knownPerson) await showPerson(family.mother.personalId, false);
}

function paceBox(slowDown: (isSlow: boolean) => void): HTMLElement {
  const box: HTMLInputElement = element("input", {
    type: "checkbox",
    checked: true,
    change: () => slowDown(box.checked),
  });
  return element("label", { class: "pace" }, box, texts.pace);
}

type Submission = { operation?: Operation; answer: Answer<Submitted>; accepted?: string | undefined; outcome: string };

/** Sends a 3-in-1 with fresh variables; without an operation if the demo has none now. `accepted`: code of the dossier. */
async function submitExample(): Promise<Submission> {
  const example = await fromDemo<{ persona: string; variables: Record<string, unknown> }>(
    "example/submit-birth-bundle",
  );
  if (!example) return { answer: {}, outcome: texts.failed };
  const operation = { ...example, query: submitDocument, variables: { ...example.variables, waitMs: 0 } };
  const began = performance.now();
  const answer = await ask<Submitted>(operation);
  const { dossier, problems = [] } = answer.data?.submitBirthBundle ?? {};
  const reasons = [...problems, ...(answer.errors ?? [])].map(({ message }) => message);
  const outcome = dossier
    ? texts.accepted(duration(performance.now() - began))
    : `${texts.failed}: ${reasons.join("; ")}`;
  return { operation, answer, accepted: dossier?.code, outcome };
}

async function answerSupplement(dossier: FollowedDossier | undefined): Promise<void> {
  if (!dossier) return;
  const answers = supplementAnswers(dossier, texts.supplementText);
  const variables = { dossier: dossier.code, answers, key: freshKey("front") };
  await ask({ persona: CLERK, query: SUPPLEMENT, variables });
}
