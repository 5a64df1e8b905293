import assert from "node:assert/strict";
import type { ProbeReport } from "../../../smoke";

/**
 * When a check that met a cause ends.
 * - `at once`: no time mends it, so the first try is the last one.
 * - `in seconds`: a network can fail for a moment, and nothing else mends it.
 * - `at the deadline`: it may still arrive, or go by.
 * - `by code`: user code made it, which is reached again only where that is safe and its status may pass.
 * - anything else: what it depends on.
 */
type Patience = "at once" | "in seconds" | "at the deadline" | "by code" | `depends on ${string}`;

/** Every cause that a probe can end with, by its code. */
export const PATIENCE: Record<string, Patience> = {
    "account-deleted": "at once",
    "account-disabled": "at once",
    "account-granted": "at once",
    "account-not-found": "depends on the policy of the account, which tells a late grant",
    "account-recreated": "at once",
    "api-disabled": "at once",
    "arrival-unknown": "at once",
    "audience-elsewhere": "at once",
    "call-refused": "depends on the status",
    "agent-card": "by code",
    "agent-message": "by code",
    "callers-pending": "depends on whether the grant becomes known at the next tries",
    "callers-unknown": "depends on whether Google was busy",
    "check-may-not": "depends on the policy of the project",
    "credential-refused": "at once",
    "execution-failed": "depends on the error's tag",
    "execution-too-long": "at once",
    forbidden: "at the deadline",
    "grant-conditional": "depends on whether the time of the condition is over",
    "grant-late": "at the deadline",
    "grant-missing": "at once",
    "grpc-health": "by code",
    "iap-refused": "at once",
    "iap-sign-in": "at once",
    "gateway-changed": "at once",
    "gateway-refused": "at the deadline",
    "gateway-unread": "depends on the status",
    "inside-probe-failed": "depends on the error's tag",
    "internal-ingress": "at once",
    "job-failed": "by code",
    "let-in": "depends on whether the policy can be read",
    "mcp-session": "by code",
    "missing-role": "depends on the policy of the account, which tells a late grant",
    "no-answer": "depends on what may have been done",
    "no-attempt": "at the deadline",
    "no-credentials": "at once",
    "no-denial": "at the deadline",
    "no-expired-token": "at once",
    "no-other-account": "at once",
    "not-a-denial": "at once",
    "not-found": "at once",
    "not-possible": "at once",
    "open-to-everyone": "at once",
    "other-denial": "at the deadline",
    "policy-unreadable": "depends on whether Google was busy",
    "provider-changed": "at once",
    public: "at once",
    "queue-paused": "at once",
    "receiver-fails": "by code",
    "receiver-not-started": "at once",
    "receiver-slow": "at once",
    redirected: "at once",
    refused: "depends on the policy of the account, which tells a late grant",
    "resource-missing": "at once",
    "secret-denied": "at once",
    "sender-changed": "at once",
    "subscription-wrong": "at once",
    "target-refused": "by code",
    "task-untraceable": "at once",
    "token-refused": "by code",
    "too-many": "at the deadline",
    unauthenticated: "at the deadline",
    unavailable: "at the deadline",
    "undeclared-caller": "at once",
    "unexpected-answer": "at once",
    "unexpected-status": "at once",
    unreachable: "in seconds",
    "wrong-audience": "depends on whether the receiver can be read",
    "no-token": "in seconds",
    "wrong-credential": "at once",
    "wrong-host": "at once",
    "wrong-role": "at once",
};

/** The tries of a cause that ends in seconds: the pauses between them are 1, 2, 4 and 3 s. */
const TRIES_IN_SECONDS = 5;

/** Fails where a probe was tried more often than its cause deserves. */
export function assertPatience(probe: ProbeReport): void {
    const { diagnosis, attempts, name } = probe;
    const patience = PATIENCE[diagnosis?.code ?? ""];
    assert.ok(patience, `${name} ended with ${diagnosis?.code ?? "no diagnosis"}, of which nobody said when it ends`);
    const most = { "at once": 1, "in seconds": TRIES_IN_SECONDS }[patience as string] ?? Infinity;
    assert.ok(attempts <= most, `${name}: ${diagnosis?.code ?? ""} ends ${patience}, and was tried ${attempts} times`);
}
