import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** Style sheet of all pages; its name contains the hash of its content. */
export type Stylesheet = { name: string; content: string };

/** Picture of the pages in a browser's tab. */
export function readIcon(): string {
  return readFileSync(projectPath("gateway", "pages", "style", "icon.svg"), "utf8");
}

export function readStylesheet(): Stylesheet {
  const content = readFileSync(projectPath("gateway", "pages", "style", "pages.css"), "utf8");
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  return { name: `pages-${hash}.css`, content };
}
