using System.CommandLine;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Sessions;

/// <summary><c>rrs session</c>: create, list, show, extend and stop sessions of any service that speaks the protocol.</summary>
internal static class SessionCommand
{
    public static Command Make(Func<string, string?> environment)
    {
        var service = new ServiceOptions(environment);
        var json = new Option<bool>("--json") { Description = "Prints one JSON object for each session, for programs.", Recursive = true };
        var command = new Command("session", "Creates, lists, shows, extends and stops sessions.");
        service.AddTo(command);
        command.Options.Add(json);

        command.Subcommands.Add(new CreateCommand(service, json).Make());
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Extend());
        command.Subcommands.Add(Stop());
        return command;

        Command List()
        {
            var list = new Command("list", "Lists the sessions that start or run.");
            list.SetAction((parsed, cancellation) => RunAsync(parsed, client => client.GetCurrentRenderingSessionsAsync(cancellation)));
            return list;
        }

        Command Show()
        {
            Argument<string> id = Id();
            var show = new Command("show", "Shows a session.") { id };
            show.SetAction((parsed, cancellationToken) => RunAsync(parsed, client => One(async () =>
                (await client.GetSessionPropertiesAsync(parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false)).Value)));
            return show;
        }

        Command Extend()
        {
            Argument<string> id = Id();
            Option<int> minutes = Minutes("By how much.", 15);
            var extend = new Command("extend", "Extends the lease of a session.") { id, minutes };
            extend.SetAction((parsed, cancellationToken) => RunAsync(parsed, client => Changed(parsed.GetValue(id)!, async session =>
            {
                RenderingSession handle = await client.OpenRenderingSessionAsync(session, cancellationToken).ConfigureAwait(false);
                await using (handle.ConfigureAwait(false))
                {
                    await handle.ExtendLeaseAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), cancellationToken).ConfigureAwait(false);
                    return handle.Properties;
                }
            }, cancellationToken)));
            return extend;
        }

        Command Stop()
        {
            Argument<string> id = Id();
            var stop = new Command("stop", "Stops a session. Stopping one that has ended is fine.") { id };
            stop.SetAction((parsed, cancellationToken) => RunAsync(parsed, client => Changed(parsed.GetValue(id)!, async session =>
            {
                await client.StopSessionAsync(session, cancellationToken).ConfigureAwait(false);
                return (await client.GetSessionPropertiesAsync(session, cancellationToken).ConfigureAwait(false)).Value;
            }, cancellationToken)));
            return stop;
        }

        async Task<int> RunAsync(ParseResult parsed, Func<RemoteRenderingClient, IAsyncEnumerable<RenderingSessionProperties>> run)
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            await SessionOutput.WriteAsync(output, run(service.MakeClient(parsed)), parsed.GetValue(json)).ConfigureAwait(false);
            return ExitCodes.Done;
        }
    }

    public static Option<int> Minutes(string description, int otherwise)
        => NumberOption.Whole("--minutes", description + " In minutes, 1 to 1440.", 1, 1440, otherwise);

    private static IAsyncEnumerable<RenderingSessionProperties> Changed(
        string id, Func<string, Task<RenderingSessionProperties>> change, CancellationToken cancellationToken) => One(async () =>
    {
        try
        {
            return await change(id).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            string doubt = $"Cancelled. Whether session {id} was changed is not known: 'rrs session show {id}' shows it.";
            throw new ToolException(doubt, ExitCodes.Cancelled, exception);
        }
    });

    private static async IAsyncEnumerable<RenderingSessionProperties> One(Func<Task<RenderingSessionProperties>> read)
    {
        yield return await read().ConfigureAwait(false);
    }

    private static Argument<string> Id() => new("id") { Description = "The id of the session." };
}
