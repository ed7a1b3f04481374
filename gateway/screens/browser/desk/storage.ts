import { type BrowserDatabase, openBrowserDatabase, type WritableStores } from "../client/browser-database.ts";
import { freshKey } from "../client/fresh-key.ts";
import { FILES, keptFiles } from "./attachments/kept-files.ts";

/** A procedure or bundle that a form is for. */
export type Kind = { bundle: string } | { procedure: string };

/** A form that is being filled in. */
export type Draft = {
  id: string;
  owner: string;
  kind: Kind;
  name: string;
  content: unknown;
  /** Milliseconds since 1970 by this machine's clock. */
  savedAt: number;
  /** Problems of an earlier submission of it. */
  problems?: StoredProblem[];
  /** Of an earlier submission whose receipt the applicant holds already. */
  receipt?: Receipt;
};

/** Receipt that was given while the line was down: its reserved code, the drawing of its QR code, and the time by the graph's clock. */
export type Receipt = { code?: string; qr?: string; takenAt?: string };

type NewDraft = Omit<Draft, "owner" | "savedAt">;

export type StoredProblem = { code: string; message: string; messageEn: string; path: string[] };

/** A request that was taken: from here on it never changes, so that sending it again cannot make a second dossier. */
export type Taken = Receipt & {
  idempotencyKey: string;
  owner: string;
  kind: Kind;
  name: string;
  applicant: string;
  input: unknown;
  savedAt: number;
  state: "WAITING" | "ACCEPTED" | "REFUSED";
  /** Code of the dossier. */
  dossier?: string;
  problems?: StoredProblem[];
  /** Error of the last try. */
  failure?: string;
};

/** Result of sending a request. */
export type Outcome =
  | { state: "ACCEPTED"; dossier: string }
  | { state: "REFUSED"; problems: StoredProblem[] }
  | { state: "WAITING"; failure: string };

/** A reserved code, with the drawing of its QR code for a receipt. */
export type ReservedCode = { code: string; office: string; validUntil: string; qr: string };

const DRAFTS = "drafts";
const TAKEN = "taken";
const CODES = "codes";
const FACTS = "facts";
/** Version of the stores: 2 has the files. */
const VERSION = 2;

/** Storage of the desk in this browser. */
export type Storage = Awaited<ReturnType<typeof openStorage>>;
type Owned = { owner: string };

/** Opens what this browser keeps for one clerk. Drafts and requests of others count as absent. */
export async function openStorage(owner: string) {
  const database = await openBrowserDatabase("motcua-desk", VERSION, [DRAFTS, TAKEN, CODES, FACTS, FILES]);
  const own = <T extends Owned>(all: T[]) => all.filter((each) => each.owner === owner);
  return {
    drafts: async () => own(await database.all<Draft>(DRAFTS)).sort((one, other) => other.savedAt - one.savedAt),
    async draft(id: string): Promise<Draft | undefined> {
      const draft = await database.get<Draft>(DRAFTS, id);
      return draft?.owner === owner ? draft : undefined;
    },
    beginDraft: (draft: NewDraft) => put(database, DRAFTS, draft.id, { ...draft, owner, savedAt: Date.now() }),
    /** Saves a draft unless it was submitted or discarded meanwhile, such as in another tab. */
    saveDraft: (draft: NewDraft) =>
      database.write([DRAFTS], async (stores) => {
        const kept = await stores.read<Draft>(DRAFTS, draft.id);
        if (kept?.owner !== owner) return false;
        stores.put(DRAFTS, draft.id, { ...draft, receipt: kept.receipt, owner, savedAt: Date.now() });
        return true;
      }),
    removeDraft: (id: string) => removed(database, owner, DRAFTS, id),
    taken: async () => own(await database.all<Taken>(TAKEN)).sort((one, other) => other.savedAt - one.savedAt),
    /** Notes what became of a request, unless another tab has noted it already or it was removed. */
    settle: (key: string, outcome: Outcome) =>
      database.write([TAKEN], async (stores) => {
        const kept = await stores.read<Taken>(TAKEN, key);
        if (kept?.state !== "WAITING") return false;
        const { failure: _, ...item } = kept;
        stores.put(TAKEN, key, { ...item, ...outcome } satisfies Taken);
        return true;
      }),
    removeTaken: (key: string) => removed(database, owner, TAKEN, key),
    codes: () => database.all<ReservedCode>(CODES),
    /** Keeps the codes of a reservation and forgets the pending one, both or neither. */
    saveCodes: (codes: readonly ReservedCode[], pending: string) =>
      database.write([CODES, FACTS], async (stores) => {
        for (const code of codes) stores.put(CODES, code.code, code);
        stores.remove(FACTS, pending);
        return true;
      }),
    files: keptFiles(database, owner, [DRAFTS, TAKEN]),
    fact: <T>(name: string) => database.get<T>(FACTS, name),
    saveFact: (name: string, value: unknown) => put(database, FACTS, name, value),
    takeDraft: (id: string, given: Given) => takeDraft(database, owner, id, given),
    reopen: (taken: Taken) => reopen(database, owner, taken),
  };
}

