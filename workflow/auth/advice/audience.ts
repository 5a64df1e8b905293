import type { Said } from "./said";

/** What an ID token is for. `fix` is `write audience: …`, or how to come to one. */
export const audienceAdvice = {
    "audience-path/target": (call: string, name: string, fix: string): Said => [
        `${call} leaves the audience to its default, the URL; ${name} takes one of its own`,
        fix,
        "error",
    ],
    "audience-path/default": (call: string, url: string, fix: string): Said => [
        `${call} leaves the audience to its default, the whole URL ${url}`,
        fix,
    ],
    "audience-path/url": (call: string, url: string, fix: string): Said => [
        `${call} has the whole URL ${url} as its audience`,
        `${fix}; if the service has the URL as a custom audience, say so above it: # gcp-invoke-ignore audience-path: reason`,
    ],
    "audience-path/path": (call: string, audience: string, fix: string): Said => [
        `${call} has an audience with a path or query: ${audience}`,
        fix,
    ],
    "audience-path/function": (call: string, own: string, audience: string, fix: string): Said => [
        `${call} calls ${own} with audience ${audience}, which is not the function's`,
        fix,
    ],
    "audience-mismatch/chosen": (call: string, to: string, by: string, fix: string): Said => [
        `${call} asks for an ID token to ${to} for an audience that ${by}: the token can be for another service`,
        fix,
    ],
    "audience-mismatch/empty": (call: string, fix: string): Said => [
        `${call} has an audience that is empty, or no text`,
        fix,
    ],
    "audience-mismatch/target": (call: string, name: string, other: string, fix: string): Said => [
        `${call} calls target ${name} with the audience of target ${other}`,
        fix,
    ],
    "audience-mismatch/not-its-own": (call: string, name: string, audience: string, fix: string): Said => [
        `${call} calls target ${name} with audience ${audience}, which is not its own`,
        fix,
    ],
    "audience-mismatch/host": (call: string, host: string, other: string, fix: string): Said => [
        `${call} goes to ${host} with the audience of ${other}`,
        fix,
    ],
    "audience-mismatch/function": (call: string, own: string, audience: string, fix: string): Said => [
        `${call} calls ${own} with audience ${audience}, which is another function's`,
        fix,
    ],
    "audience-mismatch/custom": (call: string, host: string, audience: string, fix: string): Said => [
        `${call} goes to ${host} with audience ${audience}, which the service accepts as a custom audience only`,
        `${fix}; if it is a custom audience of the service, declare the service as a target with it`,
        "warning",
    ],
};
