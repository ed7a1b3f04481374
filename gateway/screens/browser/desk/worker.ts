/**
 * Service worker of the desk: keeps its page and the files of the page, so that a tab opens while the line is down. It keeps no answer of the
 * graph.
 */
const PAGES = ["/desk", "/desk?lang=en"];
const CACHE = "motcua-desk";
/** A gateway that takes longer than this for a page counts as away, if the page was kept. */
const PATIENCE_MS = 3_000;

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
  const { pathname } = new URL(request.url);
  if (request.mode === "navigate" && pathname === "/desk") respondWith(pageOf(request, nameOf(request.url), waitUntil));
  else if (request.method === "GET" && /^\/(screens|pages)\//.test(pathname)) respondWith(fileOf(request));
});

/** The page from the gateway, or the one that was kept. A page that comes late is kept for the next time. */
async function pageOf(request: Request, name: string, waitUntil: Fetching["waitUntil"]): Promise<Response> {
  const fetched = fetch(request).catch(() => undefined);
  waitUntil(fetched.then((response) => response && keep(name, response.clone())));
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
  const response = await Promise.race([fetched, late]);
  if (response?.ok) return response;
  const kept = (await caches.match(name)) ?? (await caches.match(PAGES[0] ?? ""));
  return kept ?? (await fetched) ?? Response.error();
}

async function fileOf(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** Keeps one of the pages and its files, and drops the files that no kept page names. One at a time, for they share files. */
async function keep(name: string, response: Response): Promise<void> {
  if (!response.ok || !PAGES.includes(name)) return;
  await navigator.locks.request(CACHE, async () => {
    const cache = await caches.open(CACHE);
    const known = (await cache.keys()).map(({ url }) => nameOf(url));
    const files = await filesOf(response.clone());
    await cache.addAll(files.filter((path) => !known.includes(path)));
    await cache.put(name, response);
    const pages = await Promise.all(PAGES.map((page) => cache.match(page)));
    const named = (await Promise.all(pages.map((page) => page && filesOf(page)))).flat();
    const old = known.filter((each) => !PAGES.includes(each) && !named.includes(each));
    await Promise.all(old.map((each) => cache.delete(each)));
  });
}

/** Paths of the scripts and style sheets that a page names. */
async function filesOf(page: Response): Promise<string[]> {
  const links = (await page.text()).matchAll(/(?:href|src)="(\/(?:screens|pages)\/[^"]+)"/g);
  return [...links].map(([, path = ""]) => path);
}

function nameOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function bound(event: Fetching): Pick<Fetching, "request" | "respondWith" | "waitUntil"> {
  return {
    request: event.request,
    respondWith: (response) => event.respondWith(response),
    waitUntil: (work) => event.waitUntil(work),
  };
}
