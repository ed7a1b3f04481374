/** Durable records of this browser: IndexedDB, with promises in place of its events. */
export type BrowserDatabase = {
  get<T>(store: string, key: string): Promise<T | undefined>;
  all<T>(store: string): Promise<T[]>;
  /** One transaction; true once it is on the disk, false if `act` has refused it. `act` must not wait for anything but `read` and `all`. */
  write(stores: readonly string[], act: (stores: WritableStores) => Promise<boolean>): Promise<boolean>;
};
export type WritableStores = {
  read<T>(store: string, key: string): Promise<T | undefined>;
  all<T>(store: string): Promise<T[]>;
  put(store: string, key: string, value: unknown): void;
  remove(store: string, key: string): void;
};

/**
 * Opens a database whose stores have keys beside their values; a higher version adds the stores that are missing.
 * @throws where the browser keeps nothing, as in some private windows, or while a tab with an earlier version of the page is open
 */
export async function openBrowserDatabase(
  name: string,
  version: number,
  stores: readonly string[],
): Promise<BrowserDatabase> {
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => {
    const known = opening.result.objectStoreNames;
    for (const store of stores) if (!known.contains(store)) opening.result.createObjectStore(store);
  };
  const blocked = new Promise<never>((_, reject) => {
    opening.onblocked = () => reject(new Error("another tab has an earlier version of this page; close it"));
  });
  const database = await Promise.race([resultOf(opening), blocked]);
  database.onversionchange = () => {
    database.close();
    location.reload(); // into the later version of the page
  };
  return {
    get: (store, key) => resultOf(database.transaction(store).objectStore(store).get(key)),
    all: (store) => resultOf(database.transaction(store).objectStore(store).getAll()),
    async write(names, act) {
      const transaction = database.transaction([...names], "readwrite", { durability: "strict" });
      const ended = endOf(transaction);
      const isWanted = await act({
        read: (store, key) => resultOf(transaction.objectStore(store).get(key)),
        all: (store) => resultOf(transaction.objectStore(store).getAll()),
        put: (store, key, value) => void transaction.objectStore(store).put(value, key),
        remove: (store, key) => void transaction.objectStore(store).delete(key),
      });
      if (!isWanted) transaction.abort();
      await ended;
      return isWanted;
    },
  };
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Waits until a transaction is complete. One that was aborted on purpose has no error. */
function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => (transaction.error ? reject(transaction.error) : resolve());
  });
}
