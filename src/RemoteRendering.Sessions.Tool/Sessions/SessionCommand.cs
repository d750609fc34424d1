using System.CommandLine;
using Azure;

namespace RemoteRendering.Sessions.Tool;

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

        command.Subcommands.Add(Create(Run));
        command.Subcommands.Add(List(Run));
        command.Subcommands.Add(Show(Run));
        command.Subcommands.Add(Extend(Run));
        command.Subcommands.Add(Stop(Run));
        return command;

        void Run(Command part, Func<RemoteRenderingClient, ParseResult, CancellationToken, IAsyncEnumerable<RenderingSessionProperties>> run)
            => part.SetAction((parsed, cancellationToken) => RunAsync(parsed, service, parsed.GetValue(json), run, cancellationToken));
    }

    private static Command Create(Action<Command, Func<RemoteRenderingClient, ParseResult, CancellationToken, IAsyncEnumerable<RenderingSessionProperties>>> run)
    {
        var id = new Option<string?>("--id") { Description = "The id of the session; made up when it is left out." };
        var size = new Option<string>("--size") { Description = "Standard or Premium.", DefaultValueFactory = static _ => "Standard" };
        Option<int> minutes = Minutes("The lease, counted from Ready.", 60);
        var wait = new Option<bool>("--wait") { Description = "Waits until the session is ready." };
        var command = new Command("create", "Creates a session. It costs money from Ready until it is stopped or its lease is over.") { id, size, minutes, wait };
        run(command, CreateAsync);
        return command;

        async IAsyncEnumerable<RenderingSessionProperties> CreateAsync(
            RemoteRenderingClient client, ParseResult parsed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(size)!) { SessionId = parsed.GetValue(id) };
            RenderingSession session = await client.CreateNewRenderingSessionAsync(options, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                if (parsed.GetValue(wait))
                {
                    await session.WaitUntilReadyAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                }

                yield return session.Properties;
            }
        }
    }

    private static Command List(Action<Command, Func<RemoteRenderingClient, ParseResult, CancellationToken, IAsyncEnumerable<RenderingSessionProperties>>> run)
    {
        var command = new Command("list", "Lists the sessions that start or run.");
        run(command, static (client, _, cancellationToken) => client.GetCurrentRenderingSessionsAsync(cancellationToken));
        return command;
    }

    private static Command Show(Action<Command, Func<RemoteRenderingClient, ParseResult, CancellationToken, IAsyncEnumerable<RenderingSessionProperties>>> run)
    {
        Argument<string> id = Id();
        var command = new Command("show", "Shows a session.") { id };
        run(command, (client, parsed, cancellationToken) => One(async () => (await client.GetSessionPropertiesAsync(parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false)).Value));
        return command;
    }

    private static Command Extend(Action<Command, Func<RemoteRenderingClient, ParseResult, CancellationToken, IAsyncEnumerable<RenderingSessionProperties>>> run)
    {
        Argument<string> id = Id();
        Option<int> minutes = Minutes("By how much.", 15);
        var command = new Command("extend", "Extends the lease of a session.") { id, minutes };
        run(command, (client, parsed, cancellationToken) => One(async () =>
        {
            RenderingSession session = await client.OpenRenderingSessionAsync(parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.ExtendLeaseAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), cancellationToken).ConfigureAwait(false);
                return session.Properties;
            }
        }));
        return command;
    }

    private static Command Stop(Action<Command, Func<RemoteRenderingClient, ParseResult, CancellationToken, IAsyncEnumerable<RenderingSessionProperties>>> run)
    {
        Argument<string> id = Id();
        var command = new Command("stop", "Stops a session. Stopping one that has ended is fine.") { id };
        run(command, (client, parsed, cancellationToken) => One(async () =>
        {
            await client.StopSessionAsync(parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            return (await client.GetSessionPropertiesAsync(parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false)).Value;
        }));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        ServiceOptions service,
        bool json,
        Func<RemoteRenderingClient, ParseResult, CancellationToken, IAsyncEnumerable<RenderingSessionProperties>> run,
        CancellationToken cancellationToken)
    {
        TextWriter error = parsed.InvocationConfiguration.Error;
        RemoteRenderingClient client;
        try
        {
            client = service.MakeClient(parsed);
        }
        catch (ArgumentException exception)
        {
            await error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return ToolCommand.WrongArguments;
        }

        try
        {
            await SessionOutput.WriteAsync(parsed.InvocationConfiguration.Output, run(client, parsed, cancellationToken), json).ConfigureAwait(false);
            return ToolCommand.Done;
        }
        catch (ArgumentException exception)
        {
            await error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return ToolCommand.WrongArguments;
        }
        catch (Exception exception) when (exception is RequestFailedException or RenderingOutcomeUnknownException or RenderingSessionEndedException or TimeoutException)
        {
            // The first line says it; what follows are headers for a report.
            await error.WriteLineAsync(exception.Message.Split('\n')[0].TrimEnd('\r')).ConfigureAwait(false);
            return ToolCommand.Failed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Cancelled. A session that was created is still there: 'rrs session list' shows it.").ConfigureAwait(false);
            return ToolCommand.Failed;
        }
    }

    private static async IAsyncEnumerable<RenderingSessionProperties> One(Func<Task<RenderingSessionProperties>> read)
    {
        yield return await read().ConfigureAwait(false);
    }

    private static Argument<string> Id() => new("id") { Description = "The id of the session." };

    private static Option<int> Minutes(string description, int otherwise)
    {
        var option = new Option<int>("--minutes") { Description = description + " In minutes, 1 to 1440.", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= 1440))
            {
                result.AddError("--minutes must be from 1 to 1440.");
            }
        });
        return option;
    }
}
