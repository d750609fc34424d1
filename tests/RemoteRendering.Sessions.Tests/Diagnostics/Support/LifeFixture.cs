using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Diagnostics.Support;

/// <summary>An emulator in virtual time, and a client whose log has the default level.</summary>
internal sealed partial class LifeFixture : IAsyncDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<string> _losses = [];

    private LifeFixture(VirtualTimeProvider time, SessionEmulator emulator)
    {
        Time = time;
        Emulator = emulator;
        Client = emulator.CreateClient(Options(Log));
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "rrs.lease.losses")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (_losses)
            {
                _losses.Add($"{tags[0].Key}={tags[0].Value}");
            }
        });
        _listener.Start();
    }

    public VirtualTimeProvider Time { get; }

    public SessionEmulator Emulator { get; }

    public LifeLog Log { get; } = new();

    public RemoteRenderingClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<LifeFixture> StartAsync(Action<SessionEmulatorOptions>? configure = null)
    {
        var time = new VirtualTimeProvider();
        return new LifeFixture(time, await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.FromSeconds(5);
            configure?.Invoke(options);
        }));
    }

    /// <summary>Makes another client, which logs nothing: another process or another device.</summary>
    public RemoteRenderingClient OtherClient() => Emulator.CreateClient(Options(NullLoggerFactory.Instance));

    public async Task<RenderingSession> CreateAsync(int minutes = 20, bool stopOnDispose = false)
        => await Client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(
                TimeSpan.FromMinutes((double)minutes), RenderingSessionVmSize.Standard) { SessionId = "s1", StopOnDispose = stopOnDispose },
            Token);

    public async Task<RenderingSession> ReadyAsync(int minutes = 20, bool stopOnDispose = false)
    {
        RenderingSession session = await CreateAsync(minutes, stopOnDispose);
        await RunAsync(session.WaitUntilReadyAsync(cancellationToken: Token));
        return session;
    }

    public async Task<(RenderingSession Session, RenderingConnection Connection)> ConnectedAsync(
        int minutes = 20, RenderingConnectionOptions? options = null)
    {
        RenderingSession session = await ReadyAsync(minutes);
        return (session, await RunAsync(session.ConnectAsync(options, Token)));
    }

    /// <summary>Lets time pass until a task is done.</summary>
    public async Task RunAsync(Task task)
    {
        await Time.PassUntilAsync(() => task.IsCompleted);
        await task;
    }

    /// <summary>Lets time pass until a task is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await Time.PassUntilAsync(() => task.IsCompleted);
        return await task;
    }

    /// <summary>
    /// Compares the whole log with what it should be, line by line, and the events with the table; looks for secrets; compares the losses
    /// that were counted.
    /// </summary>
    public async Task ExpectAsync(RenderingSession? session, string[] losses, params string[] lines)
    {
        await Quiescence.WaitAsync();
        string[] found = [.. Log.Lines.Select(static line => Interval().Replace(line, "between X and Y left"))];
        Assert.True(
            found.SequenceEqual(lines, StringComparer.Ordinal),
            $"The log is\n{string.Join('\n', found)}\nand should be\n{string.Join('\n', lines)}");
        HashSet<string> table = [.. LogTable.ReadPage().Select(static row => row.Event.ToString())];
        Assert.All(Log.Events, row => Assert.Contains(row.ToString(), table));
        List<string> secrets = [Emulator.AccountKey, (await Client.Tokens.GetTokenAsync(Token)).Token, "Bearer"];
        if (session is not null)
        {
            secrets.AddRange([session.Device.BindingKey, session.Device.InstanceId]);
        }

        Assert.All(secrets, secret => Assert.DoesNotContain(secret, Log.Everything, StringComparison.OrdinalIgnoreCase));
        lock (_losses)
        {
            Assert.Equal(losses.Select(static end => "rrs.lease.end=" + end), _losses);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Emulator.DisposeAsync();
    }

    private static RemoteRenderingClientOptions Options(ILoggerFactory log)
    {
        var options = new RemoteRenderingClientOptions { LoggerFactory = log };
        options.Retry.MaxRetries = 0;
        return options;
    }

    /// <summary>What is left of a lease depends on the moment of the line, which other tests hold.</summary>
    [GeneratedRegex(@"between \S+ and \S+ left")]
    private static partial Regex Interval();
}
