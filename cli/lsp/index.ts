/** The language server: what `workflow/editor` knows, told by the Language Server Protocol. */
export { serve } from "./server";
