using System.Net;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>The service and the host of a trial, in a process of its own. When its input ends it checks what happened.</summary>
internal static class HostProgram
{
    /// <summary>How late a timer of a busy machine may be.</summary>
    private static readonly TimeSpan _tolerance = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string address, string certificateFile)
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.ListenAddress = IPAddress.Parse(address);
            options.HttpsPort = 0;
            options.CertificateNames.Add(address);
            options.BootTime = TimeSpan.Zero;
            options.HistoryCapacity = 1_000_000;
        });
        await File.WriteAllTextAsync(certificateFile, emulator.Certificate!.ExportCertificatePem());
        Console.WriteLine($"listening {emulator.HttpsEndpoint}");
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        IReadOnlyList<HistoryFinding> findings = new HistoryChecker(new HistoryCheckerOptions { Tolerance = _tolerance })
            .Check(emulator.History.ReadLines());
        foreach (HistoryFinding finding in findings)
        {
            Console.WriteLine("finding " + finding.ToString().ReplaceLineEndings(" | "));
        }

        Console.WriteLine(
            $"checked {emulator.History.Count} events: {findings.Count} findings; sessions "
                + $"{string.Join(", ", emulator.Sessions.Select(session => session.State))}");
        return 0;
    }
}