type Given = { applicant: string; input: unknown; codes: readonly ReservedCode[]; takenAt?: string | undefined };

/**
 * Turns a draft into a taken request, and uses up the first of some reserved codes that no other tab has used, in one transaction: of two
 * attempts one finds no draft.
 * @returns undefined for the other one
 */
async function takeDraft(
  database: BrowserDatabase,
  owner: string,
  id: string,
  given: Given,
): Promise<Taken | undefined> {
  let taken: Taken | undefined;
  const { applicant, input, takenAt } = given;
  await database.write([DRAFTS, TAKEN, CODES], async (stores) => {
    const draft = await stores.read<Draft>(DRAFTS, id);
    if (draft?.owner !== owner) return false;
    const { kind, name } = draft;
    const code = draft.receipt ? undefined : await firstLeft(stores, given.codes); // a receipt that was given keeps its code
    const receipt = draft.receipt ?? { code: code?.code, qr: code?.qr, takenAt };
    const idempotencyKey = freshKey("desk");
    taken = {
      ...{ idempotencyKey, owner, kind, name, applicant, input },
      ...{ ...receipt, savedAt: Date.now(), state: "WAITING" },
    };
    stores.put(TAKEN, taken.idempotencyKey, taken);
    stores.remove(DRAFTS, id);
    if (code) stores.remove(CODES, code.code);
    return true;
  });
  return taken;
}

async function firstLeft(stores: WritableStores, codes: readonly ReservedCode[]): Promise<ReservedCode | undefined> {
  for (const { code } of codes) {
    const left = await stores.read<ReservedCode>(CODES, code);
    if (left) return left;
  }
  return undefined;
}

/** Turns a refused request back into a draft. It keeps the code of its receipt, unless the code itself was refused. */
async function reopen(
  database: BrowserDatabase,
  owner: string,
  { idempotencyKey }: Taken,
): Promise<string | undefined> {
  const id = freshKey("draft");
  const isReopened = await database.write([DRAFTS, TAKEN], async (stores) => {
    const taken = await stores.read<Taken>(TAKEN, idempotencyKey);
    if (taken?.owner !== owner || taken.state !== "REFUSED") return false;
    const { kind, name, input: content, problems = [], code, qr, takenAt } = taken;
    const isCodeRefused = problems.some(({ path: [member] }) => member === "dossierCode" || member === "takenAt");
    const receipt = code && !isCodeRefused ? { code, qr, takenAt } : undefined;
    stores.put(DRAFTS, id, { id, owner, kind, name, content, problems, receipt, savedAt: Date.now() } satisfies Draft);
    stores.remove(TAKEN, idempotencyKey);
    return true;
  });
  return isReopened ? id : undefined;
}

function put(database: BrowserDatabase, store: string, key: string, value: unknown): Promise<boolean> {
  return database.write([store], async (stores) => {
    stores.put(store, key, value);
    return true;
  });
}

function removed(database: BrowserDatabase, owner: string, store: string, key: string): Promise<boolean> {
  return database.write([store], async (stores) => {
    if ((await stores.read<Owned>(store, key))?.owner !== owner) return false;
    stores.remove(store, key);
    return true;
  });
}
