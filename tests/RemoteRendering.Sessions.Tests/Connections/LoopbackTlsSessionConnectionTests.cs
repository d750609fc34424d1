using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Connections;

public sealed class LoopbackTlsSessionConnectionTests : SessionConnectionContract
{
    protected override Task<SessionEmulator> StartAsync(Action<SessionEmulatorOptions>? configure = null)
        => SessionEmulator.StartAsync(options =>
        {
            options.BootTime = TimeSpan.Zero;
            options.HttpsPort = 0;
            configure?.Invoke(options);
        });
}
