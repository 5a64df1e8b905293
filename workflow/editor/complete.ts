import { methodsOf, SERVICES } from "../run";
import { callableNames, functionNames, RETRY_NAMES, signatureOf } from "./callees";
import { describeKey } from "./keywords";
import { keysIn } from "./slots";
import { type Subject, subjectAt } from "./subject";
import { declared, type KnownTarget, urlOf } from "./targets";
import type { WorkflowFile } from "./workflow-file";

/** Something that can be written at a place. */
export interface Completion {
    label: string;
    kind: "keyword" | "property" | "function" | "variable" | "step" | "routine" | "value" | "target";
    /** What is written, if it is not the label. */
    text?: string;
    detail?: string;
    /** In Markdown. */
    about?: string;
}

/** What can be written at a place, and the offset in the file at which it begins. */
export interface Completions {
    items: Completion[];
    /** It replaces what is from here to the place. */
    start: number;
    /** Whether there may be others when more is written. */
    isIncomplete: boolean;
}

/** The variables that Google Cloud sets: https://docs.cloud.google.com/workflows/docs/reference/environment-variables */
const BUILT_IN = [
    "GOOGLE_CLOUD_PROJECT_ID",
    "GOOGLE_CLOUD_PROJECT_NUMBER",
    "GOOGLE_CLOUD_LOCATION",
    "GOOGLE_CLOUD_WORKFLOW_ID",
    "GOOGLE_CLOUD_WORKFLOW_REVISION_ID",
    "GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID",
    "GOOGLE_CLOUD_WORKFLOW_EXECUTION_ATTEMPT_COUNT",
    "GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME",
];

/**
 * What can be written at an offset of a file.
 *
 * @param beside - what the files beside it name
 */
