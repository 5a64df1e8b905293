import { memoizedPerProgram } from "./memo";

/** The texts of secrets that the arguments of the program's components contain, where a process knows them. */
export const secretTexts = memoizedPerProgram(() => new Set<string>());

/** Shorter texts are replaced only where a message quotes them: within words they would stand by chance. */
const SHORT = 4;

/** A message without the secrets that it quotes. */
export function withoutSecrets(message: string): string {
    const longestFirst = [...secretTexts()].toSorted((one, other) => other.length - one.length);
    return longestFirst.reduce((text, secret) => {
        const quoted = text.replaceAll(`"${secret}"`, '"[secret]"');
        const escaped = JSON.stringify(secret).slice(1, -1);
        return secret.length < SHORT ? quoted : quoted.replaceAll(secret, "[secret]").replaceAll(escaped, "[secret]");
    }, message);
}
