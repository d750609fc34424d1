using RemoteRendering.Sessions.TestSupport;

// Part of every test project. One test at a time in a process: what the process shares, a test then has for itself, and can say when all
// work rests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestRules]
[assembly: AssemblyFixture(typeof(UnobservedExceptionWatch))]
