import { type AuthType, PRIVATE_NAME, type Receiver, shownReceiver, tokenName } from "../receivers";
import type { RuleId } from "../rules";
import type { Said } from "./said";

/** Why the host of a call is unknown. */
export type HostCause = keyof typeof fixes;

const begin = "begin the URL with a literal host, or a declared target's variable, followed by /";

/** What to do about an unknown host. None of it says to do without a credential: nobody knows who needs one. */
const fixes = {
    slash: ({ root = "" }: Receiver) =>
        `write / right after ${root}: without it, what follows can make another host of it`,
    caller: () => `${begin}; if the caller may choose among hosts, assign each from a literal in a switch`,
    region: () =>
        'take the region from sys.get_env("GOOGLE_CLOUD_LOCATION"), or assign the whole host from a literal in a switch',
    cluster: () =>
        "call gke.request in place of http.*, which finds the cluster's endpoint and sends a token by itself",
    resource: ({ from = "" }: Receiver) =>
        `call the method by its connector, googleapis.${apiIn(from) ?? ""}.*, which sends a token by itself; or ${begin}`,
    data: () => `${begin}, and take no more than the path from data`,
    environment: () =>
        "declare the receiver as a target, and begin the URL with its variable, followed by /; or give the variable's value to the audit (env)",
    placeholder: () => "audit the source as it is deployed, or declare the receiver as a target",
    unset: () => "assign what the URL is made of before the call, or give the call a url",
    malformed: () => "write the URL as https://HOST/PATH, in plain characters",
    parameter: () => `call this subworkflow, so that its argument is known, or ${begin}`,
    private: () => "write private_service_name as a text, or leave it out if the URL's host is meant",
    other: () => begin,
};

/** The API whose connector gave a value. */
function apiIn(from: string): string | undefined {
    return /\bthe result of googleapis\.(\w+)/.exec(from)?.[1];
}

/** Why the host of a receiver of the kind `unknown` is unknown. */
export function hostCause({ root, from = "", origin, shown }: Receiver): HostCause {
    if (root !== undefined) {
        return "slash";
    }
    switch (from) {
        case "a placeholder":
            return "placeholder";
        case "a URL that cannot be parsed":
            return "malformed";
        case PRIVATE_NAME:
            return "private";
        case "a value that another tool fills in":
            return "placeholder";
    }
    if (shown === "a URL that is not set") {
        return "unset";
    }
    if (/^https:\/\/\*[a-z0-9-.]*\.googleapis\.com\//.test(shown)) {
        return "region";
    }
    const connector = apiIn(from);
    if (connector !== undefined) {
        return connector === "container" && from.endsWith(".endpoint") ? "cluster" : "resource";
    }
    return from.startsWith("the parameter ")
        ? "parameter"
        : origin === "caller" || origin === "data"
          ? origin
          : origin === "env"
            ? "environment"
            : "other";
}

export function hostFix(receiver: Receiver): string {
    return fixes[hostCause(receiver)](receiver);
}

/** What a rule says of each of these causes. */
function forEachCause<R extends RuleId, C extends HostCause, F extends unknown[]>(
    rule: R,
    causes: readonly C[],
    say: (receiver: Receiver, fix: string, ...facts: F) => Said,
): Record<`${R}/${C}`, (receiver: Receiver, ...facts: F) => Said> {
    return Object.fromEntries(
        causes.map((cause) => [
            `${rule}/${cause}`,
            (receiver: Receiver, ...facts: F) => say(receiver, hostFix(receiver), ...facts),
        ]),
    ) as Record<`${R}/${C}`, (receiver: Receiver, ...facts: F) => Said>;
}

const causes = Object.keys(fixes) as HostCause[];
/** If the environment names the host, the deployer has chosen it, so an ID token may go there. */
const notOfDeployer = causes.filter((cause) => cause !== "environment" && cause !== "placeholder");

export const hostAdvice = {
    ...forEachCause("unknown-host", causes, (receiver, fix, call: string) => [
        `${call} sends no credential to ${shownReceiver(receiver)}${who(receiver)}`,
        fix,
    ]),
    ...forEachCause("token-leak", causes, (receiver, fix, call: string) => [
        `${call} sends an access token to ${shownReceiver(receiver)}${who(receiver)}`,
        fix,
        receiver.origin === "data" || receiver.origin === "env" ? "warning" : "error",
    ]),
    ...forEachCause("id-token-elsewhere", notOfDeployer, (receiver, fix, call: string) => [
        `${call} sends an ID token to ${shownReceiver(receiver)}${who(receiver)}`,
        fix,
    ]),
    ...forEachCause("undeclared-target", causes, (receiver, fix, call: string, type: AuthType) => [
        `${call} sends ${tokenName(type)} to ${shownReceiver(receiver)}${who(receiver)}: nothing in targets`,
        fix,
    ]),
    "private-service/missing": (call: string, target: string, text: string): Said => [
        `${call} goes to target ${target} without private_service_name, and ${target} is in a private network`,
        `add private_service_name: ${text}`,
    ],
    "private-service/other": (call: string, target: string, text: string): Said => [
        `${call} names another private service than that of target ${target}`,
        `write private_service_name: ${text}`,
    ],
};

/** Who decides about the host, and where its value comes from. */
function who({ origin, from, how }: Receiver): string {
    const by: Record<Receiver["origin"], string> = {
        caller: "whoever executes the workflow chooses it",
        data: "it comes from data",
        env: "it comes from the environment",
        unknown: "it cannot be resolved",
    };
    const way = how?.();
    return `: ${by[origin]}${from === undefined ? "" : `, ${from}`}${way === undefined ? "" : `; ${way}`}`;
}
