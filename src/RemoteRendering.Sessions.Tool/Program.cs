using RemoteRendering.Sessions.Tool;

using var interruption = new Interruption();
int exitCode = await ToolCommand.RunAsync(args, StandardStream.OpenOutput(), StandardStream.OpenError(), Environment.GetEnvironmentVariable, interruption.Token)
    .ConfigureAwait(false);
return interruption.ExitCodeFor(exitCode);
