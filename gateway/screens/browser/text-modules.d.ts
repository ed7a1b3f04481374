/** Files that the build includes as their text. */
declare module "*.graphql" {
  export const text: string;
  // biome-ignore lint/style/noDefaultExport: the form in which esbuild includes a text
  export default text;
}
