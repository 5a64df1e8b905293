import { type Command, InvalidArgumentError } from "commander";
import { createCredentials, createHttp } from "../../credentials";
import { idTokens, targetUrl } from "../id-tokens";
import { bridge, startProxy } from "../proxy";

export interface ProxyFlags {
    port: number;
    stdio?: boolean;
    audience?: string;
    as?: string;
}

export function register(program: Command): void {
    program
        .command("proxy")
        .summary("reach a private service from this machine, with tokens that are always valid")
        .description(
            "Listens on 127.0.0.1 and sends what it gets, WebSockets too, to one service, with an ID token that is valid at each request.\n" +
                "With --stdio it is a server of the Model Context Protocol on standard input, for desktop clients: each message goes to the server on Cloud Run.\n" +
                "Every program of this machine can use the port while the command runs. Web pages cannot. The token is printed nowhere.",
        )
        .argument(
            "<url>",
            "the URL of the service; with --stdio the URL at which the server takes messages (default: /mcp)",
        )
        .option("--port <port>", "the port on 127.0.0.1", port, 8080)
        .option("--stdio", "speak the Model Context Protocol on standard input and output")
        .option("--audience <url>", "the audience of the ID token (default: the root of the URL)")
        .option("--as <email>", "the service account to call as")
        .action((url: string, flags: ProxyFlags) => proxy(url, flags));
}

/** Runs the command until its input ends, or until Ctrl-C. */
async function proxy(address: string, flags: ProxyFlags): Promise<void> {
    const target = targetUrl(address);
    const http = createHttp();
    const { token } = await idTokens(target, flags, process.stderr, await createCredentials({ http }), { http });
    if (flags.stdio === true) {
        if (target.pathname === "/") {
            target.pathname = "/mcp";
        }
        await bridge({ target, http, token, input: process.stdin, out: process.stdout, log: process.stderr });
        await http.close();
        return;
    }
    const { port: own } = await startProxy(target, http, token, flags.port);
    process.stderr.write(`http://127.0.0.1:${own} leads to ${target.origin}\n`);
}

function port(text: string): number {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number > 65_535) {
        throw new InvalidArgumentError("give a port from 1 to 65535, or 0 for a free one");
    }
    return number;
}
