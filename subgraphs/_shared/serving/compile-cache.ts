import nodeModule from "node:module";
import { projectPath } from "./paths.ts";

/** Since Node 22.1: what V8 made of a program is kept for its next start. */
type Compiling = { enableCompileCache?(directory: string): unknown };

/** Call it before the modules are imported whose code is to be kept. Without it, or on an older Node, all is compiled anew. */
export function keepCompiledCode(): void {
  (nodeModule as Compiling).enableCompileCache?.(projectPath("dist", "compiled"));
}
