/**
 * What `gcp-invoke --help` lists: each command with its arguments, and its summary. To read them from the commands themselves
 * would load all of the package. A test compares the two.
 */
export const OVERVIEW: Readonly<Record<string, string>> = {
    "audit [options] <file...>": "find missing, wrong and leaking credentials in workflow definitions",
    "call [options] <url>": "call a service with the right identity",
    "completion <shell>": "print a script that completes commands and options: source <(gcp-invoke completion bash)",
    "eject [options] <module>": "write a workflow that is built in TypeScript as YAML or JSON",
    "graph [options] [stack]": "draw who may call whom in a deployed stack",
    "init [options] [directory]": "make a project that runs in the sandbox at once",
    "inject [options] <file...>": "write the auth sections that are missing or wrong",
    "lsp [options]": "answer an editor: problems, fixes, completions of workflow definitions",
    mcp: "answer a coding agent: preview, deploy and check a program in the sandbox",
    "proxy [options] <url>": "reach a private service from this machine, with tokens that are always valid",
    "run [options] [file]": "run a workflow's source on this machine",
    sandbox: "a local Google Cloud that enforces IAM, and programs in it",
    "token [options]": "get an ID token and show what it says",
    "verify [options] [stack]": "run the smoke checks of a deployed stack again",
    "who [options] [target]": "tell who may call a service, a function, a workflow or an application",
};
