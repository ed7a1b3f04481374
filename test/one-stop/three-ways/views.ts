import { expect } from "vitest";
import type { PortalStandIn } from "../../../scripts/national-portal/stand-in.ts";
import { cursorOfChange } from "../../../subgraphs/one-stop/changes/marks.ts";
import type { Change } from "../../../subgraphs/one-stop/changes/types.ts";
import { NATIONAL_STATUS } from "../../../subgraphs/one-stop/saga/state.ts";
import { isStep } from "../national-portal/feed-and-portal.ts";
import type { WebhookEvent } from "../webhooks/receiver.ts";

/** Changes of each dossier, by its code, in the order of the feed. */
export function byDossier(feed: readonly Change[]): Map<string, Change[]> {
  const dossiers = new Map<string, Change[]>();
  for (const change of feed) {
    const own = dossiers.get(change.code);
    if (own) own.push(change);
    else dossiers.set(change.code, [change]);
  }
  return dossiers;
}

/**
 * Expects the receiver to have processed every change of the feed, those of a dossier in their order, with the same states. An event
 * that was processed twice has the same id, and counts once.
 */
export function expectWebhookEqual(
  feed: ReadonlyMap<string, readonly Change[]>,
  events: readonly WebhookEvent[],
): void {
  const processed = new Map<string, WebhookEvent["data"][]>();
  const known = new Set<string>();
  for (const { id, data, subject = "" } of events) {
    if (known.has(id)) continue;
    known.add(id);
    const own = processed.get(subject);
    if (own) own.push(data);
    else processed.set(subject, [data]);
  }
  expect(processed.size).toBe(feed.size);
  for (const [code, changes] of feed)
    expect(processed.get(code)).toEqual(
      changes.map((change) => ({
        ...{ code, state: change.dossierState, nationalStatus: NATIONAL_STATUS[change.dossierState] },
        cursor: cursorOfChange(change),
      })),
    );
}

/**
 * Expects the portal to have a step for every change of the feed that a citizen sees, in order, the final status, and no other
 * dossier. The text of a step tells its reason: the same text for the same change, and another one for another.
 */
export function expectPortalEqual(feed: ReadonlyMap<string, readonly Change[]>, portal: PortalStandIn): void {
  const texts = new Map<string, string>();
  for (const [code, changes] of feed) {
    const steps = changes.filter(isStep);
    const statuses = steps.map(({ dossierState }) => String(NATIONAL_STATUS[dossierState]));
    const there = portal.register.find(code);
    const seen = { status: there?.snapshot.TrangThaiHoSo, steps: there?.steps.map(({ TrangThai }) => TrangThai) };
    expect([code, seen]).toEqual([code, { status: statuses.at(-1), steps: statuses }]);
    for (const [place, { stepKey, state }] of steps.entries()) {
      const reason = `${stepKey} ${state}`;
      const text = there?.steps[place]?.NoiDungXuLy ?? "";
      if (!texts.has(reason)) texts.set(reason, text);
      expect([code, reason, text]).toEqual([code, reason, texts.get(reason)]);
    }
  }
  expect(new Set(texts.values()).size).toBe(texts.size);
  expect(portal.register.all()).toHaveLength(feed.size);
}
