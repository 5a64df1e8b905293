import { withoutTexts } from "../../common";
import { memoizedPerProgram } from "./memo";

/** The texts of secrets that the arguments of the program's components contain, where a process knows them. */
export const secretTexts = memoizedPerProgram(() => new Set<string>());

/** A message without the secrets that it quotes. */
export const withoutSecrets = (message: string): string => withoutTexts(message, secretTexts());
