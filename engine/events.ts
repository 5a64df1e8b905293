import type { ResourceState } from "./state";
import type { Properties } from "./values";

/** What the engine emits while it works, in the order in which things happen. The command line and tests listen. */
export type EngineEvent =
    | {
          type: "start";
          operation: "preview" | "update" | "refresh" | "destroy";
          /** Whether a refresh or a destroy is only previewed. */
          previewOnly?: true;
          project: string;
          stack: string;
          /** The configuration; secrets show as `[secret]`. */
          config?: Record<string, string>;
      }
    | ({ type: "step"; phase: "start" | "done" | "failed"; step: Step; message?: string } & States)
    /** A component, or the program, has registered its outputs. */
    | { type: "outputs"; urn: string; state: ResourceState }
    | ({ type: "diagnostic" } & Diagnostic)
    /** What is being waited for. It is shown while that lasts, and not kept. */
    | { type: "progress"; message: string; urn?: string }
    /** What the program has printed itself. */
    | { type: "output"; stream: "stdout" | "stderr"; text: string }
    | { type: "summary"; changes: Partial<Record<Operation, number>>; milliseconds: number; failed: boolean };

/** A message to the user, about one resource or about the whole run. */
export interface Diagnostic {
    severity: "info" | "warning" | "error";
    message: string;
    urn?: string;
}

/** How an operation went. */
export interface Outcome {
    result: "succeeded" | "failed";
    /** How many resources were created, updated and so on. */
    changes: Partial<Record<Operation, number>>;
    diagnostics: Diagnostic[];
}

/** How an operation on a stack went. */
export interface StackResult extends Outcome {
    /** The outputs that the stack has after the operation. */
    outputs: Properties;
    /** Takes the secrets that the program gave its resources out of a text, also those of resources that failed. */
    hide?: (text: string) => string;
}

/** A resource before and after a step. Secrets in both are replaced by marks. */
export interface States {
    old?: ResourceState;
    /** When a step begins, the planned state without id and outputs; when it is done, the new state. */
    new?: ResourceState;
}

export type Operation =
    | "create"
    | "update"
    | "replace"
    | "create-replacement"
    | "delete-replaced"
    /** A resource was deleted to be replaced, and the program has it no longer: it is removed from the state. */
    | "remove-pending-replace"
    | "delete"
    | "same"
    | "read"
    /** A resource is read under the name of one that the stack owned, which is deleted. */
    | "read-replacement"
    /** A resource that was only read, and that the program no longer reads, is removed from the state. */
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
    /** The inputs that differ, by path, and whether they force a replacement. Secrets show as `[secret]`. */
    diff?: { path: string; kind: "add" | "delete" | "update"; replaces: boolean; before?: unknown; after?: unknown }[];
}
