using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>
/// The host that the suite is run against: the one that the environment names, else the emulator's on a loopback port. All cases share one
/// session and one owning device, because a host may have no more; so they run one after the other and never assume what an epoch is.
/// </summary>
public class HostUnderTest : IAsyncLifetime
{
    private readonly Action<RenderingHostOptions> _configure;
    private IHostProvider? _provider;

    public HostUnderTest()
        : this(behavior => behavior.AllowTakeOver = true)
    {
    }

    /// <param name="configure">Sets the emulator's host; a host that the environment names is as it is.</param>
    protected HostUnderTest(Action<RenderingHostOptions> configure) => _configure = configure;

    /// <summary>Where links are opened.</summary>
    public Uri Address => Provider.Address;

    /// <summary>A token that is good for <see cref="SessionId"/>.</summary>
    public string Token => Provider.Token;

    /// <summary>A ready session.</summary>
    public string SessionId => Provider.SessionId;

    /// <summary>Whether the host lets a device take a session over.</summary>
    public bool AllowsTakeOver => Provider.AllowsTakeOver;

    /// <summary>Whether the host frees a session when its device leaves.</summary>
    public bool ReleasesOnDisconnect => Provider.ReleasesOnDisconnect;

    private IHostProvider Provider => _provider ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        if (EnvironmentHostProvider.TryCreate() is { } named)
        {
            _provider = named;
        }
        else
        {
            _provider = await EmulatorHostProvider.StartAsync(_configure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    /// <summary>Makes another ready session; null when the host cannot be asked for one.</summary>
    public Task<string?> CreateSessionAsync() => Provider.CreateSessionAsync();

    /// <summary>Stops a session that was made by <see cref="CreateSessionAsync"/>.</summary>
    public Task StopSessionAsync(string sessionId) => Provider.StopSessionAsync(sessionId);

    /// <summary>Opens a link for the device that owns the session.</summary>
    public Task<DeviceLink> OpenAsync(string? sessionId = null) => DeviceLink.OpenAsync(this, "conformance-owner", sessionId ?? SessionId);

    /// <summary>Opens a link for another device.</summary>
    public Task<DeviceLink> OpenOtherAsync(string? sessionId = null)
        => DeviceLink.OpenAsync(this, "conformance-other", sessionId ?? SessionId);
}
