using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Tests.Faults;

/// <summary>A client of one version and an emulator that does not behave.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private FaultRun(
        SessionEmulator emulator, VirtualTimeProvider time, RemoteRenderingClient client,
        RemoteRenderingClientOptions.ServiceVersion version)
    {
        Emulator = emulator;
        Time = time;
        Client = client;
        Version = version;
    }

    /// <summary>Gets the names of the faults: lost requests, lost replies, faults of the service and broken bodies.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [
        "cut before", "cut after", "500 before", "500 after", "503 after", "504 before", "throttled", "truncated"
    ];

    public SessionEmulator Emulator { get; }

    /// <summary>Gets the clock of the service.</summary>
    public VirtualTimeProvider Time { get; }

    public RemoteRenderingClient Client { get; }

    public RemoteRenderingClientOptions.ServiceVersion Version { get; }

    public static EmulatorFault Fault(string kind) => kind switch
    {
        "cut before" => EmulatorFault.CutBeforeEffect,
        "cut after" => EmulatorFault.CutAfterEffect,
        "500 before" => EmulatorFault.StatusBeforeEffect(500),
        "500 after" => EmulatorFault.StatusAfterEffect(500),
        "503 after" => EmulatorFault.StatusAfterEffect(503),
        "504 before" => EmulatorFault.StatusBeforeEffect(504),
        "throttled" => EmulatorFault.Throttled(TimeSpan.FromSeconds(1)),
        "truncated" => EmulatorFault.TruncatedBody,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static async Task<FaultRun> StartAsync(RemoteRenderingClientOptions.ServiceVersion version, bool retries)
    {
        var time = new VirtualTimeProvider();
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
            options.PageSize = 2;
        });
        return new FaultRun(emulator, time, NewClient(emulator, version, retries), version);
    }

    public static RemoteRenderingClient NewClient(
        SessionEmulator emulator, RemoteRenderingClientOptions.ServiceVersion version, bool retries)
    {
        var options = new RemoteRenderingClientOptions(version) { TimeProvider = TimeProvider.System };
        options.Retry.MaxRetries = retries ? 2 : 0;
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.MaxDelay = TimeSpan.Zero;
        return emulator.CreateClient(options);
    }

    public static async Task<FaultOutcome> OutcomeAsync(Func<Task> operation)
    {
        try
        {
            await operation();
            return FaultOutcome.Done;
        }
        catch (RenderingOutcomeUnknownException)
        {
            return FaultOutcome.Unknown;
        }
        catch (RequestFailedException)
        {
            return FaultOutcome.Refused;
        }
    }

    public RenderingSessionCreationOptions NewCreation(string id)
    {
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard);
        if (Version != RemoteRenderingClientOptions.ServiceVersion.V1)
        {
            options.SessionId = id;
        }

        return options;
    }

    public bool HasEnded(string id)
        => Emulator.FindSession(id)!.State is SessionState.Stopped or SessionState.Expired or SessionState.Error;

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
