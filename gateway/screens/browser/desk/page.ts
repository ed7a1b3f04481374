import { openDesk } from "./desk-page.ts";

const root = document.getElementById("live");
if (root) void openDesk(root);
