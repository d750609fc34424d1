using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.TestProgram;

/// <summary>A program that has an emulator inside, and waits for ever without a thought for signals.</summary>
internal static class EmbeddingProgram
{
    private const int Interrupt = 2;

    public static async Task<int> RunAsync(string ports)
    {
        // A shell starts what it runs in the background with Ctrl-C ignored; a program that a person starts has the default.
        Signal(Interrupt, IntPtr.Zero);
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpPort = ports == "http" ? 0 : null;
            options.HttpsPort = ports == "https" ? 0 : null;
        });
        Console.WriteLine("started");
        await new TaskCompletionSource().Task;
        return 0;
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr Signal(int number, IntPtr handler);
}
