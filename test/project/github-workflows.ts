import { parseDocument } from "yaml";

interface Step {
    uses?: string;
    run?: string;
}

interface Job {
    "runs-on"?: string;
    "timeout-minutes"?: number;
    permissions?: Record<string, string>;
    steps?: Step[];
}

export interface GithubWorkflow {
    name?: string;
    on?: unknown;
    permissions?: unknown;
    jobs?: Record<string, Job>;
}

/** What is wrong with a workflow of GitHub's, a sentence each. `scripts` are those of package.json. */
export function problemsOf(text: string, scripts: readonly string[]): string[] {
    const document = parseDocument(text, { uniqueKeys: true });
    if (document.errors.length > 0) {
        return document.errors.map(({ message }) => message);
    }
    const workflow = document.toJS() as GithubWorkflow;
    const missing = (["name", "on", "permissions", "jobs"] as const).filter((key) => workflow[key] === undefined);
    return [
        ...missing.map((key) => `the workflow has no ${key}`),
        ...Object.entries(workflow.jobs ?? {}).flatMap(([name, job]) => problemsOfJob(name, job, scripts)),
    ];
}

function problemsOfJob(name: string, job: Job, scripts: readonly string[]): string[] {
    const missing = (["runs-on", "timeout-minutes", "steps"] as const).filter((key) => job[key] === undefined);
    return [
        ...missing.map((key) => `job ${name} has no ${key}`),
        ...(job.steps ?? []).flatMap((step, index) =>
            problemsOfStep(step, scripts).map((problem) => `job ${name}, step ${index + 1}: ${problem}`),
        ),
    ];
}

function problemsOfStep({ uses, run }: Step, scripts: readonly string[]): string[] {
    if ((uses === undefined) === (run === undefined)) {
        return ["a step has either uses or run"];
    }
    // A tag can be moved to other code, a commit cannot.
    if (uses !== undefined && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses)) {
        return [`${uses} names no full commit`];
    }
    const named = [...(run ?? "").matchAll(/\bnpm run (?:-\S+ )*([\w:-]+)/g)].map(([, script = ""]) => script);
    return named.filter((script) => !scripts.includes(script)).map((script) => `there is no script ${script}`);
}
