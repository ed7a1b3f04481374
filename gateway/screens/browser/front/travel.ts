import { type Answer, follow, type Operation } from "../client/graph.ts";
import { type FollowedDossier, nextPicture } from "./journey.ts";

/** Shortest time for which a picture stands, so that eyes can follow. */
const PICTURE_MS = 850;
const REAL_TIME_MS = 0;

type Change = { dossier: FollowedDossier; shown: number; answer: Answer<unknown> };

/** Follows one dossier at a time by its subscription, and shows its history picture by picture. */
export function openTravel(change: (now: Change) => void) {
  let stream: AsyncIterableIterator<Answer<{ dossierChanged: FollowedDossier }>> | undefined;
  let latest: Change | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pictureMs = PICTURE_MS;

  function showNext(): void {
    timer = undefined;
    if (!latest) return;
    const shown = nextPicture(latest.dossier, latest.shown);
    const isNew = shown > latest.shown;
    latest = { ...latest, shown };
    change(latest);
    if (isNew) timer = setTimeout(showNext, pictureMs);
  }

  return {
    /** True: each picture stands long enough to be seen; false: as fast as it happens. */
    slowDown(isSlow: boolean) {
      pictureMs = isSlow ? PICTURE_MS : REAL_TIME_MS;
    },
    async begin(operation: Operation): Promise<void> {
      await stream?.return?.();
      latest = undefined;
      const own = follow<{ dossierChanged: FollowedDossier }>(operation);
      stream = own;
      for await (const answer of own) {
        const dossier = answer.data?.dossierChanged;
        if (stream !== own) return;
        if (!dossier) continue;
        latest = { dossier, answer, shown: shownOf(latest) };
        if (timer === undefined) showNext();
      }
    },
  };
}

function shownOf(change: Change | undefined): number {
  return change?.shown ?? 0;
}
