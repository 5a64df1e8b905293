/** What an editor asks of a file with workflow definitions: problems, fixes, completions, and what a place is. */
export { type Completion, type Completions, completionsAt } from "./complete";
export { definitionAt, type Outline, outlineOf } from "./definition";
export { Reparser } from "../syntax";
export { hoverAt } from "./hover";
export type { KnownTarget } from "./targets";
export { type Fix, WorkflowFile } from "./workflow-file";
