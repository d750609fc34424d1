using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool;

/// <summary>
/// Turns the first Ctrl-C, SIGTERM or SIGHUP into a cancelled token, so that a command can clean up. A second one ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, ExitCodes.Cancelled)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, 128 + 15)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Interrupt(context, 128 + 1)),
        ];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>
    /// Returns the exit code of the process: that of the signal for a command that a signal cancelled, else the command's.
    /// </summary>
    public int ExitCodeFor(int exitCode) => exitCode == ExitCodes.Cancelled && _exitCode != 0 ? _exitCode : exitCode;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context, int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
        {
            return;
        }

        context.Cancel = true;
        _source.Cancel();
    }
}
