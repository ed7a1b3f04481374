/** Response of an endpoint below /dev, or undefined where it refuses, does not answer or there is no demo mode. */
export async function fromDemo<T>(path: string, signal?: AbortSignal): Promise<T | undefined> {
  const response = await fetch(`/dev/${path}`, { signal }).catch(() => undefined);
  return response?.ok ? ((await response.json()) as T) : undefined; // the caller names the endpoint's answer
}

/** Changes the demo: a fault mode, the clock, a process. */
export async function toDemo<T>(path: string, body: object = {}): Promise<T | undefined> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`/dev/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return response.ok ? ((await response.json()) as T) : undefined;
}
