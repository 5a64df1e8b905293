import { defined } from "../../../common";
import { type Command, Option } from "commander";
import { UserError } from "../../errors";
import { type ClientOptions, runningEnvironment } from "../environment";
import { formatEnvironment, SHELLS, type Shell } from "../shells";
import { exec } from "../exec";
import { requireRunning } from "../running";
import { serve } from "../serve";
import { findStateFolder } from "../state-folder";
import { parseAddress, type StartFlags, startOptions, type StateFlags, withJson, withStart, withState } from "./flags";

interface ClientFlags extends StateFlags, ClientOptions {}

/** The commands by which any client can use the sandbox. */
export function registerClients(sandbox: Command): void {
    withJson(withStart(sandbox.command("serve")))
        .description("run a sandbox until Ctrl-C; it prints one line when it is ready")
        .option(
            "--mapping <file>",
            "the file that says what answers for services (default: that of the last deployment, else the sandbox.yaml of this folder)",
        )
        .option(
            "--listen-beyond-loopback <address>",
            "let the proxy also listen on this address of the machine, for containers; anyone who reaches it can use the sandbox",
            parseAddress,
        )
        .option("--console", "also serve a page that shows the sandbox, and print its link")
        .action(async (flags: StartFlags & { mapping?: string; listenBeyondLoopback?: string; console?: boolean }) => {
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            const { mapping, listenBeyondLoopback, json = false, console = false } = flags;
            await serve({
                folder,
                ...startOptions(flags),
                ...(mapping && { mapping }),
                ...defined({ listenBeyondLoopback }),
                json,
                console,
            });
        });
    withClient(sandbox.command("env"))
        .description(
            "print the variables by which the clients of a shell use the running sandbox; they hold a token of the sandbox",
        )
        .addOption(new Option("--shell <shell>", "the syntax of the variables").choices(SHELLS).default("bash"))
        .action(async (flags: ClientFlags & { shell: Shell }) => {
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            const variables = await runningEnvironment(folder, await requireRunning(folder), flags);
            process.stdout.write(formatEnvironment(variables, flags.shell));
        });
    withClient(sandbox.command("exec <command...>"))
        .description(
            "run a command whose clients all use the sandbox and not Google Cloud: `sandbox exec -- pulumi up`",
        )
        .option(
            "--allow <host>",
            "pass requests to this real host on, without credentials, such as those of a toolchain to its module proxy; may be repeated",
            (host: string, others?: string[]) => [...(others ?? []), host],
        )
        .passThroughOptions()
        .action(async (command: string[], flags: ClientFlags & { allow?: string[] }) => {
            const [file, ...args] = command;
            if (file === undefined) {
                throw new UserError("no command", { fix: "give one: gcp-invoke sandbox exec -- COMMAND", exitCode: 2 });
            }
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            process.exitCode = await exec(folder, file, args, flags);
        });
}

function withClient(command: Command): Command {
    return withState(command)
        .option(
            "--as <member>",
            "the member as whom the client acts: user:EMAIL, serviceAccount:EMAIL or serviceAccount:PROJECT.svc.id.goog[NAMESPACE/NAME]; or a session of a role of AWS, arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION (default: the project's owner)",
        )
        .option(
            "--on <place>",
            "where a service account acts as if it ran: cloud-run, compute-engine, app-engine, cloud-build or kubernetes:NAMESPACE/NAME (default: cloud-run)",
        )
        .addOption(
            new Option(
                "--mode <mode>",
                "how clients reach the sandbox; `endpoints` also sets the endpoints of the gcp provider, over plain HTTP",
            )
                .choices(["proxy", "endpoints"])
                .default("proxy"),
        )
        .option("--keep-backend", "do not change PULUMI_BACKEND_URL");
}
