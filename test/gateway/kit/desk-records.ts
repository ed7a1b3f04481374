import type { Page } from "playwright-core";

/** Subject of the clerk who signs in at the desk by default. */
const OWNER = "demo:clerk:31471";

/** Puts a record into the desk's storage in the browser, as another tab does. */
export async function putRecord(page: Page, store: "drafts" | "taken", key: string, record: object): Promise<void> {
  const [name, value, at] = [store, { owner: OWNER, savedAt: Date.now(), ...record }, key].map((each) =>
    JSON.stringify(each),
  );
  await page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open("motcua-desk");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(${name}, "readwrite");
      transaction.objectStore(${name}).put(${value}, ${at});
      transaction.onabort = () => reject(transaction.error);
      transaction.oncomplete = () => resolve(opening.result.close());
    };
  })`);
}

/** A 3-in-1 that was taken and waits to be sent. */
export function waitingBirth(idempotencyKey: string, input: object): object {
  return { idempotencyKey, kind: { bundle: "Birth" }, name: "3 trong 1", applicant: "", input, state: "WAITING" };
}
