using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class StateChangeAllocationFigure : Figure
{
    private const int Changes = 200_000;

    public override string Name => "state-change-allocation";

    public override string Meaning => "bytes that one change of a connection's state allocates without an observer";

    public override Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        var observers = new ObserverQueue(this, NullLogger.Instance);
        var controller = new ConnectionController(TimeProvider.System, observers, NullLogger.Instance);
        var run = new IdleRun();
        controller.Begin(run);
        controller.Fire(run, ConnectionTrigger.LinkBound, new ConnectionCause(RenderingConnectionReason.Success));
        Flap(controller, run, out _);
        long bytes = Flap(controller, run, out TimeSpan elapsed);
        double each = (double)bytes / Changes;
        Console.WriteLine(
            FormattableString.Invariant(
                $"  {bytes:N0} B for {Changes:N0} changes, {elapsed.TotalNanoseconds / Changes:0} ns each; {run.Applied:N0} effects were asked for"));
        return Task.FromResult<IReadOnlyList<FigurePart>>(
            [
                FigurePart.AtMost(each, " B", 0, "0.##"),
                FigurePart.Rule("all changes taken", controller.Status == ConnectionStatus.Connected)
            ]);
    }

    private static long Flap(ConnectionController controller, IdleRun run, out TimeSpan elapsed)
    {
        // A loss comes with the error that its link made.
        var lost = new ConnectionCause(
            RenderingConnectionReason.ConnectionLost,
            new RenderingConnectionException(RenderingConnectionReason.ConnectionLost, "The link was cut.", null, null));
        var bound = new ConnectionCause(RenderingConnectionReason.Success, sceneKept: true);
        long start = Stopwatch.GetTimestamp();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Changes / 2; i++)
        {
            bool changed = controller.Fire(run, ConnectionTrigger.LinkLost, lost).Verdict == ConnectionVerdict.Changed
                && controller.Fire(run, ConnectionTrigger.LinkBound, bound).Verdict == ConnectionVerdict.Changed;
            if (!changed)
            {
                throw new InvalidOperationException("A change was not taken.");
            }
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        elapsed = Stopwatch.GetElapsedTime(start);
        return bytes;
    }

    private sealed class IdleRun : IConnectionRun
    {
        public int Applied { get; private set; }

        public bool PumpCallbacks => false;

        public ConnectionSpan Span { get; } = new();

        public void Apply(ConnectionEffects effects) => Applied++;

        public void Log(in RenderingConnectionChange change)
        {
        }

        public void End(RenderingConnectionChange change)
        {
        }

        public void CancelLost()
        {
        }
    }
}
