import { openPortal } from "./portal-page.ts";

const root = document.getElementById("live");
if (root) openPortal(root);
