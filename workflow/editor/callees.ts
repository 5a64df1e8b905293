import { connector, findMethod, HELPER_NAMES, isConnectorName, LIBRARY, PREDICATE_NAMES, POLICIES } from "../run";
import type { Program } from "../syntax";
import functions from "./functions.json";

const PAGES = "https://docs.cloud.google.com/workflows/docs/reference/";
const DOCUMENTED: Readonly<Record<string, string[] | undefined>> = functions;

/** Something that can be called, with what people want to know of it. */
export interface Signature {
    name: string;
    /** Such as `text.split(source: string, separator: string): list`. */
    label: string;
    /** The names of the parameters, and whether each may be left out. */
    params: readonly { name: string; optional: boolean }[];
    /** In Markdown, with the address of its page. */
    about: string;
}

/** The signature of a function of the standard library, a connector or a subworkflow; undefined for any other name. */
export function signatureOf(name: string, program: Program | undefined): Signature | undefined {
    return subworkflow(name, program) ?? libraryFunction(name) ?? connectorMethod(name);
}

/** The names that a call step can call, without the methods of connectors. */
export function callableNames(program: Program | undefined): string[] {
    return [...subworkflowNames(program), ...LIBRARY.keys(), ...HELPER_NAMES];
}

/** The names that an expression can call: those that do not block, and subworkflows. */
export function functionNames(program: Program | undefined): string[] {
    const immediate = [...LIBRARY.values()].filter(({ blocking }) => blocking !== true);
    return [...subworkflowNames(program), ...immediate.map(({ name }) => name)];
}

export function subworkflowNames(program: Program | undefined): string[] {
    return (program?.routines ?? []).map(({ name }) => name.text).filter((name) => name !== "main");
}

/** The policies of `retry`, and the functions of its `predicate`. */
export const RETRY_NAMES = { retry: [...POLICIES.keys()], predicate: [...PREDICATE_NAMES] };

function subworkflow(name: string, program: Program | undefined): Signature | undefined {
    const routine = program?.routines.find((each) => each.name.text === name);
    return (
        routine && {
            name,
            label: labelOf(
                name,
                routine.params.map(({ name: { text }, default: value }) => (value === undefined ? text : `${text}?`)),
            ),
            params: routine.params.map((param) => ({ name: param.name.text, optional: param.default !== undefined })),
            about: `A subworkflow of this definition.\n\n[subworkflows](${PAGES}syntax/subworkflows)`,
        }
    );
}

function libraryFunction(name: string): Signature | undefined {
    const callee = LIBRARY.get(name);
    if (callee === undefined) {
        return undefined;
    }
    const { params = ["x"], types = [] } = callee;
    const [gives = "any", says = ""] = DOCUMENTED[name] ?? [];
    const page = name.includes(".") ? name.replace(".", "/") : "expression-helpers";
    return {
        name,
        label: labelOf(name, params, types, gives),
        params: paramsOf(params),
        about: `${says}\n\n[${name}](${PAGES}stdlib/${page})`,
    };
}

function connectorMethod(name: string): Signature | undefined {
    const [, api = ""] = name.split(".");
    const page = `[${api} connector](${PAGES}googleapis/${api}/Overview)`;
    const helper = HELPER_NAMES.includes(name) ? connector(name) : undefined;
    if (helper !== undefined) {
        const { params = [], types } = helper;
        return { name, label: labelOf(name, params, types), params: paramsOf(params), about: page };
    }
    const method = isConnectorName(name) ? findMethod(name) : undefined;
    if (method === undefined) {
        return undefined;
    }
    const { verb, root, path, pathParams, queryParams, hasBody, poll, scope } = method;
    const params = [...pathParams, ...queryParams.map((param) => `${param}?`), ...(hasBody ? ["body"] : [])];
    const facts = [
        `\`${verb} ${root}${path}\``,
        ...list("In the path", pathParams),
        ...list("In the query", queryParams),
        ...(poll === undefined ? [] : ["It waits until what it started has ended, unless `skip_polling` is true."]),
        `It sends an access token with the scope \`${scope ?? "https://www.googleapis.com/auth/cloud-platform"}\`.`,
        page,
    ];
    return {
        name,
        label: labelOf(name, params),
        params: [...paramsOf(params), { name: "connector_params", optional: true }],
        about: facts.join("\n\n"),
    };
}

function list(what: string, names: readonly string[]): string[] {
    return names.length === 0 ? [] : [`${what}: ${names.map((name) => `\`${name}\``).join(", ")}.`];
}

function paramsOf(params: readonly string[]): Signature["params"] {
    return params.map((param) => ({ name: param.replace("?", ""), optional: param.endsWith("?") }));
}

function labelOf(name: string, params: readonly string[], types: readonly string[] = [], gives?: string): string {
    const shown = params.map((param, index) => (types[index] === undefined ? param : `${param}: ${types[index]}`));
    return `${name}(${shown.join(", ")})${gives === undefined ? "" : `: ${gives}`}`;
}