export function completionsAt(file: WorkflowFile, offset: number, beside: readonly KnownTarget[]): Completions {
    const subject = subjectAt(file, offset);
    if (subject === undefined) {
        return { items: [], start: offset, isIncomplete: false };
    }
    const targets = [...declared(file.options.targets ?? []), ...beside];
    const { definition } = subject.at;
    const begin = subject.expression?.start ?? subject.place.start + (/^["']/.test(subject.place.typed) ? 1 : 0);
    const items = subject.expression === undefined ? written(subject, targets) : inExpression(subject, file, targets);
    return { items, start: definition.toFile(begin), isIncomplete: subject.slot === "callee" };
}

function written(subject: Subject, targets: readonly KnownTarget[]): Completion[] {
    const { place, slot } = subject;
    const isValue = place.part === "value" || slot === "name" || slot === "parameter" || slot === "shared";
    return isValue ? values(subject, targets) : keys(subject);
}

function keys({ slot, place, callee, program }: Subject): Completion[] {
    const { siblings } = place;
    if (slot === undefined) {
        return [];
    }
    if (slot === "root") {
        return place.path.length === 0 && !siblings.has("main")
            ? [{ label: "main", kind: "keyword", about: "The routine with which the workflow starts." }]
            : [];
    }
    if (slot === "args") {
        const signature = callee === undefined ? undefined : signatureOf(callee, program);
        return (signature?.params ?? [])
            .filter(({ name }) => !siblings.has(name))
            .map(({ name, optional }) => ({
                label: name,
                kind: "property",
                detail: optional ? "optional" : "required",
                ...(signature && { about: signature.label }),
            }));
    }
    return keysIn(slot)
        .filter((key) => !siblings.has(key))
        .map((key) => {
            const about = describeKey(slot, key);
            return { label: key, kind: "keyword", ...(about !== undefined && { about }) };
        });
}

function values(subject: Subject, targets: readonly KnownTarget[]): Completion[] {
    const { slot, program, around, place } = subject;
    switch (slot) {
        case "callee":
            return callees(subject);
        case "next":
            return jumps(subject);
        case "name":
        case "shared":
            return variables(subject);
        case "auth-type":
            return [
                value("OIDC", "An ID token, for Cloud Run, functions and IAP."),
                value("OAuth2", "An access token."),
            ];
        case "policy":
            return [value("continueAll", describeKey("parallel", "exception_policy"))];
        case "retry":
            return RETRY_NAMES.retry.map((name) => value(`\${${name}}`));
        case "predicate":
            return [...RETRY_NAMES.predicate, ...(program?.routines ?? []).map(({ name }) => name.text)]
                .filter((name) => name !== "main")
                .map((name) => value(`\${${name}}`));
        case "url":
        case "audience":
            return targets.flatMap((target): Completion[] => {
                const text = urlOf(target);
                return text === undefined
                    ? []
                    : [{ label: target.name, kind: "target", text, detail: target.from, about: `\`${text}\`` }];
            });
        default:
            return place.typed === "" && around.scope !== undefined
                ? variables(subject).map((each) => ({ ...each, text: `\${${each.label}}` }))
                : [];
    }
}

/** Of the connectors, which are many, first the services, and then the methods of the one that is written. */
function callees({ program, place }: Subject): Completion[] {
    const typed = place.typed.replace(/^["']/, "");
    const methods = methodsOf(typed);
    const services = SERVICES.map((service): Completion => ({ label: `googleapis.${service}.`, kind: "routine" }));
    return [
        ...[...callableNames(program), ...methods].map((name) => described(name, program)),
        ...(methods.length === 0 ? services : []),
    ];
}

function described(name: string, program: Subject["program"]): Completion {
    const signature = signatureOf(name, program);
    const isRoutine = program?.routines.some((routine) => routine.name.text === name) === true;
    return {
        label: name,
        kind: isRoutine ? "routine" : "function",
        ...(signature && { detail: signature.label, about: signature.about }),
    };
}

function jumps({ around }: Subject): Completion[] {
    const names = [...new Set(around.lists.flat().map((step) => step.name.text))];
    const words = [
        "end",
        ...(around.loop === undefined ? [] : around.loop === "for" ? ["break", "continue"] : ["continue"]),
    ];
    return [
        ...names.map((label): Completion => ({ label, kind: "step" })),
        ...words.map((label): Completion => ({ label, kind: "keyword" })),
    ];
}

function variables({ around }: Subject): Completion[] {
    const names = [...new Set(around.scope?.names() ?? [])].filter((name) => name !== "");
    return names.map((label) => ({ label, kind: "variable" }));
}

function inExpression(subject: Subject, file: WorkflowFile, targets: readonly KnownTarget[]): Completion[] {
    const { expression, program } = subject;
    if (expression?.textFor !== undefined) {
        return expression.textFor === "sys.get_env" ? environment(file, targets) : [];
    }
    return [
        ...variables(subject),
        ...functionNames(program).map((name) => described(name, program)),
        ...["and", "or", "not", "in", "true", "false", "null"].map((label): Completion => ({ label, kind: "keyword" })),
    ];
}

/** The variables that are known: of targets, those that the file reads elsewhere, and Google's own. */
function environment(file: WorkflowFile, targets: readonly KnownTarget[]): Completion[] {
    const detail = new Map<string, string>();
    for (const name of BUILT_IN) {
        detail.set(name, "Google Cloud");
    }
    for (const [, name = ""] of file.text.matchAll(/sys\.get_env\(\s*\\?["'](\w+)\\?["']/g)) {
        detail.set(name, "this file");
    }
    for (const name of Object.keys(file.options.env ?? {})) {
        detail.set(name, "--env");
    }
    for (const { variable, name, from } of targets) {
        if (variable !== undefined) {
            detail.set(variable, `the URL of ${name}, ${from}`);
        }
    }
    return Array.from(detail, ([label, from]) => ({ label, kind: "variable", detail: from }));
}

function value(label: string, about?: string): Completion {
    return { label, kind: "value", ...(about !== undefined && { about }) };
}
