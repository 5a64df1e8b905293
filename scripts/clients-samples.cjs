// Runs the code samples of Google's documents on authentication, if the documents are beside the checkout. Each sample runs as
// it is, but for the placeholders that its reader has to fill in. This file contains no sample.
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { root } = require("./sources.cjs");

/** The folder of the documents, as plain text. */
const documents = resolve(root, "..", "shared", "seeds");

// Lines that were lost when a page became plain text, by the line before them. They are added, and nothing is changed.
const LOST = {
    go: [
        [/^import \($/m, '\n\t"context"\n\t"fmt"\n\t"io"\n\n\t"google.golang.org/api/idtoken"\n)'],
        [/fmt\.Errorf\("idtoken\.NewClient: %v", err\)$/m, "\n\t}"],
        [/fmt\.Errorf\("client\.Get: %v", err\)$/m, "\n\t}"],
        [/fmt\.Errorf\("io\.Copy: %v", err\)$/m, "\n\t}"],
        [/^\treturn nil$/m, "\n}"],
    ],
    java: [
        [/not an instance of IdTokenProvider\."\);$/m, "\n    }"],
        [/IdTokenCredentials tokenCredential =$/m, "\n        IdTokenCredentials.newBuilder()"],
        [
            /\.setIdTokenProvider\(\(IdTokenProvider\) credentials\)$/m,
            "\n            .setTargetAudience(audience).build();",
        ],
        [/return request\.execute\(\);$/m, "\n  }\n}"],
    ],
    node: [
        [/before running the sample\.$/m, "\n */"],
        [/async function request\(\) \{/, "\n  console.info("],
        [/client\.request\(\{url\}\);;$/m, "\n}"],
        [/process\.exitCode = 1;$/m, "\n});"],
    ],
    python: [
        [/def make_authorized_get_request\(endpoint, audience\):$/m, '\n    """'],
        [/using the specified audience value\.$/m, '\n    """'],
    ],
};

/** What each sample that calls a service begins with, on the page on bearer tokens. The page has all languages in a row. */
const CALLING = {
    go: [/^import \($/m, /^public class/m],
    java: [/^public class Authentication/m, /^ \* TODO/m],
    node: [/^ \* TODO\(developer\): Uncomment/m, /^import urllib$/m],
    python: [/^import urllib$/m, /^다음 단계$/m],
};

/** The same for the page on getting tokens, which has all of its lines. Each sample ends at the name of the next language. */
const GETTING = {
    curl: [/^curl -H/m, /^PowerShell$/m],
    powershell: [/^\$value = /m, /^Java$/m],
    java: [/^import com\.google\.auth/m, /^Go$/m],
    go: [/^import \($/m, /^Node\.js$/m],
    node: [/^\/\*\*\n \* TODO\(developer\)/m, /^Python$/m],
    python: [/^import google$/m, /^Ruby$/m],
    ruby: [/^require "googleauth"$/m, /^end$/m],
};

/** Makes a program of each sample: adds the call of its function, and fills in the placeholders. */
const PROGRAMS = {
    calling: {
        go: (text) =>
            `package main\n\nimport "os"\n\n${text}\nfunc main() {\n\turl := os.Getenv("SERVICE_URL")\n\tif err := makeGetRequest(os.Stdout, url, url); err != nil {\n\t\tpanic(err)\n\t}\n}\n`,
        java: (text) =>
            `import com.google.api.client.http.*;\nimport com.google.api.client.http.javanet.NetHttpTransport;\nimport com.google.auth.http.HttpCredentialsAdapter;\nimport com.google.auth.oauth2.*;\nimport java.io.IOException;\n\nclass Program {\n  public static void main(String[] args) throws IOException {\n    String url = System.getenv("SERVICE_URL");\n    Authentication.makeGetRequest(url, url);\n  }\n}\n\n${text}`,
        node: (text) => `const targetAudience = process.env.SERVICE_URL;\nconst url = targetAudience;\n/**\n${text}`,
        python: (text) =>
            `${text}\nimport os\nmake_authorized_get_request(os.environ["SERVICE_URL"], os.environ["SERVICE_URL"])\n`,
    },
    getting: {
        curl: (text, url) => text.replace("AUDIENCE", url),
        powershell: (text, url) => text.replace("AUDIENCE", url),
        java: (text, url) => text.replace("https://example.com", url),
        go: (text) =>
            `package main\n\nimport "os"\n\n${text}\nfunc main() {\n\tif err := getIdTokenFromMetadataServer(os.Stdout, os.Getenv("SERVICE_URL")); err != nil {\n\t\tpanic(err)\n\t}\n}\n`,
        node: (text) => `const targetAudience = process.env.SERVICE_URL;\n${text}`,
        python: (text) => `${text}\nimport os\nidtoken_from_metadata_server(os.environ["SERVICE_URL"])\n`,
        ruby: (text) => `${text}end\nauth_cloud_idtoken_metadata_server url: ENV["SERVICE_URL"]\n`,
    },
};

/** The part of a document from the match of one pattern to the match of the next. @throws Error if either is missing */
function cut(document, [begin, end]) {
    const start = document.search(begin);
    const length = start < 0 ? -1 : document.slice(start).search(end);
    if (length < 0) {
        throw new Error(`the documents have no part from ${begin} to ${end}`);
    }
    return document.slice(start, start + length);
}

function mend(text, additions) {
    return additions.reduce((mended, [anchor, addition]) => {
        if (!anchor.test(mended)) {
            throw new Error(`the sample has no ${anchor}`);
        }
        return mended.replace(anchor, (found) => found + addition);
    }, text);
}

/**
 * All samples as programs.
 * @param url the URL of the service that they call
 * @returns undefined if there are no documents
 */
function samples(url) {
    if (!existsSync(documents)) {
        return undefined;
    }
    const texts = readdirSync(documents).map((file) => readFileSync(join(documents, file), "utf8"));
    const page = (mark) => texts.find((text) => text.includes(mark)) ?? "";
    const calling = page("makeGetRequest");
    const getting = page("getIdTokenFromMetadataServer");
    return [
        ...Object.entries(CALLING).map(([language, place]) => ({
            name: `calling a service, ${language}`,
            language,
            calls: true,
            program: PROGRAMS.calling[language](mend(cut(calling, place), LOST[language])),
        })),
        ...Object.entries(GETTING).map(([language, place]) => ({
            name: `getting a token from the metadata server, ${language}`,
            language,
            calls: false,
            program: PROGRAMS.getting[language](cut(getting, place), url),
        })),
    ];
}

/** The permissions by which a service and a function of the first generation are called. */
const INVOKING = new Set(["run.routes.invoke", "cloudfunctions.functions.invoke"]);

/** How a program of each language is started. @param folder the folder of the libraries of `npm run test:clients` */
const RUNNERS = {
    curl: () => ({ file: "sample.sh", command: ["bash", "sample.sh"] }),
    node: () => ({
        file: "sample.cjs",
        command: [process.execPath, "sample.cjs"],
        env: { NODE_PATH: join(root, "node_modules") },
    }),
    python: (folder) => ({
        file: "sample.py",
        command: ["python3", "sample.py"],
        env: { PYTHONPATH: join(folder, "python") },
        needs: join(folder, "python"),
    }),
    java: (folder) => ({
        file: "Sample.java",
        command: ["java", "-cp", join(folder, "java", "lib", "*"), "Sample.java"],
        needs: join(folder, "java", "lib"),
    }),
    // The program is put into the module that has the libraries.
    go: (folder) => ({
        file: "main.go",
        in: join(folder, "go"),
        command: ["go", "run", "."],
        needs: join(folder, "go", "go.sum"),
    }),
    ruby: () => ({
        file: "sample.rb",
        command: ["ruby", "sample.rb"],
        lacks: has("ruby", ["-rgoogleauth", "-e", "1"]) ? undefined : "there is no Ruby with the gem googleauth here",
    }),
    powershell: () => ({
        file: "sample.ps1",
        command: ["pwsh", "-File", "sample.ps1"],
        lacks: has("pwsh", ["--version"]) ? undefined : "there is no PowerShell here",
    }),
};

const has = (command, args) => spawnSync(command, args, { stdio: "ignore", timeout: 20_000 }).status === 0;

/** Why a sample cannot run on this machine; undefined if it can. */
function lacking(sample, folder) {
    const { needs, lacks } = RUNNERS[sample.language](folder);
    return (
        lacks ??
        (needs === undefined || existsSync(needs)
            ? undefined
            : "its libraries are not installed: `npm run test:clients` does")
    );
}

/**
 * Runs a sample against a sandbox. One that calls a service calls functions of both generations too, as its comments say, and a
 * service that does not let the account in.
 * @param env the environment of a client that acts as the account which may call the service
 * @returns how it failed, or that it reached no service or got no token; undefined if all is well
 */
async function trySample(sandbox, sample, folder, env) {
    if (!sample.calls) {
        const { code, text } = await runSample(sample, folder, env);
        return code === 0 && /Generated ID token|^eyJ/m.test(text) ? undefined : `no token, exit code ${code}: ${text}`;
    }
    for (const [name, wanted] of [
        ["SERVICE_URL", true],
        ["FIRST_FUNCTION_URL", true],
        ["SECOND_FUNCTION_URL", true],
        ["CLOSED_SERVICE_URL", false],
    ]) {
        const last = sandbox.decisions().at(-1)?.id;
        const { code, text } = await runSample(sample, folder, { ...env, SERVICE_URL: env[name] });
        const calls = sandbox.decisions(last).filter(({ permission }) => INVOKING.has(permission));
        // Some samples end well where they are refused: they show the answer, whatever it is.
        if (calls.length !== 1 || calls[0].allowed !== wanted || (wanted && code !== 0)) {
            const decided = calls.map(({ allowed }) => (allowed ? "let in" : "refused")).join(", ") || "never called";
            return `${name}: ${decided}, exit code ${code}: ${text}`;
        }
    }
    return undefined;
}

/** Runs a sample. @returns its exit code and everything that it printed */
async function runSample(sample, folder, env) {
    const { file, command, env: own = {}, in: parent = tmpdir() } = RUNNERS[sample.language](folder);
    mkdirSync(parent, { recursive: true });
    const directory = mkdtempSync(join(parent, "sample-"));
    try {
        writeFileSync(join(directory, file), sample.program);
        const [program, ...args] = command;
        const child = spawn(program, args, { cwd: directory, env: { ...process.env, ...env, ...own } });
        let text = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.on("data", (chunk) => (text += chunk));
        }
        const code = await new Promise((done) => child.on("error", () => done(127)).on("close", done));
        return { code, text };
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

module.exports = { documents, lacking, samples, trySample };
