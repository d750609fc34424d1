using Microsoft.Extensions.Hosting;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>
/// The life of the server is that of its <see cref="SessionEmulator"/>. The lifetime that a host has by default takes Ctrl-C and SIGTERM
/// away from the program around it.
/// </summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
