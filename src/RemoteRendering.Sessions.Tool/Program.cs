using System.CommandLine;
using RemoteRendering.Sessions.Tool;

var root = new RootCommand("Remote-rendering sessions from a shell.")
{
    EmulatorCommand.Make(),
};

// Commands end by their own token, so that what they started is taken down before the process goes.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) }).ConfigureAwait(false);
