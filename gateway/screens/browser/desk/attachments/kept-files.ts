import type { BrowserDatabase } from "../../client/browser-database.ts";
import { namedAttachments } from "./named-attachments.ts";

/** File of a request, kept in this browser until the dossier is accepted. */
export type KeptFile = {
  /** `sha256:` and the digest of the content. */
  id: string;
  owner: string;
  name: string;
  content: Blob;
  /** Milliseconds since 1970 by this machine's clock, as `sentAt`. */
  keptAt: number;
  /** Time of the upload; absent before it. */
  sentAt?: number | undefined;
};

export const FILES = "files";
/** The one-stop desk removes an attachment without a dossier a day after its upload; it is uploaded again before. */
const FRESH_MS = 43_200_000;
/** Time within which a draft is saved that names a chosen file. */
const UNNAMED_MS = 60_000;

/** Draft or taken request, as far as it names files. */
type Holder = { owner: string; content?: unknown; input?: unknown; state?: string };

export type KeptFiles = ReturnType<typeof keptFiles>;

/** Files of one clerk in a browser's database; `holders` are its stores of drafts and taken requests. */
export function keptFiles(database: BrowserDatabase, owner: string, holders: readonly string[]) {
  const keyOf = (id: string, of = owner) => `${of} ${id}`;

  function change(id: string, act: (known: KeptFile | undefined) => KeptFile | undefined): Promise<boolean> {
    return database.write([FILES], async (stores) => {
      const changed = act(await stores.read<KeptFile>(FILES, keyOf(id)));
      if (changed) stores.put(FILES, keyOf(id), changed);
      return changed !== undefined;
    });
  }

  /** Files of open forms that no draft holds, such as an answer to a supplement. */
  const open = new Set<() => readonly string[]>();

  return {
    /** Spares the files of an open form from removal. @returns the end of it */
    spare(ids: () => readonly string[]): () => void {
      open.add(ids);
      return () => void open.delete(ids);
    },
    read: (id: string) => database.get<KeptFile>(FILES, keyOf(id)),
    /** @throws where the browser has no room for it */
    keep: (id: string, file: File) =>
      change(id, (known) => ({ ...known, id, owner, name: file.name, content: file, keptAt: Date.now() })),
    noteUpload: (id: string, sentAt: number | undefined) => change(id, (known) => known && { ...known, sentAt }),
    isUploaded: ({ sentAt }: KeptFile) => sentAt !== undefined && Date.now() - sentAt < FRESH_MS,
    /** Removes the files that no draft, no request under way and no open form names; those of `released` content at once. */
    removeUnnamed: (released?: unknown) =>
      database.write([...holders, FILES], async (stores) => {
        const free = namedAttachments(released).map(({ id }) => keyOf(id));
        const all = (await Promise.all(holders.map((each) => stores.all<Holder>(each)))).flat();
        const held = all
          .filter(({ state }) => state !== "ACCEPTED")
          .flatMap((each) => namedAttachments(each.content ?? each.input).map(({ id }) => keyOf(id, each.owner)));
        const named = [...held, ...[...open].flatMap((ids) => ids().map((id) => keyOf(id)))];
        for (const { id, owner: of, keptAt } of await stores.all<KeptFile>(FILES)) {
          const key = keyOf(id, of);
          const isNew = Date.now() - keptAt < UNNAMED_MS && !free.includes(key);
          if (!isNew && !named.includes(key)) stores.remove(FILES, key);
        }
        return true;
      }),
  };
}
