import type { ResourceState } from "./state";
import type { Properties } from "./values";

/** What the engine tells while it works, in the order in which things happen. The command line and tests listen. */
export type EngineEvent =
    | {
          type: "start";
          operation: "preview" | "update" | "refresh" | "destroy";
          /** Whether a refresh or a destroy is only told, and not done. */
          previewOnly?: true;
          project: string;
          stack: string;
          /** The configuration; secrets show as `[secret]`. */
          config?: Record<string, string>;
      }
    | ({ type: "step"; phase: "start" | "done" | "failed"; step: Step; message?: string } & States)
    /** A component, or the program, has said what its outputs are. */
    | { type: "outputs"; urn: string; state: ResourceState }
    | ({ type: "diagnostic" } & Diagnostic)
    /** What is waited for at the moment: shown while one waits, and not kept. */
    | { type: "progress"; message: string; urn?: string }
    /** What the program printed itself. */
    | { type: "output"; stream: "stdout" | "stderr"; text: string }
    | { type: "summary"; changes: Partial<Record<Operation, number>>; milliseconds: number; failed: boolean };

/** A message to the user, about one resource or about the whole run. */
export interface Diagnostic {
    severity: "info" | "warning" | "error";
    message: string;
    urn?: string;
}

/** How an operation went, without the stack's outputs. */
export interface Outcome {
    result: "succeeded" | "failed";
    /** How many resources each operation was done to. */
    changes: Partial<Record<Operation, number>>;
    diagnostics: Diagnostic[];
}

/** How an operation went, with the outputs that the stack has after it. */
export interface StackResult extends Outcome {
    outputs: Properties;
}

/** A resource before and after a step, where there is one. What is secret in them is taken out, and marked. */
export interface States {
    old?: ResourceState;
    /** As the step begins: what is wanted, without id and outputs. Once it is done: what is. */
    new?: ResourceState;
}

export type Operation =
    | "create"
    | "update"
    | "replace"
    | "create-replacement"
    | "delete-replaced"
    /** Of what was deleted to be replaced, and is not wanted any more, nothing is left but to forget it. */
    | "remove-pending-replace"
    | "delete"
    | "same"
    | "read"
    /** What the stack owned under the name is another, and goes. */
    | "read-replacement"
    /** What was only read, and is no more, is forgotten. */
    | "discard"
    | "discard-replaced"
    | "refresh"
    | "import"
    | "import-replacement";

export interface Step {
    operation: Operation;
    urn: string;
    type: string;
    name: string;
    id?: string;
    /** The input properties that differ, by path; replacements are marked. Secrets show as `[secret]`. */
    diff?: { path: string; kind: "add" | "delete" | "update"; replaces: boolean; before?: unknown; after?: unknown }[];
}
