using CsCheck;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Internal.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Controller;

/// <summary>
/// The controller against a model of a few lines, over random triggers, some of them from runs that have ended. <c>RRS_RANDOM_STEPS</c>
/// sets the number of steps (50,000 by default; the nightly run takes a million). A failure prints its seed; <c>CsCheck_Seed</c> replays
/// it.
/// </summary>
[Trait("Random", "true")]
public sealed class ConnectionControllerRandomTests
{
    private const int StepsPerSample = 100;

    private static long Steps => RandomSteps.Count;

    [Fact]
    public void Fire_RandomTriggers_AgreesWithTheModel()
    {
        // A step is a trigger, and how many runs back the run is that it comes from.
        Gen<(int Trigger, int Back)[]> steps = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 3]).Array[StepsPerSample];
        steps.Sample(Check, iter: Steps / StepsPerSample, threads: 1);
    }

    private static bool Check((int Trigger, int Back)[] steps)
    {
        var time = new VirtualTimeProvider();
        var log = new LogCollector();
        var controller = new ConnectionController(time, new ObserverQueue(time, log), log);
        var runs = new List<FakeRun>();
        var model = new Model();
        foreach ((int number, int back) in steps)
        {
            var trigger = (ConnectionTrigger)number;
            if (trigger == ConnectionTrigger.ConnectRequested)
            {
                var run = new FakeRun();
                bool began = controller.Begin(run).Verdict == ConnectionVerdict.Changed;
                Assert.Equal(model.Status == ConnectionStatus.Disconnected, began);
                if (began)
                {
                    runs.Add(run);
                    model.Change(ConnectionStatus.Connecting);
                }
            }
            else if (runs.Count > back)
            {
                FakeRun run = runs[runs.Count - 1 - back];
                bool isPresent = back == 0 && model.Status != ConnectionStatus.Disconnected;
                ConnectionTransition row = controller.Fire(run, trigger, new ConnectionCause(RenderingConnectionReason.ConnectionLost));
                ConnectionStatus before = model.Status;
                ConnectionStatus after = isPresent ? Model.Next(before, trigger) : before;
                bool isNote = isPresent && trigger == ConnectionTrigger.EndAnnounced && before == ConnectionStatus.Connected;
                Assert.Equal(after != before, row.Verdict == ConnectionVerdict.Changed);
                Assert.Equal(isNote, row.Verdict == ConnectionVerdict.Noted);
                if (after != before || isNote)
                {
                    model.Change(after);
                }
            }

            Assert.Equal(model.Status, controller.Status);
            if (runs.Count > 0)
            {
                RenderingConnectionChange newest = controller.GetNewest(runs[^1].Span);
                Assert.Equal((model.Number, model.Status), (newest.Number, newest.Status));
            }
        }

        foreach (FakeRun run in runs)
        {
            bool isOver = !ReferenceEquals(run, controller.Current.Run);
            Assert.Equal(isOver ? 1 : 0, run.Ends.Count);
            Assert.Equal(isOver, run.Span.IsOver);
            Assert.Equal(ConnectionEffects.Begin, run.Effects[0]);
            Assert.Equal(isOver, run.Effects[^1] is ConnectionEffects.Abandon or ConnectionEffects.Leave);
        }

        Assert.DoesNotContain(log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
        return true;
    }

    /// <summary>What a user would say the machine does.</summary>
    private sealed class Model
    {
        public ConnectionStatus Status { get; private set; }

        public long Number { get; private set; }

        public static ConnectionStatus Next(ConnectionStatus status, ConnectionTrigger trigger) => trigger switch
        {
            ConnectionTrigger.LinkBound when status != ConnectionStatus.Connected => ConnectionStatus.Connected,
            ConnectionTrigger.LinkLost or ConnectionTrigger.ReconnectRequested when status == ConnectionStatus.Connected =>
                ConnectionStatus.Reconnecting,
            ConnectionTrigger.AttemptsOver or ConnectionTrigger.HostRefused when status != ConnectionStatus.Connected =>
                ConnectionStatus.Disconnected,
            ConnectionTrigger.ConnectCancelled when status == ConnectionStatus.Connecting => ConnectionStatus.Disconnected,
            ConnectionTrigger.HostLeft or ConnectionTrigger.ProtocolBroken or ConnectionTrigger.DisconnectRequested
                or ConnectionTrigger.SessionEnded => ConnectionStatus.Disconnected,
            _ => status,
        };

        public void Change(ConnectionStatus status)
        {
            Status = status;
            Number++;
        }
    }
}
