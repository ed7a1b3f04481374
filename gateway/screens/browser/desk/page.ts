import { openDesk } from "./desk-page.ts";

const root = document.getElementById("live");
if (root) openDesk(root);
// without a service worker the desk works, but a tab cannot be opened while the line is down
void navigator.serviceWorker?.register("/desk/worker.js", { scope: "/desk" }).catch(() => undefined);
