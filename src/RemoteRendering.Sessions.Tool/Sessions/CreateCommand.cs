using System.CommandLine;
using System.CommandLine.Parsing;
using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Sessions;

/// <summary><c>rrs session create</c>. However it ends, its user learns of a session that goes on and costs.</summary>
internal sealed class CreateCommand(ServiceOptions service, Option<bool> json)
{
    /// <summary>
    /// The longest wait after Ctrl-C for an answer to the creation, so that what it made can be stopped, and to the stop.
    /// </summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);

    private static readonly RenderingSessionVmSize[] Sizes = [RenderingSessionVmSize.Standard, RenderingSessionVmSize.Premium];

    private readonly Option<string?> _id = new("--id") { Description = "The id of the session; made up when it is left out." };
    private readonly Option<RenderingSessionVmSize> _size = new("--size")
    {
        Description = "Standard or Premium.",
        DefaultValueFactory = static _ => RenderingSessionVmSize.Standard,
        CustomParser = ParseSize,
        CompletionSources = { "Standard", "Premium" },
    };
    private readonly Option<int> _minutes = SessionCommand.Minutes("The lease, counted from Ready.", 60);
    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "Waits until the session is ready. Its id is printed on standard error before the wait.",
    };

    private readonly Option<bool> _stopOnCancel = new("--stop-on-cancel")
    {
        Description = "Stops the session when the command is cancelled (Ctrl-C, SIGTERM, SIGHUP). Without it the session goes on.",
    };

    public Command Make()
    {
        var command = new Command("create", "Creates a session. It costs money from Ready until it is stopped or its lease is over.")
        {
            _id, _size, _minutes, _wait, _stopOnCancel,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        RemoteRenderingClient client = service.MakeClient(parsed);
        TextWriter error = parsed.InvocationConfiguration.Error;
        string id = parsed.GetValue(_id) ?? Guid.NewGuid().ToString();
        var lease = TimeSpan.FromMinutes(parsed.GetValue(_minutes));
        var options = new RenderingSessionCreationOptions(lease, parsed.GetValue(_size)) { SessionId = id };
        bool stopOnCancel = parsed.GetValue(_stopOnCancel);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(stopOnCancel ? CancellationToken.None : cancellationToken);
        Task<RenderingSession> creation = client.CreateNewRenderingSessionAsync(options, sending.Token);
        try
        {
            RenderingSession session = await creation.WaitAsync(cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                if (parsed.GetValue(_wait))
                {
                    await error.WriteLineAsync($"Session {id} was created. Waiting until it is ready.").ConfigureAwait(false);
                    await session.WaitUntilReadyAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                }

                TextWriter output = parsed.InvocationConfiguration.Output;
                await SessionOutput.WriteAsync(output, session.Properties, parsed.GetValue(json)).ConfigureAwait(false);
                return ExitCodes.Done;
            }
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            string end = GoesOn(id, creation);
            if (stopOnCancel)
            {
                string stopping = $"Stopping session {id}. A second signal ends this command without waiting.";
                await error.WriteLineAsync(stopping).ConfigureAwait(false);
                end = await StopAsync(client, id, creation, sending).ConfigureAwait(false);
            }

            throw new ToolException($"Cancelled. {end}", ExitCodes.Cancelled, exception);
        }
        catch (Exception exception) when (MayGoOn(exception, creation))
        {
            throw new ToolException(
                $"{Failure.Describe(exception)}{Environment.NewLine}{GoesOn(id, creation)}", ExitCodes.Failed, exception);
        }
    }

    private static RenderingSessionVmSize ParseSize(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (RenderingSessionVmSize size in Sizes)
        {
            if (string.Equals(text, size.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return size;
            }
        }

        result.AddError($"--size must be Standard or Premium, not '{text}'.");
        return default;
    }

    private static bool MayGoOn(Exception exception, Task<RenderingSession> creation)
        => exception is RenderingOutcomeUnknownException
            || (creation.IsCompletedSuccessfully && exception is not RenderingSessionEndedException);

    private static string GoesOn(string id, Task<RenderingSession> creation)
    {
        string made = creation.IsCompletedSuccessfully ? "was created" : "may have been created";
        return $"Session {id} {made}: it costs from Ready until its lease is over. 'rrs session stop {id}' stops it.";
    }

    /// <summary>Stops what the creation made, after giving it time to answer: a stop that overtakes it would find nothing.</summary>
    private static async Task<string> StopAsync(
        RemoteRenderingClient client, string id, Task<RenderingSession> creation, CancellationTokenSource sending)
    {
        try
        {
            await creation.WaitAsync(LastWait, TimeProvider.System).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What matters is whether the service has the session, which the stop tells.
            await sending.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            using CancellationTokenSource limit = TimeProvider.System.CreateTimeout(LastWait);
            await client.StopSessionAsync(id, limit.Token).ConfigureAwait(false);
            return $"Session {id} was stopped.";
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == RemoteRenderingErrorCode.SessionNotFound
            && creation.IsCompleted)
        {
            return $"Session {id} was not created.";
        }
        catch (Exception exception)
        {
            return $"The session could not be stopped: {Failure.Describe(exception)} {GoesOn(id, creation)}";
        }
    }
}
