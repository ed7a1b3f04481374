/** Files that the build includes as their text. */
declare module "*.graphql" {
  export const text: string;
  // biome-ignore lint/style/noDefaultExport: the form in which esbuild includes a text
  export default text;
}

/** Source of a module, to be shown. */
declare module "*?source" {
  export const text: string;
  // biome-ignore lint/style/noDefaultExport: the form in which esbuild includes a text
  export default text;
}

/** Forms of all submissions, which the build makes of the public schema. */
declare module "motcua:forms" {
  export const $defs: Record<string, import("./form/form-schema.ts").FormSchema>;
}
