import type { Receiver, Unread } from "./facts";

/** A binding that a program makes. */
export interface DeclaredGrant {
    member: string;
    role: string;
    /** The REST URL of the resource whose policy has the binding. */
    resource: string;
}

/** What is asked about a target. */
export interface Question {
    /** The REST URL of a service, a function, a workflow, an application behind Identity-Aware Proxy, a job, a topic, a queue or a secret. */
    target: string;
    /** The members that may call it, by whatever way. */
    allowed: readonly string[];
    /** Bindings that were declared, on the target or on the accounts of its callers. */
    grants?: readonly DeclaredGrant[];
    /** Whether owners, editors and administrators of the project may call it by their roles, as Google documents. */
    administrators: "list" | "refuse";
    /** How the target was declared. What is absent is not asked. */
    expected: { ingress?: Receiver["ingress"]; audiences?: readonly string[] };
    /** The time, in milliseconds since 1970. */
    now: number;
}

/** One part of a way to a target. */
export type Step =
    | {
          kind: "binding";
          /** The member that the binding names. */
          member: string;
          /** The groups from the binding to the member that has the way. */
          groups: readonly string[];
          role: string;
          /** The REST URL of the resource whose policy has the binding. */
          on: string;
          conditional: boolean;
      }
    | { kind: "key"; key: string; account: string }
    | { kind: "invoker-check"; on: string }
    | { kind: "audience"; on: string; audience: string; keep: readonly string[] }
    | { kind: "ingress"; on: string; found: Receiver["ingress"]; declared: Receiver["ingress"] };

/**
 * A way to call a target.
 * - `caller`: it was declared.
 * - `agent`: one of Google's own accounts, which act for the project's services.
 * - `administrator`: a role on the project or above, which may change policies or code, or the right to change those of the target.
 * - `stranger`: nobody declared it.
 * - `public`: everybody.
 */
export interface Way {
    kind: "caller" | "agent" | "administrator" | "stranger" | "public";
    /** Who has it: an IAM member, or the key of an account. */
    member: string;
    /** From the member to the target. */
    steps: readonly Step[];
    /** Why it is not certain that this way is open. */
    doubt?: Unread;
}

/**
 * - `proven`: only those who were declared may call, and the administrators and agents that the answer lists.
 * - `violated`: somebody else may.
 * - `unknown`: something could not be read, so that nothing is proven.
 */
export type AccessVerdict = "proven" | "violated" | "unknown";

/** Who may call a target. */
export interface Answer {
    /** The REST URL of the target. */
    target: string;
    verdict: AccessVerdict;
    ways: readonly Way[];
    /** What could not be read and would be needed. */
    unread: readonly Unread[];
}
