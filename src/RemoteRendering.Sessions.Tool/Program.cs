using System.CommandLine;
using RemoteRendering.Sessions.Tool;

var root = new RootCommand("Remote-rendering sessions from a shell.")
{
    EmulatorCommand.Make(),
};

// Commands that run on end by signals of their own, so that what they started is taken down before the process goes.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
