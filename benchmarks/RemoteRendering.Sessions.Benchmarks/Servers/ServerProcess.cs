using System.Diagnostics;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Emulator and yardstick servers in a process of their own, so that what is counted in this one is the client's alone.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri emulator, Uri yardstick)
    {
        _process = process;
        Emulator = emulator;
        Yardstick = yardstick;
    }

    public Uri Emulator { get; }

    public Uri Yardstick { get; }

    /// <summary>Gets how much time of processors the servers have used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        Process process = Process.Start(start)!;
        string? emulator = await process.StandardOutput.ReadLineAsync();
        string? yardstick = await process.StandardOutput.ReadLineAsync();
        return emulator is null || yardstick is null
            ? throw new InvalidOperationException("The server process did not start.")
            : new ServerProcess(process, new Uri(emulator), new Uri(yardstick));
    }

    /// <summary>What the other process does: serves until its input ends.</summary>
    public static async Task<int> ServeAsync()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.Zero;

            // The host writes down every request; a long memory of them would keep this process's garbage collector busy.
            options.HistoryCapacity = 1_000;
        });
        await using YardstickServer yardstick = await YardstickServer.StartAsync();
        Console.WriteLine(emulator.HttpEndpoint);
        Console.WriteLine(yardstick.Address);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nothing is said but the end.
        }

        return 0;
    }

    public RemoteRenderingClient CreateClient() => new(
        Emulator, SessionEmulator.WellKnownAccountId, "localhost", new Azure.AzureKeyCredential(SessionEmulator.WellKnownAccountKey));

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
