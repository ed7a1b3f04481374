/**
 * Service worker of the desk: keeps its page and the files of the page, so that a tab opens while the line is down. It keeps no answer of the
 * graph.
 */
const PAGES = ["/desk", "/desk?lang=en"];
const CACHE = "motcua-desk";

type Lifetime = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Lifetime & { request: Request; respondWith(response: Promise<Response>): void };
const scope = self as unknown as {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}; // the global object of a service worker, which the types of a page do not know

addEventListener("install", (event) => {
  const kept = PAGES.map(async (page) => keep(page, await fetch(page)));
  (event as Lifetime).waitUntil(Promise.all([...kept, scope.skipWaiting()]));
});

addEventListener("activate", (event) => (event as Lifetime).waitUntil(scope.clients.claim()));

addEventListener("fetch", (event) => {
  const { request, respondWith, waitUntil } = bound(event as Fetching);
  const { pathname, search } = new URL(request.url);
  if (request.mode === "navigate" && pathname === "/desk") respondWith(pageOf(request, pathname + search, waitUntil));
  else if (request.method === "GET" && /^\/(screens|pages)\//.test(pathname)) respondWith(fileOf(request));
});

/** The page from the gateway, or the one that was kept. */
async function pageOf(request: Request, name: string, waitUntil: Fetching["waitUntil"]): Promise<Response> {
  const response = await fetch(request).catch(() => undefined);
  if (response?.ok) {
    waitUntil(keep(name, response.clone()));
    return response;
  }
  const kept = (await caches.match(name)) ?? (await caches.match(PAGES[0] ?? ""));
  return kept ?? response ?? Response.error();
}

async function fileOf(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** Keeps a page and its files, and drops files of older versions. */
async function keep(name: string, response: Response): Promise<void> {
  if (!response.ok) return;
  const cache = await caches.open(CACHE);
  const files = [...(await response.clone().text()).matchAll(/(?:href|src)="(\/(?:screens|pages)\/[^"]+)"/g)].map(
    ([, path = ""]) => path,
  );
  const known = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(files.filter((path) => !known.has(path)));
  await cache.put(name, response);
  const old = [...known].filter((path) => path !== "/desk" && !files.includes(path));
  await Promise.all(old.map((path) => cache.delete(path)));
}

function bound(event: Fetching): Pick<Fetching, "request" | "respondWith" | "waitUntil"> {
  return {
    request: event.request,
    respondWith: (response) => event.respondWith(response),
    waitUntil: (work) => event.waitUntil(work),
  };
}
