import { openFrontPage } from "./front-page.ts";

const root = document.getElementById("live");
if (root) void openFrontPage(root);
