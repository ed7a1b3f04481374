import { openOffice } from "./office-page.ts";

const root = document.getElementById("live");
if (root) openOffice(root);
