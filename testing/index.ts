/** What unit tests of stacks with these components need. */
export { setMocks, type Mocked, type MockedResource, type MockOptions } from "./mocks";
