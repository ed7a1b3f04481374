/** The dossier as the subscription of `documents/follow-dossier.graphql` tells it. */
export type FollowedDossier = {
  code: string;
  state: string;
  outcome: string | null;
  receivedAt: string;
  dueAt: string;
  completedAt: string | null;
  overdue: boolean;
  parts: FollowedPart[];
  history: { nodes: HistoryEntry[] };
};

export type FollowedPart = {
  id: string;
  agency: { code: string };
  procedure: { name: string } | null;
  state: string;
  delivery: { attempts: number; nextAttemptAt: string | null };
  waitingFor: { agency: { code: string }; step: string; unanswered: boolean; text: string; textEn: string } | null;
  refusal: { message: string; legalBasis: string | null } | null;
  supplement: { items: { code: string; description: string | null }[] } | null;
  result: PartResult | null;
};

type PartResult = {
  __typename: string;
  number?: string | null;
  child?: { personalId: string; fullName: string | null } | null;
  household?: { code: string } | null;
};

export type HistoryEntry = {
  id: string;
  at: string;
  state: string;
  step: string | null;
  actor: string;
  part: { id: string } | null;
};

/** A call of the saga to an agency: a part, or a step without one such as the personal number. */
export type Step = {
  key: string;
  name: string;
  /** Undefined while nothing tells it yet. */
  agency: string | undefined;
  state: string;
  sentAt: string | undefined;
  /** Undefined until the agency has decided. */
  decidedAt: string | undefined;
  part: FollowedPart | undefined;
};

const DECIDED = new Set(["GRANTED", "REFUSED", "CANCELLED"]);
const DESK = "ONE_STOP";

/** Steps that were sent to an agency by the first `shown` entries of the history, in the order in which they were sent. */
export function stepsOf(dossier: FollowedDossier, shown: number): Step[] {
  const steps = new Map<string, Step>();
  for (const { part, step: name, state, at } of dossier.history.nodes.slice(0, shown)) {
    if (!name) continue;
    const key = part?.id ?? name;
    const known = steps.get(key);
    if (!known && state !== "SENT") continue;
    const own = dossier.parts.find(({ id }) => id === part?.id);
    const step: Step = known ?? {
      ...{ key, name, state, part: own, sentAt: at, decidedAt: undefined },
      agency: own?.agency.code ?? agencyOfStep(dossier, name),
    };
    step.state = state;
    if (DECIDED.has(state)) step.decidedAt = at;
    steps.set(key, step);
  }
  return [...steps.values()];
}

/** Agency of a step without a part: it decided the step, or a part waits for it. */
function agencyOfStep({ history, parts }: FollowedDossier, name: string): string | undefined {
  const decision = history.nodes.find(
    ({ step, actor }) => step === name && actor !== DESK && actor === actor.toUpperCase(),
  );
  return decision?.actor ?? parts.find(({ waitingFor }) => waitingFor?.step === name)?.waitingFor?.agency.code;
}

/** Number of entries up to which the next picture shows the history: all that happened at the same moment. */
export function nextPicture({ history }: FollowedDossier, shown: number): number {
  const next = history.nodes[shown];
  if (!next) return shown;
  const later = history.nodes.findIndex(({ at }, index) => index > shown && at !== next.at);
  return later === -1 ? history.nodes.length : later;
}

/** Answer of an agency to a step, in the words of its register. */
export function answerOf({ part }: Step): string | undefined {
  const result = part?.result;
  if (!result) return undefined;
  return result.number ?? result.household?.code ?? undefined;
}

/** Personal number of the child, once the register of births knows it. */
export function childOf({ parts }: FollowedDossier): string | undefined {
  return parts.map(({ result }) => result?.child?.personalId).find(Boolean);
}

/** Answers to everything that agencies have asked for. */
export function supplementAnswers({ parts }: FollowedDossier, text: string): { item: string; text: string }[] {
  const items = parts
    .filter(({ state }) => state === "SUPPLEMENT_NEEDED")
    .flatMap(({ supplement }) => supplement?.items ?? []);
  return [...new Set(items.map(({ code }) => code))].map((item) => ({ item, text }));
}
