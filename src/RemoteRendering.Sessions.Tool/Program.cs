using RemoteRendering.Sessions.Tool;

using var interruption = new Interruption();
using TextWriter output = StandardStream.OpenOutput();
using TextWriter error = StandardStream.OpenError();
int exitCode = await ToolCommand.RunAsync(
    args, output, error, Environment.GetEnvironmentVariable, StandardStream.HasReader, interruption.Token).ConfigureAwait(false);
return interruption.ExitCodeFor(exitCode);
