import { openBoard } from "./board-page.ts";

const root = document.getElementById("live");
if (root) openBoard(root);
