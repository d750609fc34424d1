using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A session and a client that say what a test wants.</summary>
internal sealed class FakeEnvironment(RenderingTransport transport, VirtualTimeProvider time, ILogger logger) : IConnectionEnvironment
{
    private int _tokens = 1;

    public string SessionId => "my-session";

    public LinkTrouble LinkTrouble { get; } = new();

    public DeviceIdentity Device { get; } = DeviceIdentity.Create("headset-7");

    public RenderingTransport Transport => transport;

    public TimeProvider Time => time;

    /// <summary>Gets a clock that stands still: what a test waits for is done, however long that takes.</summary>
    public TimeProvider RealTime { get; } = new VirtualTimeProvider();

    public ILogger Logger => logger;

    public bool IsStoppedHere { get; set; }

    public bool HasSessionEnded { get; set; }

    public TimeSpan? LeaseLeft
    {
        get
        {
            OnLeaseRead?.Invoke();
            return field;
        }
        set;
    }

    /// <summary>Runs in the flow of the run, between the decision for another attempt and the attempt.</summary>
    public Action? OnLeaseRead { get; set; }

    public int Refreshes { get; private set; }

    public int Confirmations { get; private set; }

    public int RefusedTokens { get; private set; }

    public Exception? AddressError { get; set; }

    public Exception? ConfirmError { get; set; }

    public Exception? WatchError { get; set; }

    /// <summary>What asking the service for the end takes; it does not look at its token.</summary>
    public Task Confirming { get; set; } = Task.CompletedTask;

    public Func<CancellationToken, ValueTask<string>>? Token { get; set; }

    /// <summary>
    /// What asking the service about the session takes, and whether the address has changed then; by default at once, and it has not.
    /// </summary>
    public Func<CancellationToken, Task<bool>>? Look { get; set; }

    public FakeNetwork Network { get; } = new();

    public Uri Address { get; set; } = new("wss://host.test:50051/");

    public ValueTask<Uri> GetAddressAsync(CancellationToken cancellationToken)
        => AddressError is null ? new ValueTask<Uri>(Address) : throw AddressError;

    public Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        Refreshes++;
        return Look?.Invoke(cancellationToken) ?? Task.FromResult(false);
    }

    public IDisposable? WatchNetwork(Action changed) => Network.Subscribe(changed);

    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
        => Token?.Invoke(cancellationToken) ?? new ValueTask<string>("token-" + _tokens);

    public void RefuseToken()
    {
        RefusedTokens++;
        _tokens++;
    }

    public IAsyncDisposable WatchLease() => WatchError is null ? new MemoryStream() : throw WatchError;

    public Task ConfirmEndAsync(CancellationToken cancellationToken)
    {
        Confirmations++;
        return ConfirmError is null ? Confirming : Task.FromException(ConfirmError);
    }
}
