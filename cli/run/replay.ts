import type { ExecutionRecord } from "../../sandbox";
import { compileWorkflow, execute, fromJson, type Outcome, parseWorkflow } from "../../workflow";
import { UserError } from "../errors";
import { ReplayHost } from "./recording";
import { Tracer } from "./trace";

/** Runs an execution of the sandbox again with what it got then, and writes each step. */
export async function traceExecution(record: ExecutionRecord, write: (text: string) => void): Promise<Outcome> {
    const { program } = parseWorkflow(record.source, { file: `${record.name}.yaml` });
    if (program === undefined) {
        throw new UserError(`the source of ${record.name} cannot be read`);
    }
    const tracer = new Tracer(write);
    return execute(compileWorkflow(program), {
        argument: fromJson(record.argument),
        env: record.env,
        host: new ReplayHost(
            record,
            () => undefined,
            (auth, claims) => tracer.token(auth, claims),
        ),
        onStep: (event) => tracer.step(event),
        onCall: (event) => tracer.call(event),
    });
}
