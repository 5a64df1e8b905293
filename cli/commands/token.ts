import { type Command, Option } from "commander";
import { claimsOf, createCredentials, CredentialError, type CredentialOptions } from "../../credentials";
import { UserError } from "../errors";

export interface TokenFlags {
    audience: string;
    as?: string;
    raw?: boolean;
    source?: "auto" | "metadata" | "gcloud";
}

export function register(program: Command): void {
    program
        .command("token")
        .summary("get an ID token and show what it says")
        .description(
            "Gets an ID token for a receiver and prints its claims. It prints the token itself only with --raw.\n" +
                "On stderr it says which credentials it chose, and why.",
        )
        .requiredOption("--audience <url>", "the audience of the token: the root URL of a service, or IAP's client ID")
        .option("--as <email>", "the service account that the token is for")
        .option("--claims", "print the claims (this is the default)")
        .addOption(new Option("--raw", "print the token itself; anyone who reads it can use it").conflicts("claims"))
        .addOption(
            new Option("--source <source>", "the source of the credentials").choices(["auto", "metadata", "gcloud"]),
        )
        .action(async (flags: TokenFlags) => token(flags, process.stdout, process.stderr));
}

interface Out {
    write(text: string): unknown;
}

/** Runs the command. The token goes to `out` with `raw`, and nowhere else. */
export async function token(flags: TokenFlags, out: Out, log: Out, options: CredentialOptions = {}): Promise<void> {
    const credentials = await createCredentials({ ...options, ...(flags.source && { source: flags.source }) });
    for (const { source, why } of credentials.source.passedOver) {
        log.write(`${source} ${why}\n`);
    }
    log.write(`chosen: ${credentials.source.description}\n`);
    if (URL.canParse(flags.audience) && new URL(flags.audience).pathname !== "/") {
        log.write(`note: Cloud Run accepts its root URL as audience, ${new URL(flags.audience).origin}, not a path\n`);
    }
    const value = await credentials
        .idToken(flags.audience, flags.as === undefined ? {} : { as: flags.as })
        .catch((error: unknown) => {
            if (!(error instanceof CredentialError) || error.code !== "not-possible") {
                throw error;
            }
            const fix = "add --as EMAIL, or --source gcloud for a developer's own token, whose audience is gcloud's";
            throw new CredentialError(error.code, error.message, error.fix ?? fix);
        });
    if (flags.raw === true) {
        out.write(`${value}\n`);
        return;
    }
    const claims = claimsOf(value);
    if (claims === undefined) {
        throw new UserError("the answer is no ID token: it has no claims to show");
    }
    out.write(`${JSON.stringify(claims, undefined, 4)}\n`);
}
