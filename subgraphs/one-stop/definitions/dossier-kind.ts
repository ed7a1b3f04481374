import type { DossierDefinition } from "./definition.ts";
import { definitionUnknown } from "./errors.ts";

/** Results of earlier steps, such as `citizenId` and `personalId`. */
export type Facts = Record<string, string>;

/** A kind of dossier: its versions, and the content that each step's agency receives. */
export type DossierKind<Request = unknown> = {
  readonly id: string;
  /** Append only: a change is a new entry with the next `version`. */
  readonly versions: readonly DossierDefinition[];
  /** Share of the request that a step's agency needs, in the client's own shape: an agency's paths are paths into the input. */
  contentFor(stepKey: string, request: Request, facts: Facts): Record<string, unknown>;
  /** Commune code of the office whose officers work on a step, where it may be another one than that of the dossier. */
  officeOf?(stepKey: string, request: Request): string | null;
  /** Keys of the case: an open or granted dossier holds each at most once. None by default. */
  duplicateKeys?(request: Request): readonly string[];
  /** Id of the kind whose keys are those of the same cases, such as a bundle that includes the procedure; its own by default. */
  readonly casesOf?: string;
  /** True if the same case may come again after a grant, such as a business that has ended: the keys are free once it has ended. */
  readonly repeatable?: boolean;
};

/** Office whose officers work on a step: that of the dossier by default. */
export function officeOfStep<Request>(
  { kind, request, office }: { kind: DossierKind<Request>; request: Request; office: string },
  stepKey: string,
): string {
  return kind.officeOf?.(stepKey, request) ?? office;
}

/** A kind and the version of it that a dossier pins. */
export type Pinned = { readonly kind: DossierKind; readonly definition: DossierDefinition };

/** The kinds of dossiers that this release knows. */
export type DossierKinds = {
  /** @throws definitionUnknown */
  pinned(id: string, version: number): Pinned;
  readonly all: readonly DossierKind[];
};

/** @param other kinds beside the listed ones, by id */
export function dossierKinds(
  all: readonly DossierKind[],
  other: (id: string) => DossierKind | null = () => null,
): DossierKinds {
  return {
    all,
    pinned(id, version) {
      const kind = all.find((each) => each.id === id) ?? other(id);
      const definition = kind?.versions.find((each) => each.version === version);
      if (!kind || !definition) throw definitionUnknown(id, version);
      return { kind, definition };
    },
  };
}
