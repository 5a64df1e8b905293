/** Runs a workflow. All input and output is done by a host, which the caller passes. */
export { compileWorkflow, type CompiledWorkflow } from "./compile";
export { CompileError } from "./expressions";
export {
    BINARY,
    Double,
    doubleText,
    failure,
    fromJson,
    fromPlain,
    isMapValue,
    literal,
    number,
    type RuntimeMap,
    type RuntimeValue,
    type StackElement,
    toJson,
    toPlain,
    WorkflowError,
} from "./values";
export { execute, type ExecuteOptions } from "./execute";
export {
    type Callee,
    type CallEvent,
    DEFAULT_LIMITS,
    Frame,
    type Limits,
    type StepEvent,
    type StepInfo,
    withoutCredentials,
} from "./frame";
export type { Outcome, OutcomeError } from "./outcome";
export {
    type Auth,
    type Callback,
    type CallbackRequest,
    canonicalHeader,
    type Clock,
    type Host,
    HostError,
    type HttpAnswer,
    type HttpCall,
    type LogEntry,
    MissingStubError,
    type RecordedAnswer,
    type RecordedCallback,
    type Recording,
    RecordingHost,
    type Stub,
    type StubRequest,
    type StubResponse,
    toAnswer,
    toStubRequest,
    VirtualClock,
} from "./host";
export { connector, findMethod, HELPER_NAMES, isConnectorName, methodsOf, SERVICES } from "./connectors";
export { LIBRARY } from "./library";
export { POLICIES, PREDICATE_NAMES } from "./retry";
