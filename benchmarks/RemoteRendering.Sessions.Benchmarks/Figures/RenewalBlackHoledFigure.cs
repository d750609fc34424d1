using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Leases;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>When the loss of a lease is told, on the real clock, while every request to renew it hangs.</summary>
internal sealed class RenewalBlackHoledFigure : Figure
{
    private const int Renewals = 16;

    public override string Name => "renewal-black-holed";

    public override string Meaning
        => "renewals that hang: how long after the computed end of a lease with 3 s left its loss is told; the slowest of 16";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        double[] lateness = await Task.WhenAll(Enumerable.Range(0, Renewals).Select(static _ => MeasureOneAsync()));
        return [
            FigurePart.AtMost(lateness.Max(), " ms after the computed end", 100, "0"),
            FigurePart.AtMost(-lateness.Min(), " ms before it", 0.5, "0.0")
        ];
    }

    private static async Task<double> MeasureOneAsync()
    {
        var session = new HangingSession(TimeSpan.FromSeconds(3));
        var options = new LeaseRenewalOptions(TimeSpan.FromHours(1))
        {
            AttemptTimeout = TimeSpan.FromSeconds(1),
            RetryDelay = TimeSpan.FromSeconds(0.5),
            SafetyMargin = TimeSpan.FromSeconds(0.2),
        };
        await using var renewal = new RenderingLeaseRenewal(session, options, TimeProvider.System, NullLogger.Instance, static () => 0.5);
        var lost = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = renewal.Lost.Register(() => lost.TrySetResult(session.Elapsed));
        TimeSpan toldAfter = await lost.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return (toldAfter - (session.Length - options.SafetyMargin)).TotalMilliseconds;
    }

    /// <summary>A session whose lease runs out and whose service never answers.</summary>
    private sealed class HangingSession(TimeSpan length) : IRenewableSession
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        event Action<RenderingSessionProperties>? IRenewableSession.Observed
        {
            add { }
            remove { }
        }

        public TimeSpan Length => length;

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

        public string SessionId => "s1";

        public RenderingSessionStatus Status => RenderingSessionStatus.Ready;

        public bool IsInUse => true;

        public bool IsStoppedHere => false;

        public RenderingSessionLease Lease
        {
            get
            {
                TimeSpan left = length > Elapsed ? length - Elapsed : TimeSpan.Zero;
                return new RenderingSessionLease(TimeSpan.FromMinutes(1.0), left, left, isInDoubt: false);
            }
        }

        public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken)
            => new TaskCompletionSource<RenderingSessionProperties>().Task;

        public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken)
            => RefreshAsync(cancellationToken);
    }
}
