/** Durable records of this browser: IndexedDB, with promises in place of its events. */
export type BrowserDatabase = {
  get<T>(store: string, key: string): Promise<T | undefined>;
  all<T>(store: string): Promise<T[]>;
  /** One transaction; true once it is on the disk, false if `act` has refused it. `act` must not wait for anything but `read`. */
  write(stores: readonly string[], act: (stores: WritableStores) => Promise<boolean>): Promise<boolean>;
};
export type WritableStores = {
  read<T>(store: string, key: string): Promise<T | undefined>;
  put(store: string, key: string, value: unknown): void;
  remove(store: string, key: string): void;
};

/** Opens a database whose stores have keys beside their values. @throws where the browser keeps nothing, as in some private windows */
export async function openBrowserDatabase(name: string, stores: readonly string[]): Promise<BrowserDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const store of stores) opening.result.createObjectStore(store);
  };
  const database = await resultOf(opening);
  return {
    get: (store, key) => resultOf(database.transaction(store).objectStore(store).get(key)),
    all: (store) => resultOf(database.transaction(store).objectStore(store).getAll()),
    async write(names, act) {
      const transaction = database.transaction([...names], "readwrite", { durability: "strict" });
      const ended = endOf(transaction);
      const isWanted = await act({
        read: (store, key) => resultOf(transaction.objectStore(store).get(key)),
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
